// A batch of fields of one column goes the way that the column takes: counted, or by the kind of most of its values.

import { shared } from '../memory/shared';
import { TEXT } from '../values/number-parser';
import { CLASSES, classify, NESTED } from '../values/value-class';
import { chooseCandidates, PREFIX } from './candidates';
import { COUNTING, Column, countNull, countsOf, NUMERIC, stringsOf, TEMPORAL } from './column-state';
import { countingPass } from './counting';
import { entryClass, judgeEntry } from './entry-facts';
import { isCsv, STRING_VALUE } from './fields';
import { numericPass } from './numeric-pass';
import { passBound } from './past-bound';
import { temporalPass } from './temporal-pass';
import { textualPass } from './textual-pass';
import { entryCount, readSlot, slotsOf } from './value-table';

/** Takes n fields in the order of their rows; see fields.ts for M. */
export function takeFields<M>(
  c: Column,
  begins: usize,
  ends: usize,
  kinds: usize,
  hashes: usize,
  n: u32,
  firstRow: f64,
): void {
  if (!c.isChosen && c.taken + <f64>n >= PREFIX) {
    // candidates are chosen at one row, wherever batches end
    const before = <u32>max<f64>(PREFIX - c.taken, 0);
    if (before > 0) takeBatch<M>(c, begins, ends, kinds, hashes, before, firstRow);
    choose(c);
    if (n > before)
      takeBatch<M>(
        c,
        begins + (before << 2),
        ends + (before << 2),
        kinds + before,
        hashes + (before << 4),
        n - before,
        firstRow + <f64>before,
      );
  } else takeBatch<M>(c, begins, ends, kinds, hashes, n, firstRow);
}
function choose(c: Column): void {
  chooseCandidates(c);
  c.isChosen = true;
}
/** Rows that do not have the column, of JSON or of short lines: null. */
export function takeNothing(c: Column, rows: f64): void {
  if (!c.isChosen && c.taken + rows >= PREFIX) choose(c);
  countNull(c, 0, <u32>rows);
  c.taken += rows;
}
/** After the last row: a column of many values and few rows has not been asked yet whether it is past the bound. */
export function settleBound(c: Column): void {
  if (c.mode !== COUNTING || c.distinct <= shared().bound) return;
  if (!c.isChosen) choose(c);
  passBound(c);
}
function takeBatch<M>(c: Column, begins: usize, ends: usize, kinds: usize, hashes: usize, n: u32, firstRow: f64): void {
  if (!isCsv<M>()) noteKinds(c, begins, ends, kinds, n);
  const mode = c.mode;
  if (mode === COUNTING) countingPass<M>(c, begins, ends, kinds, hashes, n, firstRow);
  else if (mode === NUMERIC) numericPass<M>(c, begins, ends, kinds, hashes, n, firstRow);
  else if (mode === TEMPORAL) temporalPass<M>(c, begins, ends, kinds, hashes, n, firstRow);
  else textualPass<M>(c, begins, ends, kinds, hashes, n, firstRow);
  c.taken += <f64>n;
}

/** Of a column that has strings and other values the strings are counted by class; while it has one of the two, classes tell. */
function noteKinds(c: Column, begins: usize, ends: usize, kinds: usize, n: u32): void {
  let strings = false,
    others = false;
  for (let r: u32 = 0; r < n; r++) {
    const kind = <u32>load<u8>(kinds + r);
    strings = strings || kind === STRING_VALUE;
    others = others || kind > STRING_VALUE;
  }
  const before = c.kinds;
  c.kinds = before | u32(strings) | (u32(others) << 1);
  if (c.kinds !== 3) return;
  if (before === 1) classesSoFar(c);
  if (!strings) return;
  for (let r: u32 = 0; r < n; r++) {
    if (load<u8>(kinds + r) !== STRING_VALUE) continue;
    const from: usize = load<u32>(begins + (r << 2)) + 1;
    addString(c, classify(from, load<u32>(ends + (r << 2)) - <u32>from), 1);
  }
}
function addString(c: Column, kind: u32, n: u32): void {
  const at = stringsOf(c) + ((<usize>(kind > NESTED ? TEXT : kind)) << 2); // how a text is spelled is of no matter here
  store<u32>(at, load<u32>(at) + n);
}
function classesSoFar(c: Column): void {
  for (let kind: u32 = 0; kind < CLASSES; kind++) addString(c, kind, load<u32>(countsOf(c) + ((<usize>kind) << 2)));
  if (c.mode !== COUNTING) return;
  const slots = slotsOf(c);
  for (let i: u32 = 0; i < slots; i++) {
    if (!readSlot(c, i)) continue;
    judgeEntry();
    addString(c, entryClass & 255, entryCount);
  }
}
