import type { ByteSource } from './byte-source.ts';
import type { FoundRows, RowQuery } from './filter/row-query.ts';
import { type FilterColumn, type RowTests, rowTests } from './filter/row-tests.ts';
import { formatOfFile } from './formats/choose.ts';
import type { KnownFile } from './formats/format.ts';
import { FORMATS } from './formats/formats.ts';
import { THOUSANDS_LIKE } from './host/resemblance.ts';
import type { ReadOptions } from './options/read-options.ts';
import type { ProfileOptions } from './profile-options.ts';
import type { RowCondition } from './row-conditions.ts';
import type { RowIndex } from './row-index.ts';
import type { Encoding } from './text/text-reading.ts';
import type { WholeRow } from './whole-row.ts';

export type { FilterColumn } from './filter/row-tests.ts';

/** A dataset, and what its report says of it. */
export interface FilteredDataset {
  /**
   * Opens the file from a byte on, the first unless there is an index of its rows. Called more than once where rows are
   * compared with each other.
   */
  open: (from: number) => ByteSource | Promise<ByteSource>;
  /** As the report has it: windows-1252 is known only after the last byte. */
  file: KnownFile;
  /** As they were when the report was made. */
  readOptions?: ReadOptions | undefined;
  /** All columns of the report, in its order. */
  columns: readonly FilterColumn[];
}
export interface FilterOptions extends Pick<ProfileOptions, 'signal' | 'spill' | 'memoryBudget' | 'tuning'> {
  /** Rows that are made at most; 0 for counting alone. All when not given. */
  first?: number;
  /** Rows up to this number are counted and not made. */
  after?: number;
  /** Reads on to the end of the file when `first` rows are made, for the number of all. */
  countsAll?: boolean;
  /**
   * Of this very file: places of rows are added to it, and a reading for rows `after` one begins near it, unless
   * `countsAll`.
   */
  index?: RowIndex;
}
/** What was found since the step before. */
export interface FilterStep {
  rows: WholeRow[];
  /** Rows so far for which the conditions hold, from row 1 on, or from the place of `index` where the reading began. */
  matched: number;
  /** Rows read so far. */
  read: number;
}

/**
 * The rows for which all conditions hold, in order, block by block. With `first` it ends when they are made, unless
 * `countsAll`. Another reading goes before where rows are compared with each other (`duplicate`, `duplicate_of`).
 * Memory: some blocks of the file and the rows found in them; for `duplicate` 16 bytes for each row while its reading
 * lasts, of which 64 MiB stay in memory when there is a spill, then a bit for each.
 * @throws ConditionError for conditions that the dataset cannot answer, before anything is read
 * @throws DatasetError when the bytes are not a table; the signal's reason when it is aborted
 */
export async function* filterRows(
  { open, file, columns, readOptions }: FilteredDataset,
  where: readonly RowCondition[],
  options: FilterOptions = {},
  formats = FORMATS,
): AsyncGenerator<FilterStep> {
  const { first = Number.POSITIVE_INFINITY, after = 0, countsAll = false, ...job } = options;
  const tests = rowTests(where, columns, readOptions);
  const format = formatOfFile(file, formats);
  const reader = await format.load();
  const encoding = (file.encoding ?? 'utf-8') as Encoding;
  const read = async (query: RowQuery) =>
    reader.filter(await open(query.start?.opensAt ?? query.start?.byte ?? 0), query, job, {
      format,
      formats,
      options: readOptions,
      file,
    });
  const query: RowQuery = { tests, columns, encoding, after, first };
  yield* prepare(query, read);
  if (!countsAll && after > 0 && job.index?.before(after) === undefined && job.index)
    await reader.places?.(await open(0), job.index);
  query.start = countsAll ? undefined : job.index?.before(after);
  let made = 0;
  for await (const filter of await read(query)) {
    const rows = filter.take();
    made += rows.length;
    yield { rows, matched: filter.matched, read: filter.read };
    if (made >= first && !countsAll) return;
  }
}

/** Nothing was found yet: a step of a reading that goes before. */
const none = (): FilterStep => ({ rows: [], matched: 0, read: 0 });

/** Finds what the tests compare rows with, in a reading for each of it. */
async function* prepare(
  query: RowQuery,
  read: (query: RowQuery) => Promise<AsyncGenerator<FoundRows>>,
): AsyncGenerator<FilterStep> {
  const { tests, columns } = query;
  if (tests.duplicate !== undefined) {
    const all: RowQuery = { ...query, finds: { repeated: true } };
    for await (const _step of await read(all)) yield none();
    query.repeated = all.repeated ?? Buffer.alloc(1);
  }
  const hashes: (Buffer | undefined)[] = [];
  for (const hashOf of tests.duplicatesOf) {
    let found: Buffer | undefined;
    for await (const { hash } of await read({ ...query, finds: { hashOf } })) {
      found = hash;
      if (found) break;
      yield none();
    }
    hashes.push(found);
  }
  query.hashes = hashes;
  const counts = new Map<number, Float64Array>();
  for (const column of ambiguous(tests, columns))
    for await (const { classCounts } of await read({ ...query, finds: { classesOf: column } })) {
      counts.set(column, classCounts);
      yield none();
    }
  query.classCounts = counts;
}
/** Columns whose report does not tell which classes of values it counted as numbers. */
function ambiguous({ columns: tests }: RowTests, columns: readonly FilterColumn[]): Set<number> {
  const asked = tests.filter(({ kind }) => kind === 'resembles' || kind === 'like').map(({ column }) => column);
  return new Set(asked.filter((i) => columns[i]!.resembles?.spellings.some(({ like }) => like === THOUSANDS_LIKE)));
}
