import type { ByteSource } from '../../byte-source.ts';
import { DatasetError } from '../../errors.ts';
import { isEnough, type ProfileOptions } from '../../profile-options.ts';
import type { Profile } from '../../profile-types.ts';
import { requireBytes } from '../../text/encoding.ts';
import { decodeText } from '../decode-text.ts';
import type { Declared } from '../format.ts';
import { JsonWalker } from './walker.ts';
import { loneObject, warnOfWrapped } from './wrapped-records.ts';

const FIRST_PLACE = { line: 1, column: 1, byte: 0 };

/** @throws DatasetError with line, column and byte when the bytes are not a list of objects */
export async function profileJson(source: ByteSource, options: ProfileOptions, declared: Declared): Promise<Profile> {
  const { chunks, facts } = decodeText(source, declared, true);
  let reader: JsonWalker | undefined;
  let isCut = false; // a preview has enough
  const open = () => {
    if (facts.encoding.startsWith('utf-16'))
      throw new DatasetError('The file is UTF-16, but JSON must be UTF-8', FIRST_PLACE, 'Save it as UTF-8.');
    return new JsonWalker(facts.start, options);
  };
  try {
    for await (const bytes of chunks) {
      options.signal?.throwIfAborted();
      reader ??= open();
      await reader.push(bytes);
      options.onProgress?.({ bytes: facts.bytes, rows: reader.rowCount });
      isCut = isEnough(options, reader.rowCount, facts.bytes);
      if (isCut) break;
    }
    requireBytes(facts.bytes);
    reader ??= open();
    // the chunks ended just before the byte: what is wrong earlier is reported first
    if (facts.invalidAt !== undefined && !isCut) await reader.notUtf8();
    const lone = isCut ? await reader.job.settled() : await reader.end(options.isOfLines ?? false);
    await reader.job.reached('parsed');
    const names = reader.names();
    const { columns, duplicates } = await reader.job.finish({ encoding: 'utf-8', hasNul: false });
    const named = columns.map((facts, i) => ({ name: names[i]!, ...facts }));
    if (lone) throw loneObject(named, lone);
    if (reader.rowCount === 1) warnOfWrapped(named, reader.warnings);
    return {
      rowCount: reader.rowCount,
      columns: named,
      duplicates,
      badRows: { count: 0, examples: [] },
      file: { format: reader.format, encoding: 'utf-8', bom: facts.bom, bytes: facts.bytes },
      warnings: reader.warnings,
    };
  } finally {
    reader?.job.close();
  }
}
