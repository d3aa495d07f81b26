/** What the page uses of a report (docs/report.md describes all of it). */
export interface Report {
  row_count: number;
  columns: Column[];
  anomalies: { duplicates: { count: number }; outliers: Record<string, Fences> };
  bad_rows: { count: number };
  file: { format: string; delimiter?: string; bytes: number };
}

interface Fences {
  count: number;
  lower_fence: number;
  upper_fence: number;
}

export interface Column {
  name: string;
  /** From 1. */
  position: number;
  type: 'integer' | 'decimal' | 'boolean' | 'date' | 'datetime' | 'json' | 'text' | 'empty';
  null_count: number;
  null_tokens: Record<string, number>;
  evidence: { exceptions: number };
  top_values: { value: string; count: number }[];
  min?: number | string;
  max?: number | string;
  length?: { max: number; mean: number };
  resembles?: { type: string; matching: number; exceptions: number; spellings: { like: string; count: number }[] };
  white_space?: { count: number };
  invisible?: { code_point: string; count: number }[];
  swallowed?: { count: number };
}

export const isNumeric = ({ type }: Column): boolean => type === 'integer' || type === 'decimal';
export const isTime = ({ type }: Column): boolean => type === 'date' || type === 'datetime';
