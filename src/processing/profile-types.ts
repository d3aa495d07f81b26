import type { ReadOptions } from './options/read-options.ts';
import type { ColumnType, TypeEvidence } from './statistics/column-type.ts';
import type { DateHistogram } from './statistics/date-histogram.ts';
import type { Distinct } from './statistics/distinct.ts';
import type { Duplicates } from './statistics/duplicates.ts';
import type { HistogramFacts } from './statistics/histogram.ts';
import type { NullCounts } from './statistics/null-counts.ts';
import type { Outliers } from './statistics/outliers.ts';
import type { Quartiles } from './statistics/quartiles.ts';
import type { TopValue } from './statistics/top-values.ts';
import type { Value } from './statistics/value.ts';

// The facts of a dataset, as values. Facts that need a definition have a file of their name in statistics/, which
// states it and names the files where it is counted and assembled.

export type { ColumnType, Value };

export interface NumericFacts {
  min: Value;
  max: Value;
  mean: number;
  /** Of the sample (n - 1); null for one value. */
  std: number | null;
  quartiles: Quartiles;
  zeros: number;
  negatives: number;
  histogram: HistogramFacts;
  /** Of whole numbers with few different values. */
  valueHistogram: HistogramFacts | undefined;
  /** Of numbers whose histogram shows little. */
  logHistogram: HistogramFacts | undefined;
  outliers: Outliers;
}
/** A value of the file with its row. */
interface Placed {
  row: number;
  value: string;
}
/** How many values there are of a kind, and the first of them. */
type Noted = Placed & { count: number };

/** What most values of a text column may be. */
export const RESEMBLED_TYPES = ['number', 'date', 'boolean'] as const;

/**
 * The type that most values of a text column have, however they are written: in a spelling that a typed column may have
 * or in another one.
 */
export interface Resemblance {
  type: (typeof RESEMBLED_TYPES)[number];
  /** Values that are of that type, in whatever spelling, and those that are not. */
  matching: number;
  exceptions: number;
  /** Spellings that no typed column has, the most frequent first: a word for numbers, an example for dates. */
  spellings: { like: string; count: number }[];
  /** The first value in such a spelling. */
  first: Placed | undefined;
  /** Numbers with a leading zero, and the first of them. */
  codes: number;
  firstCode: Placed | undefined;
  /** The first values that are not of that type. */
  examples: Placed[];
}
export interface ColumnFacts extends NullCounts {
  name: string;
  type: ColumnType;
  /** How a typed file stores the values: its logical type, or its physical one. */
  storedType?: string;
  /** Of values that are not null. */
  count: number;
  evidence: TypeEvidence;
  distinct: Distinct;
  topValues: TopValue[];
  /** For the types integer and decimal only. */
  numeric: NumericFacts | undefined;
  /** For dates and datetimes, as they are written in the file. */
  range: { min: string; max: string } | undefined;
  /** For dates and datetimes. */
  dateHistogram: DateHistogram | undefined;
  /** For text, in code points. */
  length: { min: number; max: number; mean: number } | undefined;
  /** For text of which most values are something else. */
  resembles: Resemblance | undefined;
  /**
   * For text: how many values have the greatest length, how many at most have one of the ten lengths below it, and how
   * many lengths from half of it on occur.
   */
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
/** A JSON value. */
export type FileFact = string | number | boolean | null | readonly FileFact[] | { readonly [name: string]: FileFact };
/**
 * What a report states of its file, with the names and in the order that it has there: facts of all formats, and
 * between them what only one format has, such as `delimiter`.
 */
export interface FileFacts {
  /** The format's name (formats/formats.ts), or of one of its variants. */
  format: string;
  bytes: number;
  [fact: string]: FileFact;
}
/**
 * The first and the last rows of a file under the delimiter that was found: fields as text, title lines and header
 * among them. At most GLIMPSE_ROWS of each, of GLIMPSE_FIELDS fields, cut at GLIMPSE_CHARACTERS (limits.ts).
 */
export interface Glimpse {
  first: { line: number; fields: string[] }[];
  last: { line: number; fields: string[] }[];
  /** Rows of `first` up to the header, the header not among them. */
  titleRows: number;
  /** How many fields of these rows are in quotes. */
  quoted: number;
}
/** What would change values is proposed: with its evidence, and the options that would do it. */
export interface Suggestion {
  code: string;
  /** What would change, in a sentence. */
  message: string;
  /** Names of the columns that it is about; none: the whole file. */
  columns: string[];
  evidence: FileFact;
  options: ReadOptions;
  /** Options instead of these, where nothing tells which reading is meant; missing where there is one reading. */
  alternatives?: ReadOptions[];
}
export interface Profile {
  rowCount: number;
  columns: ColumnFacts[];
  duplicates: Duplicates;
  badRows: { count: number; examples: { row: number; line: number; fields: number; expected: number }[] };
  file: FileFacts;
  /** Those that the file was read with; undefined for none. */
  options?: ReadOptions | undefined;
  warnings: Warning[];
  /** Rows as they stand in the file, from which suggestions are made: of its beginning and its end. */
  glimpse?: Glimpse | undefined;
}
