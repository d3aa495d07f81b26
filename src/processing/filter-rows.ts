import type { ByteSource } from './byte-source.ts';
import { PlainFilter } from './filter/plain-filter.ts';
import { type FilterColumn, rowTests } from './filter/row-tests.ts';
import { formatNamed } from './formats/choose.ts';
import type { KnownFile, TakeRow } from './formats/format.ts';
import { FORMATS } from './formats/formats.ts';
import type { RowCondition } from './row-conditions.ts';
import type { WholeRow } from './rows.ts';

export type { FilterColumn } from './filter/row-tests.ts';

/** A dataset, and what its report says of it. */
export interface FilteredDataset {
  /** Opens the file from its first byte; called more than once where rows are compared with each other. */
  open: () => ByteSource | Promise<ByteSource>;
  /** As the report has it: windows-1252 is known only after the last byte. */
  file: KnownFile;
  /** All columns of the report, in its order. */
  columns: readonly FilterColumn[];
}
export interface FilterOptions {
  /** Ends the reading with its reason. */
  signal?: AbortSignal;
  /** Rows that are made at most; 0 for counting alone. All when not given. */
  first?: number;
  /** Rows up to this number are counted and not made. */
  after?: number;
  /** Reads on to the end of the file when `first` rows are made, for the number of all. */
  countsAll?: boolean;
}
/** What was found since the step before. */
export interface FilterStep {
  rows: WholeRow[];
  /** Rows so far for which the conditions hold, from row 1 on. */
  matched: number;
  /** Rows read so far. */
  read: number;
}

/**
 * The rows for which all conditions hold, in order, block by block. With `first` it ends when they are made, unless
 * `countsAll`. Memory: one block of the file and the rows found in it.
 * @throws ConditionError for conditions that the dataset cannot answer, before anything is read
 * @throws DatasetError when the bytes are not a table
 */
export async function* filterRows(
  { open, file, columns }: FilteredDataset,
  where: readonly RowCondition[],
  options: FilterOptions = {},
  formats = FORMATS,
): AsyncGenerator<FilterStep> {
  const { signal, first = Number.POSITIVE_INFINITY, after = 0, countsAll = false } = options;
  const tests = rowTests(where, columns);
  const format = formatNamed(file.format, formats);
  const reader = await format.load();
  const rows = (source: ByteSource, take: TakeRow) => reader.rows(source, file, take, { format, formats });
  const filter = new PlainFilter(tests, columns, file);
  for (const row of tests.duplicatesOf) {
    let seen = 0;
    const take: TakeRow = (_line, read) => {
      if (++seen === row) filter.remember(row, read());
      return seen >= row;
    };
    for await (const _block of rows(await open(), take)) {
      signal?.throwIfAborted();
      if (seen >= row) break;
    }
  }
  let read = 0;
  let matched = 0;
  let made = 0;
  let found: WholeRow[] = [];
  const isDone = () => !countsAll && made >= first;
  const take: TakeRow = (line, content) => {
    const row = ++read;
    const whole = content();
    if (!filter.holds(row, whole)) return false;
    matched++;
    if (row > after && made < first) {
      found.push({ row, line, ...whole });
      made++;
    }
    return isDone();
  };
  for await (const _block of rows(await open(), take)) {
    signal?.throwIfAborted();
    yield { rows: found, matched, read };
    found = [];
    if (isDone()) return;
  }
  yield { rows: found, matched, read };
}
