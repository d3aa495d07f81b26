// The state of a column while rows come in. All columns lie one after another.
import { CLASSES, EXAMPLE_GROUPS, NO_GROUPS, STRING_CLASSES } from '../border/classes.ts';
import { EXTREME_BYTES } from '../border/layout.ts';
import { EXAMPLES, MAX_TOKENS } from '../border/limits.ts';
import { Sequence } from '../memory/chunks.ts';
import { allocate } from '../memory/memory.ts';
import { shared } from '../memory/shared.ts';

/**
 * How a column's fields are taken: counted by value up to the bound of distinct values, then by the kind of most of
 * them.
 */
export const COUNTING: u32 = 0,
  NUMERIC: u32 = 1,
  TEMPORAL: u32 = 2,
  TEXTUAL: u32 = 3,
  /** Each value by itself: where rules of values hold that the other ways do not know. */
  GENERAL: u32 = 4;

/** One column; its counts and lists, whose size is fixed, lie behind the fields. */
// @unmanaged
export class Column {
  mode: u32;
  /** Values of up to 8 bytes: value-table.ts. */
  short: usize;
  shortMask: u32;
  /** How far a product of 64 bits is shifted right to get a slot: its highest bits are left. */
  shortShift: u32;
  shortUsed: u32;
  /** Longer values. */
  long: usize;
  longMask: u32;
  longShift: u32;
  longUsed: u32;
  /** Values in both tables that are not null, and that are. */
  distinct: u32;
  nullEntries: u32;
  /** Text of values over 16 bytes: chunks of text-store.ts. */
  texts: usize;
  textAt: usize;
  textEnd: usize;
  /** HyperLogLog, past the bound. */
  registers: usize;
  /** Values that go on being counted past the bound: candidates.ts; 0 when there are none. */
  candidates: usize;
  /** Their keys, while all values are counted, and whether they were chosen. */
  chosen: usize;
  isChosen: bool;
  /**
   * Of a deferred column: whether its first rows were sampled, and whether it waits since they are nearly all
   * different.
   */
  isSampled: bool;
  waits: bool;
  /** A bit for each group of classes that still wants examples. */
  open: u32;
  /** Rows taken so far: by the passes, and in the log of deferred.ts. */
  taken: f64;
  loggedRows: u32;
  /** In the open chunk of the log: where the next text goes, and the length of the last one. */
  logAt: usize;
  logLengths: usize;
  /** Examples to show, a list: watch.ts. */
  examples: usize;
  /** Digits of the smallest and the largest integer beyond 2^53: extremes.ts. */
  smallest: usize;
  largest: usize;
  /** JSON: kinds of values seen so far, one bit each, and strings by class once there are others too. */
  kinds: u32;
  /** Values with a count, counted before the bound was passed: 16 bytes each. */
  pairs: usize;
  pairCount: u32;
  /** A number with a leading zero came by past the bound: no number of the column is wanted any more. */
  codes: bool;
  /** Outside these a value is one of the ten largest or smallest; -Infinity and Infinity until there are ten. */
  high: f64;
  low: f64;
  highCount: u32;
  lowCount: u32;
  /** Smallest and largest stored number. */
  min: f64;
  max: f64;
  /** Lengths of non-null values past the bound, in code points and in bytes. */
  pointsMin: u32;
  pointsMax: u32;
  pointsSum: u64;
  bytesMin: u32;
  bytesMax: u32;
  bytesSum: u64;
  earliest: i64;
  earliestFraction: u64;
  latest: i64;
  latestFraction: u64;
  /** Text of the two, TIME_BYTES bytes each; 0 while no time was seen. */
  times: usize;
  earliestLength: u32;
  latestLength: u32;
  /** notes.ts: notes on single values; 0 while there are none. */
  notes: usize;
  /** text-lengths.ts: texts by length, past the bound, of ASCII and others; 0 while there is none. */
  lengths: usize;
  otherLengths: usize;
  /** Points in numbers, point-groups.ts: what is known so far. */
  pointed: u32;
  index: u32;
  /** The type that a person has given it: border/value-rules.ts. */
  declared: u32;
}

// behind the fields: counts by class, counts by null token (0: empty), examples by group, the ten largest and smallest
const COUNTS: usize = (offsetof<Column>() + 7) & ~7;
const NULLS: usize = COUNTS + ((<usize>CLASSES * 4 + 7) & ~7);
const SHOWN: usize = NULLS + (<usize>MAX_TOKENS + 1) * 4 + 4;
const HIGHEST: usize = (SHOWN + <usize>EXAMPLE_GROUPS * 4 + 7) & ~7;
const LOWEST: usize = HIGHEST + <usize>EXAMPLES * EXTREME_BYTES;
const STRINGS: usize = LOWEST + <usize>EXAMPLES * EXTREME_BYTES;
/** Numbers past the bound, and the log of deferred.ts. */
const NUMBERS: usize = STRINGS + <usize>STRING_CLASSES * 4 + 8;
const LOG: usize = NUMBERS + 24;
const SIZE: usize = (LOG + 24 + 63) & ~63;

/** Column i; valid for the life of the job, as the table of columns never moves. */
// @inline
export function columnAt(i: u32): Column {
  return changetype<Column>(shared().columnTable + <usize>i * SIZE);
}
/** Counts of values by class, past the bound. */
// @inline
export function countsOf(c: Column): usize {
  return changetype<usize>(c) + COUNTS;
}
/** Counts of nulls by null token, u32 each: 0 for the empty field, then the tokens from 1 on. */
// @inline
export function nullsOf(c: Column): usize {
  return changetype<usize>(c) + NULLS;
}
/** How many examples each group has, u32 each. */
// @inline
export function shownOf(c: Column): usize {
  return changetype<usize>(c) + SHOWN;
}
/** Counts of JSON's strings by class, u32 each: STRING_CLASSES of them. */
// @inline
export function stringsOf(c: Column): usize {
  return changetype<usize>(c) + STRINGS;
}
/** Numbers past the bound, f64 each. */
// @inline
export function numbersOf(c: Column): Sequence {
  return changetype<Sequence>(changetype<usize>(c) + NUMBERS);
}
/** The log of deferred fields: deferred.ts. */
// @inline
export function logOf(c: Column): Sequence {
  return changetype<Sequence>(changetype<usize>(c) + LOG);
}
/** Ten numbers, the largest first. */
// @inline
export function highestOf(c: Column): usize {
  return changetype<usize>(c) + HIGHEST;
}
/** Ten numbers, the smallest first. */
// @inline
export function lowestOf(c: Column): usize {
  return changetype<usize>(c) + LOWEST;
}
/** Adds n values of a class. */
// @inline
export function count(c: Column, kind: u32, n: u32): void {
  const at = countsOf(c) + ((<usize>kind) << 2);
  store<u32>(at, load<u32>(at) + n);
}
/** Adds n nulls. @param token 0 for the empty field, otherwise the number of the null token from 1 on */
// @inline
export function countNull(c: Column, token: u32, n: u32): void {
  const at = nullsOf(c) + ((<usize>token) << 2);
  store<u32>(at, load<u32>(at) + n);
}

/** @param from columns before it are there already */
export function prepareColumns(from: u32, to: u32): void {
  for (let i = from; i < to; i++) {
    const c = columnAt(i);
    memory.fill(changetype<usize>(c), 0, SIZE);
    c.index = i;
    if (shared().decimal !== 0) c.pointed = NO_GROUPS; // what a point is has been said
    c.open = (1 << EXAMPLE_GROUPS) - 1;
    c.high = -Infinity;
    c.low = Infinity;
    c.min = Infinity;
    c.max = -Infinity;
    c.pointsMin = u32.MAX_VALUE;
    c.bytesMin = u32.MAX_VALUE;
  }
}
/** Room for n columns, not initialised: prepareColumns does that. @returns where they are */
export function allocateColumns(n: u32): usize {
  return allocate(n * <u32>SIZE);
}

/** Adds values of one length. */
// @inline
export function addLength(c: Column, points: u32, bytes: u32, n: u32): void {
  c.pointsMin = min(c.pointsMin, points);
  c.pointsMax = max(c.pointsMax, points);
  c.pointsSum += <u64>points * <u64>n;
  c.bytesMin = min(c.bytesMin, bytes);
  c.bytesMax = max(c.bytesMax, bytes);
  c.bytesSum += <u64>bytes * <u64>n;
}
