// The ten largest and the ten smallest numbers of a column with their rows; of equal numbers the earlier row first. The
// ten farthest outliers are among them, so the file need not be read again. O(1) for a number that is not one of them.
// Of an integer beyond 2^53 the digits are kept as well: its double is not exact.

import { DIGITS_TEXT, EXTREME_BYTES, EXTREME_DIGITS, EXTREME_ROW } from '../border/layout.ts';
import { EXAMPLES } from '../border/limits.ts';
import { give, take } from '../memory/memory.ts';
import { Column, highestOf, lowestOf } from './column-state.ts';

/** Length u32 and the text of an integer: a finite double has at most 309 digits. */
const DIGITS: u32 = 512,
  MOST_DIGITS: u32 = 500;

function keepDigits(text: usize, length: u32): usize {
  const record = take(DIGITS),
    kept = min(length, MOST_DIGITS);
  store<u32>(record, kept);
  memory.copy(record + DIGITS_TEXT, text, kept);
  return record;
}

/**
 * Adds a number to the ten largest and the ten smallest, if it is one of them. Rows may come in any order.
 * @param length of the digits, 0 when the double is exact
 */
export function addExtreme(c: Column, value: f64, row: f64, text: usize, length: u32): void {
  if (value >= c.high) {
    c.highCount = insert(highestOf(c), c.highCount, value, row, 1, text, length);
    if (c.highCount === EXAMPLES) c.high = load<f64>(highestOf(c) + (EXAMPLES - 1) * EXTREME_BYTES);
  }
  if (value <= c.low) {
    c.lowCount = insert(lowestOf(c), c.lowCount, value, row, -1, text, length);
    if (c.lowCount === EXAMPLES) c.low = load<f64>(lowestOf(c) + (EXAMPLES - 1) * EXTREME_BYTES);
  }
  if (length === 0) return;
  c.smallest = better(c.smallest, text, length, false);
  c.largest = better(c.largest, text, length, true);
}

/** @returns how many entries there are now */
function insert(list: usize, n: u32, value: f64, row: f64, sign: f64, text: usize, length: u32): u32 {
  let at = n;
  for (; at > 0; at--) {
    const other = load<f64>(list + (at - 1) * EXTREME_BYTES),
      difference = (value - other) * sign;
    if (value === other ? row > load<f64>(list + (at - 1) * EXTREME_BYTES, EXTREME_ROW) : difference < 0) break;
  }
  if (at === EXAMPLES) return n;
  const kept = min(n, EXAMPLES - 1);
  if (n === EXAMPLES) {
    const dropped: usize = load<u32>(list + (EXAMPLES - 1) * EXTREME_BYTES, EXTREME_DIGITS);
    if (dropped !== 0) give(dropped, DIGITS);
  }
  memory.copy(list + (at + 1) * EXTREME_BYTES, list + at * EXTREME_BYTES, (kept - at) * EXTREME_BYTES);
  store<f64>(list + at * EXTREME_BYTES, value);
  store<f64>(list + at * EXTREME_BYTES, row, EXTREME_ROW);
  store<u32>(list + at * EXTREME_BYTES, length > 0 ? <u32>keepDigits(text, length) : 0, EXTREME_DIGITS);
  return kept + 1;
}

/** The record of the smaller or larger of two integers, the one kept and a new one. */
function better(record: usize, text: usize, length: u32, larger: bool): usize {
  if (record !== 0) {
    const order = compareIntegers(text, length, record + DIGITS_TEXT, load<u32>(record));
    if (larger ? order <= 0 : order >= 0) return record;
    give(record, DIGITS);
  }
  return keepDigits(text, length);
}
/** -1, 0 or 1; integers without leading zeros, with or without a sign. */
function compareIntegers(a: usize, aLength: u32, b: usize, bLength: u32): i32 {
  const aNegative = load<u8>(a) === 45,
    bNegative = load<u8>(b) === 45;
  if (aNegative || load<u8>(a) === 43) {
    a++;
    aLength--;
  }
  if (bNegative || load<u8>(b) === 43) {
    b++;
    bLength--;
  }
  if (aNegative !== bNegative) return aNegative ? -1 : 1;
  const order = aLength !== bLength ? (aLength < bLength ? -1 : 1) : sign(memory.compare(a, b, aLength));
  return aNegative ? -order : order;
}
// @inline
function sign(n: i32): i32 {
  return n < 0 ? -1 : n > 0 ? 1 : 0;
}
