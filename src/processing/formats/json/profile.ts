import type { ByteSource } from '../../byte-source.ts';
import { DatasetError } from '../../errors.ts';
import { isEnough, type ProfileOptions } from '../../profile-options.ts';
import type { Profile, Warning } from '../../profile-types.ts';
import { requireBytes } from '../../text/encoding.ts';
import type { Declared } from '../format.ts';
import { type LoneRecord, recordText } from './record-text.ts';
import { JsonWalker } from './walker.ts';
import { warnOfWrapped } from './wrapped-records.ts';

const FIRST_PLACE = { line: 1, column: 1, byte: 0 };

/** @throws DatasetError with line, column and byte when the bytes are not a list of objects */
export async function profileJson(source: ByteSource, options: ProfileOptions, declared: Declared): Promise<Profile> {
  const found: Warning[] = [];
  const { chunks, facts } = recordText(source, declared, loneRecord(options, declared), found);
  let reader: JsonWalker | undefined;
  let isCut = false; // a preview has enough
  const open = () => {
    if (facts.encoding.startsWith('utf-16'))
      throw new DatasetError('The file is UTF-16, but JSON must be UTF-8', FIRST_PLACE, 'Save it as UTF-8.');
    return new JsonWalker(facts.start, options, declared.options?.lenient);
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
    if (isCut) await reader.stop();
    else {
      // the chunks ended just before the byte: what is wrong earlier is reported first
      if (facts.invalidAt !== undefined) await reader.notUtf8();
      await reader.end();
    }
    await reader.job.reached('parsed');
    reader.warnings.push(...found);
    const names = reader.names();
    const { columns, duplicates } = await reader.job.finish({ encoding: 'utf-8', hasNul: false });
    const named = columns.map((facts, i) => ({ name: names[i]!, ...facts }));
    if (reader.rowCount === 1 && found.length === 0) reader.warnings.push(...warnOfWrapped(named));
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

/** A person's word counts, then the file's name. */
function loneRecord({ isOfLines }: ProfileOptions, { options }: Declared): LoneRecord {
  if (options?.format === 'ndjson') return 'any';
  return isOfLines && options?.format !== 'json' ? 'on one line' : 'none';
}
