// The pass over a column past the bound where rules of values hold (values/value-rules.ts) that the fast ways do not
// know: each value is classified.

import { factorOf } from '../values/row-hash.ts';
import { Column, countNull } from './column-state.ts';
import { readValue, valueHash, valueHigh, valueLength, valueLow, valueText, valueWay } from './fields.ts';
import { addValue } from './past-bound.ts';

/** Takes a batch: fields.ts describes its parameters, and M. */
export function generalPass<M>(
  c: Column,
  begins: usize,
  ends: usize,
  kinds: usize,
  hashes: usize,
  n: u32,
  firstRow: f64,
): void {
  const a = factorOf(c.index, 0),
    b = factorOf(c.index, 1);
  let empty: u32 = 0;
  for (let r: u32 = 0; r < n; r++) {
    if (readValue<M>(begins, ends, kinds, hashes, r, a, b))
      addValue(c, valueText, valueLength, valueLow, valueHigh, valueHash, firstRow + <f64>r, valueWay);
    else empty++;
  }
  if (empty > 0) countNull(c, 0, empty);
}
