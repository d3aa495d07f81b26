import type { ByteSource } from '../../byte-source.ts';
import { DatasetError } from '../../errors.ts';
import { isEnough, type ProfileOptions } from '../../profile-options.ts';
import type { Profile, Warning } from '../../profile-types.ts';
import { encodingOf, requireBytes } from '../../text/encoding.ts';
import type { TextFacts } from '../../text/text-facts.ts';
import { undecodableWarnings } from '../decode-text.ts';
import type { Declared } from '../format.ts';
import { pointerParts } from './pointer.ts';
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
  const open = (first?: Buffer) => {
    requireUtf8(facts, first);
    return new JsonWalker(facts.start, options, declared.options?.lenient);
  };
  try {
    for await (const bytes of chunks) {
      options.signal?.throwIfAborted();
      reader ??= open(bytes);
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
    reader.warnings.push(...undecodableWarnings(facts));
    const { format, records } = declared.options ?? {};
    if (reader.rowCount === 1 && found.length === 0 && format !== 'ndjson') {
      const list = pointerParts(records ?? '') ?? [];
      reader.warnings.push(...warnOfWrapped(named, reader.format === 'ndjson' ? [] : [...list, '0']));
    }
    return {
      rowCount: reader.rowCount,
      columns: named,
      duplicates,
      badRows: { count: 0, examples: [] },
      file: { format: reader.format, encoding: encodingOf(facts), bom: facts.bom, bytes: facts.bytes },
      warnings: reader.warnings,
    };
  } catch (error) {
    throw facts.isConverted ? withoutByte(error) : error;
  } finally {
    reader?.job.close();
  }
}

/**
 * @param first bytes of the text; not given: there are none
 * @throws DatasetError for what is UTF-16
 */
function requireUtf8({ encoding, declared }: TextFacts, first?: Buffer): void {
  const isAscii = (byte: number | undefined) => byte !== undefined && byte > 0 && byte < 128;
  const named = encoding.startsWith('utf-16') ? encoding : undefined;
  const looksLike = first?.[1] === 0 && isAscii(first[0]) ? 'utf-16le' : 'utf-16be';
  const seen = first && (looksLike === 'utf-16le' || (first[0] === 0 && isAscii(first[1]))) ? looksLike : undefined;
  const found = named ?? (declared === undefined ? seen : undefined);
  if (found === undefined) return;
  throw new DatasetError(
    'The file is UTF-16, but JSON must be UTF-8',
    FIRST_PLACE,
    `Save it as UTF-8, or give the option encoding: ${found}.`,
    [{ encoding: found }],
  );
}

/** The bytes of converted text are not those of the file. */
function withoutByte(error: unknown): unknown {
  if (!(error instanceof DatasetError) || error.place.byte === undefined) return error;
  const { byte: _, ...place } = error.place;
  const what = error.message.slice(0, error.message.search(/ \((?:row|line|column|byte) \d/));
  return new DatasetError(what, place, error.advice, error.choices);
}

/** A person's word counts, then the file's name. */
function loneRecord({ isOfLines }: ProfileOptions, { options }: Declared): LoneRecord {
  if (options?.format === 'ndjson') return 'any';
  return isOfLines && options?.format !== 'json' ? 'on one line' : 'none';
}
