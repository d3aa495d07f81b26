/** The facts of a dataset, as values. Counts are numbers; a bigint is an integer beyond 2^53, with all its digits. */
export type ColumnType = 'integer' | 'decimal' | 'boolean' | 'date' | 'datetime' | 'json' | 'text' | 'empty';
export type Value = number | bigint;

export interface NumericFacts {
  min: Value;
  max: Value;
  mean: number;
  outliers: { count: number; lowerFence: number; upperFence: number; examples: { row: number; value: Value }[] };
}
export interface ColumnFacts {
  name: string;
  type: ColumnType;
  nullCount: number;
  /** For the types integer and decimal only. */
  numeric: NumericFacts | undefined;
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

export interface ProfileOptions {
  /** `json` is a list of objects or an object a line: which of the two is found from the bytes. */
  format: 'csv' | 'json';
  /** Checked between chunks: the profile then rejects with its reason. */
  signal?: AbortSignal;
  onProgress?: (progress: { bytes: number; rows: number }) => void;
  /** Awaited: after the last byte, when types and statistics are settled, after duplicates and outliers. */
  onStage?: (stage: ProfileStage) => void | Promise<void>;
}
