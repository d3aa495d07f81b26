// The records in memory that kernel and host exchange. A class here is a row of doubles in the order of its fields: the
// kernel's compiler lays it out, and the host takes the same order from the class itself (host/structs.ts). Records
// that are not of doubles alone have the offset of each field in bytes.
import { CLASSES } from './classes.ts';
import { BINS, MAX_TOKENS, TIME_BYTES } from './limits.ts';

/** A new job, for `prepare`. */
// @unmanaged
export class JobShape {
  /** Of a CSV; 0 for JSON, whose columns are found while its records are read. */
  columns: f64 = 0;
  /** The character. */
  delimiter: f64 = 0;
  isJson: f64 = 0;
  /** Distinct values of a column that are counted exactly. */
  bound: f64 = 0;
  /** Threads at most. */
  threads: f64 = 0;
  /** Bytes of what grows with the rows, and of value tables, that stay in memory when there is a spill. */
  budget: f64 = 0;
  tableBudget: f64 = 0;
  /** Whether there is a spill. */
  spills: f64 = 0;
  blockBytes: f64 = 0;
  chunkBytes: f64 = 0;
  /** With this many columns or more, fields are deferred and taken many at a time. */
  wideColumns: f64 = 0;
  /** Rows that a unit has at most, and fields that it has at about. */
  unitRows: f64 = 0;
  unitCells: f64 = 0;
  /** Blocks, and units, that may be under way: a power of two, at most MAX_PLACES. */
  places: f64 = 0;
  /** Rows are tested instead of counted. */
  isFilter: f64 = 0;
  /** Whether a person has said anything of values: value-rules.ts; separators as bytes, 0 for none, and the order. */
  hasRules: f64 = 0;
  decimal: f64 = 0;
  thousands: f64 = 0;
  dateOrder: f64 = 0;
}

/**
 * What `describe` knows of a column when all its rows are taken. Names of what is elsewhere hold pointers, 0 for none.
 */
// @unmanaged
export class ColumnSummary {
  /** 0: counted by value; otherwise past the bound. */
  mode: f64 = 0;
  /** Values that are counted, without nulls. */
  distinct: f64 = 0;
  registers: f64 = 0;
  /** Chunks of stored numbers. */
  parts: f64 = 0;
  /** Numbers that have a count (PAIR_BYTES each), and how many. */
  pairs: f64 = 0;
  pairCount: f64 = 0;
  /** Lengths of non-null values past the bound, in code points and in bytes. */
  pointsMin: f64 = 0;
  pointsMax: f64 = 0;
  pointsSum: f64 = 0;
  bytesMin: f64 = 0;
  bytesMax: f64 = 0;
  bytesSum: f64 = 0;
  /** Texts of the earliest and the latest instant, TIME_BYTES each, DATE_ records behind them, and their lengths. */
  times: f64 = 0;
  earliestLength: f64 = 0;
  latestLength: f64 = 0;
  /** The largest and the smallest numbers (EXTREME_BYTES each), and how many. */
  highest: f64 = 0;
  highCount: f64 = 0;
  lowest: f64 = 0;
  lowCount: f64 = 0;
  /** Counts of values past the bound by class, and by null token (0: empty); u32 each. */
  counts: f64 = 0;
  nulls: f64 = 0;
  /** Places of its value tables. */
  slots: f64 = 0;
  /** A list of EXAMPLE_ records. */
  examples: f64 = 0;
  /** Digits of the smallest and the largest integer beyond 2^53. */
  smallest: f64 = 0;
  largest: f64 = 0;
  /** JSON: HAS_STRINGS, HAS_OTHERS; once it has both, strings by class, u32 each. */
  kinds: f64 = 0;
  strings: f64 = 0;
  /** Distinct values that are counted exactly. */
  bound: f64 = 0;
  /** NOTE_ records. */
  notes: f64 = 0;
  /** Counts of texts by length: LENGTHS_. */
  lengths: f64 = 0;
  /** NO_GROUPS, ROUND. */
  pointed: f64 = 0;
  /** The type that the column was given: value-rules.ts. */
  declared: f64 = 0;
}

/**
 * What the counted values of a column have in common: behind the counts by class and by null token of `entryTotals`.
 */
// @unmanaged
export class EntrySums {
  pointsMin: f64 = 0;
  pointsMax: f64 = 0;
  pointsSum: f64 = 0;
  bytesMin: f64 = 0;
  bytesMax: f64 = 0;
  bytesSum: f64 = 0;
  /** Pairs of number and count, and values, that follow. */
  numbers: f64 = 0;
  values: f64 = 0;
}
// `entryTotals`: doubles by class and by null token, the sums, then pairs of number and count that rise (PAIR_BYTES
// each), counts of all values (f64), and for each value pointer and length of its text (u32); each with room for all
// slots.
export const ENTRY_NULLS: u32 = CLASSES * 8;
export const ENTRY_SUMS: u32 = ENTRY_NULLS + (MAX_TOKENS + 1) * 8;
/** Instead of a length: the text is in a record, at RECORD_TEXT, and its length in front. */
export const IN_RECORD: u32 = 0x80000000;
export const RECORD_TEXT: u32 = 24;
/** Value f64, count f64. */
export const PAIR_BYTES: u32 = 16;

// Behind the texts of a column's earliest and latest instant, its dates by calendar unit: the unit, from 0 for minutes
// to 6 for centuries, and how many of them follow, u32 each, which of them is the first i64, then counts u32.
export const DATE_UNIT: u32 = TIME_BYTES * 2;
export const DATE_COUNT: u32 = DATE_UNIT + 4;
export const DATE_FIRST: u32 = DATE_UNIT + 8;
export const DATE_COUNTS: u32 = DATE_UNIT + 16;

// A list of examples: the next u32, group u32, row f64, length u32, text.
export const EXAMPLE_GROUP: u32 = 4;
export const EXAMPLE_ROW: u32 = 8;
export const EXAMPLE_LENGTH: u32 = 16;
export const EXAMPLE_TEXT: u32 = 20;

// One of the largest or smallest numbers: value f64, row f64, digits u32 (0 when the double is exact).
export const EXTREME_ROW: u32 = 8;
export const EXTREME_DIGITS: u32 = 16;
export const EXTREME_BYTES: u32 = 24;
/** Digits of an integer: length u32, text. */
export const DIGITS_TEXT: u32 = 4;

// A note on single values of a column, by mark and behind the marks: row f64 of the first, count u32, its text u32 and
// length u32.
export const NOTE_COUNT: u32 = 8;
export const NOTE_TEXT: u32 = 12;
export const NOTE_LENGTH: u32 = 16;
export const NOTE_BYTES: u32 = 24;

// Texts by length: counts u32, then the greatest length u32 and how many different texts have it u32.
// A frequent value: count f64, text u32, length u32.
export const TOP_TEXT: u32 = 8;
export const TOP_LENGTH: u32 = 12;
export const TOP_BYTES: u32 = 16;

// A row of another width: row f64, line f64, width u32.
export const BAD_ROW_LINE: u32 = 8;
export const BAD_ROW_WIDTH: u32 = 16;
export const BAD_ROW_BYTES: u32 = 32;

// `resultsAt`: edges of a histogram, sums of a pass and counts of the histogram's bins, f64 each. A pass for outliers
// has, in their places: the inner edges of the bins below and above, the last numbers within the fences, and counts
// below and above.
export const RESULT_SUMS: u32 = (BINS + 1) * 8;
export const RESULT_BINS: u32 = RESULT_SUMS + 11 * 8;
