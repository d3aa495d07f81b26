// Examples and outliers to show while values are only counted. A counted value stays under watch as long as its next row may be
// one of the first ten of its group of classes, or one of the ten largest or smallest: the limits only tighten, so a watch that
// has ended never begins again, and the hot loop tests one bit.

import { allocate } from '../memory/memory';
import { DECIMAL, INTEGER, MAX_SAFE } from '../values/number-parser';
import { exampleGroupOf } from '../values/value-class';
import { Column, EXAMPLES, shownOf } from './column-state';
import { addExtreme } from './extremes';
import { SHOWN_BYTES } from './text-store';

// @inline
export function wantsExample(c: Column, group: u32): bool {
  return ((c.open >> group) & 1) !== 0;
}
/** Keeps an example: next u32, group u32, row f64, length u32, then the text as far as it can be shown. */
export function addExample(c: Column, group: u32, row: f64, text: usize, length: u32): void {
  const at = shownOf(c) + ((<usize>group) << 2),
    n = load<u32>(at) + 1,
    kept = min(length, SHOWN_BYTES);
  const record = allocate(20 + kept);
  store<u32>(record, <u32>c.examples);
  store<u32>(record, group, 4);
  store<f64>(record, row, 8);
  store<u32>(record, kept, 16);
  memory.copy(record + 20, text, kept);
  c.examples = record;
  store<u32>(at, n);
  if (n === EXAMPLES) c.open &= ~(1 << group);
}
/** A number that may be one of the ten largest or smallest. The trimmed text is for integers beyond 2^53. */
export function offerNumber(c: Column, kind: u32, value: f64, row: f64, text: usize, length: u32): void {
  addExtreme(c, value, row, text, kind === INTEGER && Math.abs(value) > MAX_SAFE ? length : 0);
}

/** @returns whether the value stays under watch */
export function watch(
  c: Column,
  kind: u32,
  value: f64,
  row: f64,
  text: usize,
  length: u32,
  trimmed: usize,
  trimmedLength: u32,
): bool {
  const group = exampleGroupOf(kind);
  if (wantsExample(c, group)) addExample(c, group, row, text, length);
  if (kind !== INTEGER && kind !== DECIMAL) return wantsExample(c, group);
  offerNumber(c, kind, value, row, trimmed, trimmedLength);
  return wantsExample(c, group) || value > c.high || value < c.low;
}
