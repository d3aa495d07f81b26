import type { ColumnType, Value } from '../processing/profile-types.ts';
import type { AlertCode } from './alerts/table.ts';

/** A value of the file with the row it stands in. */
interface PlacedValue {
  row: number;
  value: string | Value;
}

/** How many values there are of a kind, and the first of them. */
type NotedValue = PlacedValue & { count: number };

/** What most values of a text column are, in whatever spelling; processing/profile-types.ts says more of each member. */
interface ResemblanceReport {
  type: 'number' | 'date' | 'boolean';
  matching: number;
  exceptions: number;
  spellings: { like: string; count: number }[];
  first?: PlacedValue;
  codes?: number;
  first_code?: PlacedValue;
  examples: PlacedValue[];
}

/** The facts of one column, as report.json has them; what does not belong to the column's type is missing. */
export interface ColumnReport {
  name: string;
  /** From 1. */
  position: number;
  /** `number` and `other` only where a report was written without the facts of its columns. */
  type: ColumnType | 'number' | 'other';
  /** Values that are not null. */
  count: number;
  null_count: number;
  null_tokens: Record<string, number>;
  evidence: { matching: number; exceptions: number; examples: PlacedValue[]; strings?: number };
  distinct?: { count: number; exact: boolean; method?: string };
  top_values: { value: string; count: number }[];
  min?: Value | string;
  max?: Value | string;
  mean?: number;
  std?: number | null;
  quartiles?: { q1: number; median: number; q3: number };
  zeros?: number;
  negatives?: number;
  histogram?: { edges: number[]; counts: number[] };
  length?: { min: number; max: number; mean: number };
  // what follows is missing where there is nothing to say
  resembles?: ResemblanceReport;
  longest?: { count: number; next: number; lengths: number };
  point_groups?: number;
  white_space?: NotedValue;
  invisible?: (NotedValue & { code_point: string })[];
  swallowed?: NotedValue & { lines: number };
}

export type Severity = 'error' | 'warning' | 'info';
export interface Alert {
  code: AlertCode;
  severity: Severity;
  /** Missing where the alert is about the whole file. */
  column?: string;
  message: string;
  numbers: Record<string, number>;
}

/** report.json as it is read back. A bigint is an integer beyond 2^53. */
export interface ReportDocument {
  row_count: number;
  null_counts: Record<string, number>;
  numeric: Record<string, { min: Value; max: Value; mean: number }>;
  anomalies: {
    duplicates: { count: number; examples: { row: number; first_row: number }[] };
    outliers: Record<
      string,
      { count: number; lower_fence: number; upper_fence: number; examples: { row: number; value: Value }[] }
    >;
  };
  columns: ColumnReport[];
  bad_rows: { count: number; examples: { row: number; line: number; fields: number; expected: number }[] };
  file: Record<string, string | number | boolean | null>;
  warnings: { code: string; message: string; column?: string }[];
}

/** Reads the text of report.json. Integers beyond 2^53 keep all their digits; `__proto__` is a name like any other. */
export function readReport(text: string): ReportDocument {
  // values of the file keep their digits; quartiles, fences and edges are doubles however they are written
  const revive = (key: string, value: unknown, context?: { source?: string }) =>
    /^(min|max|value)$/.test(key) &&
    typeof value === 'number' &&
    !Number.isSafeInteger(value) &&
    /^-?\d+$/.test(context?.source ?? '')
      ? BigInt(context!.source!)
      : value;
  const document = JSON.parse(text, revive as never) as ReportDocument;
  document.columns ??= fewFacts(document);
  return document;
}

/** What a report without `columns` says of them all the same. */
function fewFacts({ row_count, null_counts, numeric }: ReportDocument): ColumnReport[] {
  return Object.entries(null_counts).map(([name, nulls], i) => ({
    name,
    position: i + 1,
    type: Object.hasOwn(numeric, name) ? 'number' : 'other',
    count: row_count - nulls,
    null_count: nulls,
    null_tokens: {},
    evidence: { matching: row_count - nulls, exceptions: 0, examples: [] },
    top_values: [],
    ...(Object.hasOwn(numeric, name) ? numeric[name] : {}),
  }));
}
