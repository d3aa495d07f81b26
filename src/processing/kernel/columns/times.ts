// The earliest and the latest instant of a column, with their text; of equal instants the first row's.

import { TIME_BYTES } from '../border/limits.ts';
import { take } from '../memory/memory.ts';
import { fraction, seconds } from '../values/timestamp-parser.ts';
import { Column } from './column-state.ts';

/** Takes the instant that timestamp-parser found last. */
export function addTime(c: Column, text: usize, length: u32): void {
  const first = c.times === 0;
  if (first) c.times = take(1024);
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
