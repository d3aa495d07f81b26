import type { Spill } from './spill.ts';
import type { Threads } from './threads.ts';

/** The facts of a dataset, as values. Counts are numbers; a bigint is an integer beyond 2^53, with all its digits. */
export type ColumnType = 'integer' | 'decimal' | 'boolean' | 'date' | 'datetime' | 'json' | 'text' | 'empty';
export type Value = number | bigint;

export interface NumericFacts {
  min: Value;
  max: Value;
  mean: number;
  /** Of the sample (n - 1); null for one value. */
  std: number | null;
  quartiles: { q1: number; median: number; q3: number };
  zeros: number;
  negatives: number;
  /** 21 edges and 20 counts. */
  histogram: { edges: number[]; counts: number[] };
  outliers: { count: number; lowerFence: number; upperFence: number; examples: { row: number; value: Value }[] };
}
export interface ColumnFacts {
  name: string;
  type: ColumnType;
  /** Of values that are not null. */
  count: number;
  nullCount: number;
  /** "" for empty and missing; sorted by bytes. */
  nullTokens: Map<string, number>;
  evidence: {
    matching: number;
    exceptions: number;
    /** JSON only: strings among the matching. */
    strings?: number;
    examples: { row: number; value: string }[];
  };
  distinct: { count: number; exact: true } | { count: number; exact: false; method: string };
  topValues: { value: string; count: number }[];
  /** For the types integer and decimal only. */
  numeric: NumericFacts | undefined;
  /** For dates and datetimes, as they stand in the file. */
  range: { min: string; max: string } | undefined;
  /** For text, in code points. */
  length: { min: number; max: number; mean: number } | undefined;
}
export interface Warning {
  code: string;
  message: string;
  column?: string;
}
type FileFacts =
  | {
      format: 'csv';
      encoding: string;
      bom: boolean;
      delimiter: string;
      quote: string;
      lineEnding: string | null;
      bytes: number;
    }
  | { format: 'json' | 'ndjson'; encoding: string; bom: boolean; bytes: number };
export interface Profile {
  rowCount: number;
  columns: ColumnFacts[];
  duplicates: { count: number; examples: { row: number; firstRow: number }[] };
  badRows: { count: number; examples: { row: number; line: number; fields: number; expected: number }[] };
  file: FileFacts;
  warnings: Warning[];
}

export type ProfileStage = 'parsed' | 'statistics' | 'anomalies';

interface Tuning {
  /** Of a block, a power of two. */
  blockBytes?: number;
  /** Bytes after which the threads are called. */
  aloneBytes?: number;
  /** Largest chunk of what grows with the rows, a power of two from 1,024 on. */
  chunkBytes?: number;
  /** Columns from which on fields are deferred. */
  wideColumns?: number;
  /** Rows of a unit at the most, and fields. */
  unitRows?: number;
  unitCells?: number;
}

export interface ProfileOptions {
  /** `json` is a list of objects or an object a line: which of the two is found from the bytes. */
  format: 'csv' | 'json';
  /** Checked between chunks: the profile then rejects with its reason. */
  signal?: AbortSignal;
  onProgress?: (progress: { bytes: number; rows: number }) => void;
  /** Awaited: after the last byte, when types and statistics are settled, after duplicates and outliers. */
  onStage?: (stage: ProfileStage) => void | Promise<void>;
  /** Threads to work on a large file; without them the calling thread does everything. */
  threads?: Threads;
  /** Distinct values of a column that are counted exactly; 10,000 when not given. */
  distinctBound?: number;
  /** Where what grows with the rows goes beyond `memoryBudget` bytes. Without it, it stays in memory. */
  spill?: Spill;
  /** Bytes of what grows with the rows, and of value tables of a wide file, that stay in memory. */
  memoryBudget?: number;
  tableBudget?: number;
  /** Sizes that change no fact: tests make them small, so that every edge is met. */
  tuning?: Tuning;
}
