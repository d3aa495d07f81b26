// Examples and outliers to show while values are only counted. A counted value stays under watch as long as its next row may be
// one of the first ten of its group of classes, or one of the ten largest or smallest: the limits only tighten, so a watch that
// has ended never begins again, and the hot loop tests one bit.
import { Column, EXAMPLES, shownOf } from './column-state';
import { addExtreme } from './extremes';
import { bigInteger, example } from './host';
import { DECIMAL, INTEGER, MAX_SAFE } from './number-parser';
import { groupOf } from './value-class';

// @ts-ignore: decorator
@inline
export function wantsExample(c: Column, group: u32): bool {
  return ((c.open >> group) & 1) != 0;
}
export function addExample(c: Column, group: u32, row: f64, text: usize, length: u32): void {
  const at = shownOf(c) + (<usize>group << 2), n = load<u32>(at) + 1;
  example(c.index, group, row, text, length);
  store<u32>(at, n);
  if (n == EXAMPLES) c.open &= ~(1 << group);
}
/** A number that may be one of the ten largest or smallest. The trimmed text is for integers beyond 2^53. */
export function offerNumber(c: Column, kind: u32, value: f64, row: f64, text: usize, length: u32): void {
  if (kind == INTEGER && Math.abs(value) > MAX_SAFE && (value >= c.high || value <= c.low)) bigInteger(c.index, value, row, text, length);
  addExtreme(c, value, row);
}

/** @returns whether the value stays under watch */
export function watch(c: Column, kind: u32, value: f64, row: f64, text: usize, length: u32, trimmed: usize, trimmedLength: u32): bool {
  const group = groupOf(kind);
  if (wantsExample(c, group)) addExample(c, group, row, text, length);
  if (kind != INTEGER && kind != DECIMAL) return wantsExample(c, group);
  offerNumber(c, kind, value, row, trimmed, trimmedLength);
  return wantsExample(c, group) || value > c.high || value < c.low;
}
