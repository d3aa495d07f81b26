// The different values of a column chunk: those of its dictionary, or those that came so far. A row of a value that has
// come before costs one addition to the row's hash and one to a count; counts go into the column's value table when the
// chunk ends, or before the column passes the bound. What a row must be looked at for (a new value, an example, one of
// the largest numbers: columns/watch.ts) takes the way of all fields. Memory: 64 bytes per value, and its text.

import { DECIMAL, INTEGER, TEXTS, TIMES, WRITTEN_NUMBER } from '../border/classes.ts';
import { countCandidate } from '../columns/candidates.ts';
import { takeFields } from '../columns/column-pass.ts';
import { addLength, COUNTING, Column, count, countNull } from '../columns/column-state.ts';
import { countDate } from '../columns/date-counts.ts';
import { hashValue, tagOf } from '../columns/fields.ts';
import { addNotes, inspect } from '../columns/notes.ts';
import { storeNumber } from '../columns/past-bound.ts';
import { addTextLength } from '../columns/text-lengths.ts';
import { findLong, findShort } from '../columns/value-table.ts';
import { wantsExample } from '../columns/watch.ts';
import { give, take } from '../memory/memory.ts';
import { shared } from '../memory/shared.ts';
import { codePoints, findKey, hashOf, keyHigh, keyLow, setText } from '../values/field.ts';
import { number } from '../values/number-parser.ts';
import { addToRow, factorOf } from '../values/row-hash.ts';
import { seconds } from '../values/timestamp-parser.ts';
import { classify, exampleGroupOf, groupOf, trimmedLength } from '../values/value-class.ts';

/**
 * What a row adds to its hash, 16 bytes; rows not yet in the column's counts, four times u32, with SLOW. Each of the
 * four is for one row in four: to add to a number in memory that was written just before takes longer.
 */
const HOT: usize = 32,
  COUNT: usize = 16;
/** Key low u64 and high u64, where the text begins u32 and ends u32, kind u32. */
const COLD: usize = 32,
  TEXT_BEGIN: usize = 16,
  TEXT_END: usize = 20,
  KIND: usize = 24;
/** In all counts: the next row of the value goes the way of all fields. */
const SLOW: u32 = 0x80000000;

let hot: usize = 0,
  cold: usize = 0,
  room: u32 = 0;
/** Entries so far; entry 0 is null. */
export let entries: u32 = 0;
let column: Column = changetype<Column>(0),
  a: u64 = 0,
  b: u64 = 0,
  isPending: bool = false;
/** A batch of one field, or of as many as are taken at once. */
export let begins: usize = 0,
  ends: usize = 0,
  kinds: usize = 0;

/** Fields that are taken at once. */
export const BATCH: u32 = 2048;

/** Once per thread. */
export function attachEntries(): void {
  begins = take(BATCH * 4);
  ends = take(BATCH * 4);
  kinds = take(BATCH);
}
/** No values yet, of a chunk of column c. Those before are settled. */
export function beginEntries(c: Column): void {
  column = c;
  a = factorOf(c.index, 0);
  b = factorOf(c.index, 1);
  entries = 0;
  reserveEntries(1);
  addEntry(0, 0, 0);
  setCounts(hot, 0);
}
// @inline
function setCounts(e: usize, to: u32): void {
  v128.store(e, i32x4.splat(to), COUNT);
}
/** Rows of all counts of an entry, which is not SLOW. */
// @inline
function rowsOf(e: usize): u32 {
  return load<u32>(e, COUNT) + load<u32>(e, COUNT + 4) + load<u32>(e, COUNT + 8) + load<u32>(e, COUNT + 12);
}
/** Makes room for n entries in all. */
export function reserveEntries(n: u32): void {
  if (n <= room) return;
  const double: u32 = 1 << (32 - clz(max<u32>(n, 1024) - 1)),
    less = (double >> 2) * 3,
    larger = less < n ? double : less,
    newHot = take(larger * <u32>HOT),
    newCold = take(larger * <u32>COLD);
  if (room > 0) {
    memory.copy(newHot, hot, <usize>entries * HOT);
    memory.copy(newCold, cold, <usize>entries * COLD);
    give(hot, room * <u32>HOT);
    give(cold, room * <u32>COLD);
  }
  hot = newHot;
  cold = newCold;
  room = larger;
}
/** Adds a value, whose text stays where it is. There is room for it. @returns its number */
export function addEntry(begin: usize, end: usize, kind: u32): u32 {
  const h = hot + <usize>entries * HOT,
    c = cold + <usize>entries * COLD;
  v128.store(h, i64x2.splat(0));
  setCounts(h, SLOW);
  store<u32>(c, <u32>begin, TEXT_BEGIN);
  store<u32>(c, <u32>end, TEXT_END);
  store<u32>(c, kind, KIND);
  if (kind !== 0) {
    if (kind === WRITTEN_NUMBER) hashValue(h, begin, kind, a, b);
    setText(begin, <u32>(end - begin));
    findKey();
    store<u64>(c, keyLow);
    store<u64>(c, keyHigh, 8);
    if (kind !== WRITTEN_NUMBER) addToRow(h, keyHigh, hashOf(keyLow, keyHigh), tagOf(kind), a, b);
  }
  return entries++;
}
/** Takes n rows by the numbers of their values, u32 each. O(rows). @param hashes 16 bytes per row */
export function takeEntries(numbers: usize, n: u32, hashes: usize, firstRow: f64): void {
  isPending = true;
  const all = hot;
  let r: u32 = 0;
  for (; r + 4 <= n; r += 4) {
    takeEntry(all, numbers, 0, hashes, firstRow, r);
    takeEntry(all, numbers, 1, hashes, firstRow, r + 1);
    takeEntry(all, numbers, 2, hashes, firstRow, r + 2);
    takeEntry(all, numbers, 3, hashes, firstRow, r + 3);
  }
  for (; r < n; r++) takeEntry(all, numbers, 0, hashes, firstRow, r);
}
/** @param which of its counts */
// @inline
function takeEntry(all: usize, numbers: usize, which: usize, hashes: usize, firstRow: f64, r: u32): void {
  const e = all + ((<usize>load<u32>(numbers + (r << 2))) << 5),
    h = hashes + (r << 4);
  v128.store(h, i64x2.add(v128.load(h), v128.load(e)));
  const counter = e + (which << 2),
    rows = load<u32>(counter, COUNT) + 1;
  store<u32>(counter, rows, COUNT);
  if (<i32>rows < 0) takeSlowly(e, firstRow + <f64>r);
}
/** The same without counts, while the column's first rows are taken: at most BATCH of them, as fields. */
export function takeEntryFields(numbers: usize, n: u32, hashes: usize, firstRow: f64): void {
  settleEntries();
  for (let r: u32 = 0; r < n; r++) {
    const c = cold + ((<usize>load<u32>(numbers + (r << 2))) << 5);
    store<u32>(begins + (r << 2), load<u32>(c, TEXT_BEGIN) - 1);
    store<u32>(ends + (r << 2), load<u32>(c, TEXT_END));
    store<u8>(kinds + r, <u8>load<u32>(c, KIND));
  }
  takeFieldBatch(n, hashes, firstRow);
}
/** The fields at begins, ends and kinds, at most BATCH of them. */
export function takeFieldBatch(n: u32, hashes: usize, firstRow: f64): void {
  takeFields<u32>(column, begins, ends, kinds, hashes, n, firstRow);
}
/** Whether the column's first rows have been taken, after which entries can be counted (columns/candidates.ts). */
export function isChosen(): bool {
  return column.isChosen;
}

/** One row of the entry at e, whose hash is added already. */
function takeSlowly(e: usize, row: f64): void {
  const c = column,
    at = cold + (e - hot);
  if (c.mode === COUNTING && isCounted(c, at)) {
    setCounts(e, 0);
    store<u32>(e, 1, COUNT);
    return;
  }
  setCounts(e, SLOW);
  // the column may pass the bound with it: its counts are complete then
  if (c.mode === COUNTING && c.distinct >= shared().bound) settleEntries();
  const text: usize = load<u32>(at, TEXT_BEGIN);
  store<u32>(begins, <u32>text - 1);
  store<u32>(ends, load<u32>(at, TEXT_END));
  store<u8>(kinds, <u8>load<u32>(at, KIND));
  takeFields<u64>(c, begins, ends, kinds, 0, 1, row);
  isPending = true;
  if (!isWatched(c, at)) setCounts(e, 0);
}
/** Whether the column has counted the value before, and does not watch it any more: nearly all of later chunks. */
function isCounted(c: Column, at: usize): bool {
  const low = load<u64>(at),
    high = load<u64>(at, 8),
    found = high === 0 ? findShort(c, low) + 8 : findLong(c, low, high) + 16;
  return <i32>load<u32>(found) > 0; // 0 in an empty slot
}
/** Whether the next row of an entry must be looked at, too. */
function isWatched(c: Column, at: usize): bool {
  if (c.mode === COUNTING) return !isCounted(c, at);
  const text: usize = load<u32>(at, TEXT_BEGIN),
    kind = classify(text, load<u32>(at, TEXT_END) - <u32>text);
  if (wantsExample(c, exampleGroupOf(kind))) return true;
  return (kind === INTEGER || kind === DECIMAL) && (number > c.high || number < c.low);
}

/** Adds the rows of all entries to the column's counts. O(entries). */
export function settleEntries(): void {
  if (!isPending) return;
  isPending = false;
  const c = column,
    nulls = rowsOf(hot);
  if (nulls > 0) countNull(c, 0, nulls);
  setCounts(hot, 0);
  let rows = nulls;
  for (let i: u32 = 1; i < entries; i++) {
    const e = hot + <usize>i * HOT,
      n = rowsOf(e);
    if (<i32>load<u32>(e, COUNT) < 0 || n === 0) continue;
    setCounts(e, 0);
    rows += n;
    const at = cold + <usize>i * COLD,
      low = load<u64>(at),
      high = load<u64>(at, 8);
    if (c.mode !== COUNTING) addMany(c, at, low, high, n);
    else {
      const entry = high === 0 ? findShort(c, low) + 8 : findLong(c, low, high) + 16;
      store<u32>(entry, load<u32>(entry) + n);
    }
  }
  c.taken += <f64>rows;
}
/** n rows of a value, none of which is an example or one of the largest or smallest numbers: past-bound's addValue. */
function addMany(c: Column, at: usize, low: u64, high: u64, n: u32): void {
  const text: usize = load<u32>(at, TEXT_BEGIN),
    length = load<u32>(at, TEXT_END) - <u32>text,
    kind = classify(text, length),
    group = groupOf(kind),
    hash = hashOf(low, high);
  if (c.candidates !== 0) countCandidate(c.candidates, low, high, hash, n);
  count(c, kind, n);
  const points = codePoints(text, length);
  if (inspect(c, text, length, kind, trimmedLength)) addNotes(c, n, 0, 0, 0);
  if (group === TEXTS) addTextLength(c, points, length, n, hash);
  else addLength(c, points, length, n);
  if (kind === INTEGER || kind === DECIMAL) {
    if (!c.codes) storeNumber(c, number, n);
  } else if (group === TIMES) countDate(c, seconds, n);
}
