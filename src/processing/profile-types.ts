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
