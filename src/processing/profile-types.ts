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
/** A value of the file with its row. */
interface Placed {
  row: number;
  value: string;
}
/** How many values there are of a kind, and the first of them. */
type Noted = Placed & { count: number };

/** What most values of a text column are, though it is text: numbers, dates or booleans, in the spelling of the contract or another. */
export interface Resemblance {
  type: 'number' | 'date' | 'boolean';
  /** Values that are, in whatever spelling, and that are not. */
  matching: number;
  exceptions: number;
  /** Spellings that are not the contract's, the most frequent first: a word for numbers, an example for dates. */
  spellings: { like: string; count: number }[];
  /** The first value in such a spelling. */
  first: Placed | undefined;
  /** Numbers with a leading zero, and the first of them. */
  codes: number;
  firstCode: Placed | undefined;
  /** The first values that are not. */
  examples: Placed[];
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
  /** For text that is something else mostly. */
  resembles: Resemblance | undefined;
  /** For text: values of the greatest length, the most of one of the ten lengths below it, lengths of half of it and more that occur. */
  longest: { count: number; next: number; lengths: number } | undefined;
  /** For decimals: numbers with a point that may stand between groups of digits, 1.200 beside 950. */
  pointGroups: number | undefined;
  /** Values with white space around them. */
  whiteSpace: Noted | undefined;
  /** Values with characters that do not show, by code point (U+00A0), the most frequent first. */
  invisible: (Noted & { codePoint: string })[] | undefined;
  /** Values whose lines would be rows, and how many lines they have: a quote opened them by mistake. */
  swallowed: (Noted & { lines: number }) | undefined;
}
export interface Warning {
  code: string;
  message: string;
  column?: string;
}
/**
 * What a report states of its file, with the names and in the order that it has there: facts of all formats, and between them what only
 * one format has, such as `delimiter`.
 */
export interface FileFacts {
  /** The format's name (formats/formats.ts), or of one of its variants. */
  format: string;
  bytes: number;
  [fact: string]: string | number | boolean | null;
}
export interface Profile {
  rowCount: number;
  columns: ColumnFacts[];
  duplicates: { count: number; examples: { row: number; firstRow: number }[] };
  badRows: { count: number; examples: { row: number; line: number; fields: number; expected: number }[] };
  file: FileFacts;
  warnings: Warning[];
}
