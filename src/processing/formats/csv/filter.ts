import { RowFilter } from '../../host/row-filter.ts';
import { readingOf } from '../../text/encoding.ts';
import type { FilterReader } from '../format.ts';
import { CsvReading } from './reading.ts';
import { contentOfBytes } from './row-content.ts';

/** Tests the rows of a CSV: see FormatReader. */
export const filterCsv: FilterReader = async function* (source, query, options, declared) {
  const names = query.columns.map(({ name }) => name);
  const filter = new RowFilter(query, (bytes) => {
    const text = { ...readingOf(reading.facts), encoding: query.encoding };
    return contentOfBytes(bytes, names, reading.dialect!.separator, text);
  });
  using reading = new CsvReading(source, { ...options, filter }, declared);
  for await (const _step of reading.steps()) yield filter;
  if (query.finds?.repeated) query.repeated = await reading.splitter!.job.repeatedRows();
  yield filter;
};
