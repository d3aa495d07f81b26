// The pass over a column past the bound whose values are texts mostly.
import { countCandidate } from './candidates';
import { addLength, Column, count, countNull } from './column-state';
import { codePoints } from './field';
import { readValue, valueHash, valueHigh, valueIsNested, valueLength, valueLow, valueText } from './fields';
import { addHash } from './hyperloglog';
import { TEXT } from './number-parser';
import { addValue } from './past-bound';
import { factorOf } from './row-hash';
import { wantsExample } from './watch';

/** Fields of a batch: field r begins behind `begins[r]` and ends before `ends[r]`; see fields.ts for M. */
export function textualPass<M>(c: Column, begins: usize, ends: usize, kinds: usize, hashes: usize, n: u32, firstRow: f64): void {
  const registers = c.registers, candidates = c.candidates, a = factorOf(c.index, 0), b = factorOf(c.index, 1);
  let got: u32 = 0, empty: u32 = 0;
  for (let r: u32 = 0; r < n; r++) {
    if (!readValue<M>(begins, ends, kinds, hashes, r, a, b)) {
      empty++;
      continue;
    }
    const from = valueText, length = valueLength, low = valueLow, high = valueHigh, hash = valueHash, isNested = valueIsNested;
    // longer than every null token and boolean, beginning with a letter, no space at the end: text
    const first = (length > 8 && load<u8>(from + length - 1) > 32 ? <u32>load<u8>(from) | 32 : 0) - 97;
    if (first > 25 || isNested || wantsExample(c, 3)) {
      addValue(c, from, length, low, high, hash, firstRow + <f64>r, isNested);
      continue;
    }
    addHash(registers, hash);
    if (candidates != 0) countCandidate(candidates, low, high, hash);
    addLength(c, codePoints(from, length), length, 1);
    got++;
  }
  if (empty > 0) countNull(c, 0, empty);
  count(c, TEXT, got);
}
