// A batch of fields of one column goes the way that the column takes: counted, or by the kind of most of its values.

import { CLASSES, HAS_OTHERS, HAS_STRINGS, NESTED, STRING_VALUE, TEXT } from '../border/classes.ts';
import { shared } from '../memory/shared.ts';
import { classify } from '../values/value-class.ts';
import { useRules } from '../values/value-rules.ts';
import { chooseCandidates, PREFIX } from './candidates.ts';
import { COUNTING, Column, countNull, countsOf, NUMERIC, stringsOf, TEMPORAL, TEXTUAL } from './column-state.ts';
import { countingPass } from './counting.ts';
import { classifyEntry, entryClass } from './entry-facts.ts';
import { isCsv } from './fields.ts';
import { generalPass } from './general-pass.ts';
import { numericPass } from './numeric-pass.ts';
import { passBound } from './past-bound.ts';
import { temporalPass } from './temporal-pass.ts';
import { textualPass } from './textual-pass.ts';
import { entryCount, readSlot, slotsOf } from './value-table.ts';

/** Takes a batch of any size: fields.ts describes its parameters, and M. */
export function takeFields<M>(
  c: Column,
  begins: usize,
  ends: usize,
  kinds: usize,
  hashes: usize,
  n: u32,
  firstRow: f64,
): void {
  useRules(c.declared);
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
  useRules(c.declared);
  if (!c.isChosen && c.taken + rows >= PREFIX) choose(c);
  countNull(c, 0, <u32>rows);
  c.taken += rows;
}
/** After the last row: passes the bound with a column of so few rows that no pass has checked for it yet. */
export function settleBound(c: Column): void {
  if (c.mode !== COUNTING || c.distinct <= shared().bound) return;
  useRules(c.declared);
  if (!c.isChosen) choose(c);
  passBound(c);
}
function takeBatch<M>(c: Column, begins: usize, ends: usize, kinds: usize, hashes: usize, n: u32, firstRow: f64): void {
  if (!isCsv<M>()) noteKinds(c, begins, ends, kinds, n);
  const mode = c.mode;
  if (mode === COUNTING) countingPass<M>(c, begins, ends, kinds, hashes, n, firstRow);
  else if (mode === NUMERIC) numericPass<M>(c, begins, ends, kinds, hashes, n, firstRow);
  else if (mode === TEMPORAL) temporalPass<M>(c, begins, ends, kinds, hashes, n, firstRow);
  else if (mode === TEXTUAL) textualPass<M>(c, begins, ends, kinds, hashes, n, firstRow);
  else generalPass<M>(c, begins, ends, kinds, hashes, n, firstRow);
  c.taken += <f64>n;
}

/**
 * JSON: in a column that has strings and other values the strings are counted by class; while it has only one of them,
 * the counts by class are enough.
 */
function noteKinds(c: Column, begins: usize, ends: usize, kinds: usize, n: u32): void {
  const string = i8x16.splat(<i8>STRING_VALUE);
  let found = i8x16.splat(0),
    more = i8x16.splat(0),
    r: u32 = 0;
  for (; r + 16 <= n; r += 16) {
    const some = v128.load(kinds + r);
    found = v128.or(found, i8x16.eq(some, string));
    more = v128.or(more, i8x16.gt_u(some, string));
  }
  let strings = v128.any_true(found),
    others = v128.any_true(more);
  for (; r < n; r++) {
    const kind = <u32>load<u8>(kinds + r);
    strings = strings || kind === STRING_VALUE;
    others = others || kind > STRING_VALUE;
  }
  const before = c.kinds;
  c.kinds = before | (strings ? HAS_STRINGS : 0) | (others ? HAS_OTHERS : 0);
  if (c.kinds !== (HAS_STRINGS | HAS_OTHERS)) return;
  if (before === HAS_STRINGS) classesSoFar(c);
  if (!strings) return;
  for (r = 0; r < n; r++) {
    if (load<u8>(kinds + r) !== STRING_VALUE) continue;
    const from: usize = load<u32>(begins + (r << 2)) + 1;
    addString(c, classify(from, load<u32>(ends + (r << 2)) - <u32>from), 1);
  }
}
function addString(c: Column, kind: u32, n: u32): void {
  const at = stringsOf(c) + ((<usize>(kind > NESTED ? TEXT : kind)) << 2); // how a text is spelled does not matter here
  store<u32>(at, load<u32>(at) + n);
}
function classesSoFar(c: Column): void {
  for (let kind: u32 = 0; kind < CLASSES; kind++) addString(c, kind, load<u32>(countsOf(c) + ((<usize>kind) << 2)));
  if (c.mode !== COUNTING) return;
  const slots = slotsOf(c);
  for (let i: u32 = 0; i < slots; i++) {
    if (!readSlot(c, i)) continue;
    classifyEntry();
    addString(c, entryClass & 255, entryCount);
  }
}
