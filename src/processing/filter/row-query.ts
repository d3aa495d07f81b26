import type { RowPlace } from '../row-index.ts';
import type { Encoding } from '../text/text-reading.ts';
import type { WholeRow } from '../whole-row.ts';
import type { FilterColumn, RowTests } from './row-tests.ts';

/** What is asked of the rows of a file in one reading. */
export interface RowQuery {
  tests: RowTests;
  columns: readonly FilterColumn[];
  encoding: Encoding;
  /** Where the reading begins, when not with the file. */
  start?: RowPlace | undefined;
  /** Rows up to this number are counted alone, and no more rows than `first` are made. */
  after: number;
  first: number;
  /**
   * What an earlier reading has found: a bit for each row that repeats another, hashes of rows (undefined for one
   * beyond the last), counts of a column's values by class.
   */
  repeated?: Buffer | undefined;
  hashes?: readonly (Buffer | undefined)[] | undefined;
  classCounts?: ReadonlyMap<number, Float64Array> | undefined;
  /** What this reading is to find for the next one: the hashes of all rows, or of one, or the classes of a column. */
  finds?: { repeated?: boolean; hashOf?: number; classesOf?: number } | undefined;
}

/** What a reading has found so far. host/row-filter.ts is the kernel's. */
export interface FoundRows {
  /** The rows made since the last call. */
  take(): WholeRow[];
  /** Rows so far for which all conditions hold. */
  readonly matched: number;
  /** Rows read so far. */
  readonly read: number;
  /** The hash of the row that the query wants; undefined before it has come. */
  readonly hash: Buffer | undefined;
  /** Values by class of the column that the query wants. */
  readonly classCounts: Float64Array;
}
