// A batch of fields of one column goes the way that the column takes: counted, or by the kind of most of its values.
import { Column, countsOf, COUNTING, NUMERIC, stringsOf, TEMPORAL } from './column-state';
import { countingPass } from './counting';
import { isCsv, STRING_VALUE } from './fields';
import { numericPass, temporalPass, textualPass } from './past-bound';
import { classify } from './value-class';
import { judgeEntry, entryClass } from './entry-facts';
import { entryCount, readSlot, slotsOf } from './value-table';

/** Takes n fields in the order of their rows; see fields.ts for M. */
export function takeFields<M>(c: Column, begins: usize, ends: usize, kinds: usize, hashes: usize, n: u32, firstRow: f64): void {
  if (!isCsv<M>()) noteKinds(c, begins, ends, kinds, n);
  const mode = c.mode;
  if (mode == COUNTING) countingPass<M>(c, begins, ends, kinds, hashes, n, firstRow);
  else if (mode == NUMERIC) numericPass<M>(c, begins, ends, kinds, hashes, n, firstRow);
  else if (mode == TEMPORAL) temporalPass<M>(c, begins, ends, kinds, hashes, n, firstRow);
  else textualPass<M>(c, begins, ends, kinds, hashes, n, firstRow);
  c.taken += <f64>n;
}

/** Of a column that has strings and other values the strings are counted by class; while it has one of the two, classes tell. */
function noteKinds(c: Column, begins: usize, ends: usize, kinds: usize, n: u32): void {
  let strings = false, others = false;
  for (let r: u32 = 0; r < n; r++) {
    const kind = <u32>load<u8>(kinds + r);
    strings = strings || kind == STRING_VALUE;
    others = others || kind > STRING_VALUE;
  }
  const before = c.kinds;
  c.kinds = before | u32(strings) | (u32(others) << 1);
  if (c.kinds != 3) return;
  if (before == 1) classesSoFar(c);
  if (!strings) return;
  for (let r: u32 = 0; r < n; r++) {
    if (load<u8>(kinds + r) != STRING_VALUE) continue;
    const from: usize = load<u32>(begins + (r << 2)) + 1;
    addString(c, classify(from, load<u32>(ends + (r << 2)) - <u32>from), 1);
  }
}
function addString(c: Column, kind: u32, n: u32): void {
  const at = stringsOf(c) + (<usize>kind << 2);
  store<u32>(at, load<u32>(at) + n);
}
function classesSoFar(c: Column): void {
  memory.copy(stringsOf(c), countsOf(c), 48);
  if (c.mode != COUNTING) return;
  const slots = slotsOf(c);
  for (let i: u32 = 0; i < slots; i++) {
    if (!readSlot(c, i)) continue;
    judgeEntry();
    addString(c, entryClass & 255, entryCount);
  }
}
