import type { ByteSource } from './byte-source.ts';
import { FORMATS } from './formats/formats.ts';
import { PREVIEW_ROWS, PREVIEW_ROWS_READ } from './limits.ts';
import type { ReadOptions } from './options/read-options.ts';
import { profileDataset } from './profile.ts';
import type { ProfileOptions } from './profile-options.ts';
import type { ColumnType, FileFact, Suggestion, Warning } from './profile-types.ts';
import { readRows, type WholeRow } from './rows.ts';

/** The beginning of a file as it would be read. */
export interface Preview {
  /** The columns in their order. */
  columns: { name: string; type: ColumnType }[];
  /** The first rows, PREVIEW_ROWS at most; fewer where they are very long. */
  rows: WholeRow[];
  /** Rows from which the types are known. */
  rowsRead: number;
  /** How the bytes are read: the facts of the file without its size, which is not known before its end. */
  file: Readonly<Record<string, FileFact>>;
  warnings: Warning[];
  options: ReadOptions | undefined;
  suggestions: Suggestion[];
}

/** Characters of values after which no further row is shown: a value may have 16 MiB. */
const MAX_CHARACTERS = 1 << 20;

/**
 * Reads the beginning of a file as a profile with these options would. Takes as long for a file of any size.
 * @param open gives the bytes from the first on; called twice
 * @throws DatasetError when the beginning is not a table; the signal's reason when it is aborted
 */
export async function previewDataset(
  open: () => ByteSource | Promise<ByteSource>,
  options: Pick<
    ProfileOptions,
    'format' | 'filename' | 'isOfLines' | 'readOptions' | 'signal' | 'spill' | 'maxUnpackedBytes'
  >,
  formats = FORMATS,
): Promise<Preview> {
  const { readOptions } = options;
  const profile = await profileDataset(await open(), { ...options, rowLimit: PREVIEW_ROWS_READ }, formats);
  const rows: WholeRow[] = [];
  const wanted = Array.from({ length: Math.min(PREVIEW_ROWS, profile.rowCount) }, (_, i) => i + 1);
  let characters = 0;
  for await (const row of readRows(await open(), profile.file, wanted, readOptions, formats)) {
    options.signal?.throwIfAborted();
    rows.push(row);
    characters += JSON.stringify(row.fields).length;
    if (characters > MAX_CHARACTERS) break;
  }
  const { bytes: _unknown, ...file } = profile.file;
  const columns = profile.columns.map(({ name, type }) => ({ name, type }));
  const { rowCount: rowsRead, warnings } = profile;
  return { columns, rows, rowsRead, file, warnings, options: readOptions, suggestions: [] };
}
