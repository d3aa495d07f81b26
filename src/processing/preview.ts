import type { ByteSource } from './byte-source.ts';
import { FORMATS } from './formats/formats.ts';
import { PREVIEW_ROWS, PREVIEW_ROWS_READ } from './limits.ts';
import { profileDataset } from './profile.ts';
import { isEnough, type ProfileOptions } from './profile-options.ts';
import type { Profile } from './profile-types.ts';
import { ReadBudget } from './read-budget.ts';
import { readRows } from './rows.ts';
import type { WholeRow } from './whole-row.ts';

/** The beginning of a file as it would be read. */
export interface Beginning {
  /** Of the rows that were read. Without the last rows of the file, unless it was read to its end. */
  profile: Profile;
  /** The first rows, PREVIEW_ROWS at most; fewer where they are very long. */
  rows: WholeRow[];
}

/** Characters of values after which no further row is shown: a value may have 16 MiB. */
const MAX_CHARACTERS = 1 << 20;

/**
 * Reads the beginning of a file as a profile with these options would. Reads no further than
 * PREVIEW_ROWS_READ rows or PREVIEW_BYTES once there is a row, which a ReadBudget bounds.
 * @param open gives the bytes from the first on; called twice
 * @throws DatasetError when the beginning is not a table, or there is no row so far; the signal's reason when it is
 *   aborted
 */
export async function readBeginning(
  open: () => ByteSource | Promise<ByteSource>,
  options: Pick<
    ProfileOptions,
    'format' | 'filename' | 'isOfLines' | 'readOptions' | 'signal' | 'spill' | 'maxUnpackedBytes'
  >,
  formats = FORMATS,
): Promise<Beginning> {
  const { readOptions, signal } = options;
  const budget = new ReadBudget(signal);
  const limits = { rowLimit: PREVIEW_ROWS_READ, budget, signal };
  const profile = await profileDataset(budget.counted(await open()), { ...options, ...limits }, formats);
  const { rowCount, file, glimpse } = profile;
  const rows: WholeRow[] = [];
  const wanted = Array.from({ length: Math.min(PREVIEW_ROWS, rowCount) }, (_, i) => i + 1);
  let characters = 0;
  for await (const row of readRows(budget.counted(await open()), file, wanted, readOptions, formats, limits)) {
    signal?.throwIfAborted();
    rows.push(row);
    characters += JSON.stringify(row.fields).length;
    if (characters > MAX_CHARACTERS) break;
  }
  const isCut = isEnough(limits, rowCount, file.bytes);
  return { profile: isCut && glimpse ? { ...profile, glimpse: { ...glimpse, last: [] } } : profile, rows };
}
