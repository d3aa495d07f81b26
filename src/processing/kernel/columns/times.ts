// The earliest and the latest instant of a column, with their text; of equal instants the first row's.

import { TIME_BYTES } from '../border/limits.ts';
import { take } from '../memory/memory.ts';
import { fraction, seconds } from '../values/timestamp-parser.ts';
import { Column } from './column-state.ts';
import { clearDates } from './date-counts.ts';

/** Two texts, and the table of date-counts.ts: of memory.ts, which gives 2^k and 3 * 2^k. */
const BYTES: u32 = 1536;

/** Takes the instant that timestamp-parser found last. */
export function addTime(c: Column, text: usize, length: u32): void {
  const first = c.times === 0;
  if (first) {
    c.times = take(BYTES);
    clearDates(c.times);
  }
  if (first || seconds < c.earliest || (seconds === c.earliest && fraction < c.earliestFraction)) {
    c.earliest = seconds;
    c.earliestFraction = fraction;
    c.earliestLength = length;
    memory.copy(c.times, text, min(length, TIME_BYTES));
  }
  if (first || seconds > c.latest || (seconds === c.latest && fraction > c.latestFraction)) {
    c.latest = seconds;
    c.latestFraction = fraction;
    c.latestLength = length;
    memory.copy(c.times + TIME_BYTES, text, min(length, TIME_BYTES));
  }
}
