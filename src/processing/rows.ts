import type { ByteSource } from './byte-source.ts';
import { formatOfFile } from './formats/choose.ts';
import type { KnownFile, TakeRow } from './formats/format.ts';
import { FORMATS } from './formats/formats.ts';
import type { ReadOptions } from './options/read-options.ts';
import type { PreviewLimits } from './profile-options.ts';
import type { WholeRow } from './whole-row.ts';

/**
 * Reads single rows of a file with the readers that profile it, so that the numbers agree with the report's. Reads no
 * further than the last row that is wanted. Memory: the head until the dialect is known, one block and its wanted rows.
 * @param file as the report has it: windows-1252 is known only after the last byte
 * @param wanted row numbers from 1, rising
 * @param readOptions as they were when the report was made
 * @param limits of a preview
 * @param formats the known ones: `file.format` is one of them, and a file of another one is refused
 * @throws DatasetError when the bytes before the last wanted row are not a table
 */
export async function* readRows(
  source: ByteSource,
  file: KnownFile,
  wanted: readonly number[],
  readOptions?: ReadOptions,
  formats = FORMATS,
  limits?: PreviewLimits,
): AsyncGenerator<WholeRow> {
  const last = wanted.at(-1) ?? 0;
  if (last === 0) return;
  const format = formatOfFile(file, formats);
  const reader = await format.load();
  const isWanted = new Set(wanted); // as many as the caller asks for
  const found: WholeRow[] = []; // the wanted rows of one block
  let seen = 0;
  const take: TakeRow = (line, read) => {
    const row = ++seen;
    if (isWanted.has(row)) found.push({ row, line, ...read() });
    return row >= last;
  };
  for await (const _block of reader.rows(source, file, take, { format, formats, options: readOptions, file, limits })) {
    yield* found.splice(0);
    if (seen >= last) return;
  }
  yield* found;
}
