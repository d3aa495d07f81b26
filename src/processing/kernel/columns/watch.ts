// Examples and outliers to show while values are only counted. A counted value stays under watch as long as its next
// row may be one of the first ten of its group of classes, or one of the ten largest or smallest: the limits only
// tighten, so a watch that has ended never begins again, and the hot loop tests one bit.

import { DECIMAL, INTEGER } from '../border/classes.ts';
import { EXAMPLE_GROUP, EXAMPLE_LENGTH, EXAMPLE_ROW, EXAMPLE_TEXT } from '../border/layout.ts';
import { EXAMPLES, SHOWN_BYTES } from '../border/limits.ts';
import { allocate } from '../memory/memory.ts';
import { plainLength, plainText, wholeDigits } from '../values/number-format.ts';
import { MAX_SAFE } from '../values/number-parser.ts';
import { exampleGroupOf } from '../values/value-class.ts';
import { isRuled } from '../values/value-rules.ts';
import { Column, shownOf } from './column-state.ts';
import { addExtreme } from './extremes.ts';

/** Whether the column has fewer than EXAMPLES examples of the group. */
// @inline
export function wantsExample(c: Column, group: u32): bool {
  return ((c.open >> group) & 1) !== 0;
}
/** Keeps an example: next u32, group u32, row f64, length u32, then the text as far as it can be shown. */
export function addExample(c: Column, group: u32, row: f64, text: usize, length: u32): void {
  const at = shownOf(c) + ((<usize>group) << 2),
    n = load<u32>(at) + 1,
    kept = min(length, SHOWN_BYTES);
  const record = allocate(EXAMPLE_TEXT + kept);
  store<u32>(record, <u32>c.examples);
  store<u32>(record, group, EXAMPLE_GROUP);
  store<f64>(record, row, EXAMPLE_ROW);
  store<u32>(record, kept, EXAMPLE_LENGTH);
  memory.copy(record + EXAMPLE_TEXT, text, kept);
  c.examples = record;
  store<u32>(at, n);
  if (n === EXAMPLES) c.open &= ~(1 << group);
}
/** A number that may be one of the ten largest or smallest. The trimmed text is for integers beyond 2^53. */
export function offerNumber(c: Column, kind: u32, value: f64, row: f64, text: usize, length: u32): void {
  if (kind !== INTEGER || Math.abs(value) <= MAX_SAFE) addExtreme(c, value, row, text, 0);
  else if (isRuled) {
    wholeDigits(text, length);
    addExtreme(c, value, row, plainText, plainLength);
  } else addExtreme(c, value, row, text, length);
}

/** Looks at a row of a value under watch: an example, an extreme number. @returns whether it stays under watch */
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
