// The pass over a column past the bound whose values are texts mostly.

import { TEXT, TEXTS } from '../border/classes.ts';
import { codePoints } from '../values/field.ts';
import { factorOf } from '../values/row-hash.ts';
import { MOST_BYTES } from '../values/spelling.ts';
import { mayBeSpelled } from '../values/spelling-glance.ts';
import { BY_TEXT } from '../values/value-class.ts';
import { countCandidate } from './candidates.ts';
import { Column, count, countNull } from './column-state.ts';
import { readValue, valueHash, valueHigh, valueLength, valueLow, valueText, valueWay } from './fields.ts';
import { addHash } from './hyperloglog.ts';
import { addNotes, inspect } from './notes.ts';
import { addValue } from './past-bound.ts';
import { addTextLength } from './text-lengths.ts';
import { wantsExample } from './watch.ts';

/** Whether there is a digit in the first 16 bytes: numbers and days that begin with a letter have one. */
// @inline
function hasDigit(from: usize): bool {
  return v128.any_true(i8x16.lt_u(i8x16.sub(v128.load(from), i8x16.splat(48)), i8x16.splat(10)));
}

/** Takes a batch: fields.ts describes its parameters, and M. */
export function textualPass<M>(
  c: Column,
  begins: usize,
  ends: usize,
  kinds: usize,
  hashes: usize,
  n: u32,
  firstRow: f64,
): void {
  const registers = c.registers,
    candidates = c.candidates,
    a = factorOf(c.index, 0),
    b = factorOf(c.index, 1);
  let got: u32 = 0,
    empty: u32 = 0;
  for (let r: u32 = 0; r < n; r++) {
    if (!readValue<M>(begins, ends, kinds, hashes, r, a, b)) {
      empty++;
      continue;
    }
    const from = valueText,
      length = valueLength,
      low = valueLow,
      high = valueHigh,
      hash = valueHash,
      way = valueWay;
    // longer than every null token and boolean, beginning with a letter, no space at the end: text
    const first = (length > 8 && load<u8>(from + length - 1) > 32 ? <u32>load<u8>(from) | 32 : 0) - 97;
    if (
      first > 25 ||
      way !== BY_TEXT ||
      wantsExample(c, TEXTS) ||
      (length <= MOST_BYTES && hasDigit(from) && mayBeSpelled(from))
    ) {
      addValue(c, from, length, low, high, hash, firstRow + <f64>r, way);
      continue;
    }
    addHash(registers, hash);
    if (candidates !== 0) countCandidate(candidates, low, high, hash, 1);
    const points = codePoints(from, length);
    addTextLength(c, points, length, 1, hash);
    if (inspect(c, from, length, TEXT, length)) addNotes(c, 1, firstRow + <f64>r, from, length);
    got++;
  }
  if (empty > 0) countNull(c, 0, empty);
  count(c, TEXT, got);
}
