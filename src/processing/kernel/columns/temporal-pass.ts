// The pass over a column past the bound whose values are dates and datetimes mostly: the common spelling is packed into
// a number that rises with the instant, and only the earliest and the latest of a batch are made instants.

import { DATETIME, STRING_VALUE, TIMES } from '../border/classes.ts';
import { take } from '../memory/memory.ts';
import { findLongKey, hashOf, keyHigh, keyLow } from '../values/field.ts';
import { addToRow, factorOf } from '../values/row-hash.ts';
import { packStamp, parseTime } from '../values/timestamp-parser.ts';
import { countCandidate } from './candidates.ts';
import { addLength, Column, count, countNull } from './column-state.ts';
import { attachStamps, countAgain, countAnother, settleStamps, stampShift } from './date-counts.ts';
import {
  isCsv,
  readValue,
  tagOf,
  valueHash,
  valueHigh,
  valueLength,
  valueLow,
  valueText,
  valueWay,
  wantsHash,
} from './fields.ts';
import { addHash } from './hyperloglog.ts';
import { addValue } from './past-bound.ts';
import { addTime } from './times.ts';
import { wantsExample } from './watch.ts';

/** `YYYY-MM-DD hh:mm:ss` */
const STAMP: u32 = 19,
  QUOTE: u32 = 34;
/** Room for two stamps. */
let stamps: usize = 0;
/** Once per thread. */
export function attachTemporal(): void {
  stamps = take(64);
  attachStamps();
}

/** Earliest and latest stamp of a batch, 0 for none. */
function addStamps(c: Column, first: usize, last: usize): void {
  if (first === 0) return;
  parseTime(first, 19);
  addTime(c, first, 19);
  parseTime(last, 19);
  addTime(c, last, 19);
}
// @inline
function keepStamp(offset: usize, from: usize): usize {
  const at = stamps + offset;
  v128.store(at, v128.load(from));
  v128.store(at + 3, v128.load(from, 3));
  return at;
}

/** Takes a batch: fields.ts describes its parameters, and M. */
export function temporalPass<M>(
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
    empty: u32 = 0,
    first: usize = 0,
    last: usize = 0,
    least = u64.MAX_VALUE,
    most: u64 = 0;
  let shift = stampShift(c);
  for (let r: u32 = 0; r < n; r++) {
    const kind: u32 = isCsv<M>() ? 0 : load<u8>(kinds + r);
    let from: usize = load<u32>(begins + (r << 2)) + 1,
      packed: u64 = 0;
    const bytes = load<u32>(ends + (r << 2)) - <u32>from;
    if ((isCsv<M>() || kind === STRING_VALUE) && !wantsExample(c, TIMES)) {
      if (isCsv<M>() && bytes === STAMP + 2 && load<u8>(from) === QUOTE && load<u8>(from, STAMP + 1) === QUOTE)
        packed = packStamp(++from);
      else if (bytes === STAMP) packed = packStamp(from);
    }
    if (packed === 0) {
      if (!readValue<M>(begins, ends, kinds, hashes, r, a, b)) {
        empty++;
        continue;
      }
      addStamps(c, first, last); // the first of equals counts: those before come first
      first = last = 0;
      least = u64.MAX_VALUE;
      most = 0;
      addValue(c, valueText, valueLength, valueLow, valueHigh, valueHash, firstRow + <f64>r, valueWay);
      continue;
    }
    findLongKey(from, STAMP);
    const low = keyLow,
      high = keyHigh,
      hash = hashOf(low, high);
    if (wantsHash<M>()) addToRow(hashes + (r << 4), high, hash, isCsv<M>() ? 0 : tagOf(kind), a, b);
    addHash(registers, hash);
    if (candidates !== 0) countCandidate(candidates, low, high, hash, 1);
    if (packed < least) {
      least = packed;
      first = keepStamp(0, from);
    }
    if (packed > most) {
      most = packed;
      last = keepStamp(32, from);
    }
    if (!countAgain(packed, shift)) {
      countAnother(c, packed, shift);
      shift = stampShift(c);
    }
    got++;
  }
  settleStamps(c);
  addStamps(c, first, last);
  if (empty > 0) countNull(c, 0, empty);
  if (got === 0) return;
  count(c, DATETIME, got);
  addLength(c, 19, 19, got);
}
