import { RowFilter } from '../../host/row-filter.ts';
import { decodeText } from '../decode-text.ts';
import type { FilterReader } from '../format.ts';
import { recordContent } from './rows.ts';
import { JsonWalker } from './walker.ts';

/** Tests the records of JSON: see FormatReader. */
export const filterJson: FilterReader = async function* (source, query, options, declared) {
  const { chunks, facts } = decodeText(source, declared, true);
  const filter = new RowFilter(query, recordContent);
  let walker: JsonWalker | undefined;
  try {
    for await (const bytes of chunks) {
      options.signal?.throwIfAborted();
      walker ??= new JsonWalker(facts.start, { ...options, filter });
      await walker.push(bytes);
      yield filter;
    }
    if (facts.invalidAt !== undefined) await walker?.notUtf8();
    await walker?.end(true);
    if (query.finds?.repeated) query.repeated = await walker?.job.repeatedRows();
    yield filter;
  } finally {
    walker?.job.close();
  }
};
