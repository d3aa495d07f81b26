// The pass over a column that is still counted: one look-up in its value table a field.
import { Column, countNull } from './column-state';
import { firstBytes, hashOf, isSpecial, keyHigh, keyLow, readField, text, textLength } from './field';
import { number } from './number-parser';
import { addToRow } from './row-hash';
import { keepText } from './text-store';
import { addTime } from './times';
import { passBound } from './past-bound';
import { classify, groupOf, TIMES, token, TOKEN, trimmed, trimmedLength } from './value-class';
import { findLong, findShort, usedLong, usedShort, WATCH } from './value-table';
import { watch } from './watch';

/** Spellings of null (spaces around a token, or nothing but spaces) that have an entry of their own; more are judged each time. */
const NULL_ENTRIES: u32 = 64;

let bound: u32 = 10000;
/** Distinct non-null values of a column that are counted exactly. */
export function setBound(values: u32): void {
  bound = values;
}

/** Judges a value that is not in the table. @returns false when it gets no entry: a null that is counted */
function enters(c: Column, from: usize, length: u32): bool {
  const kind = classify(from, length);
  if (kind <= TOKEN) {
    if (c.nullEntries == NULL_ENTRIES) {
      countNull(c, token, 1);
      return false;
    }
    c.nullEntries++;
    newClass = kind | (token << 8);
    return true;
  }
  c.distinct++;
  newClass = kind;
  if (groupOf(kind) == TIMES) addTime(c, trimmed, trimmedLength);
  return true;
}
let newClass: u32 = 0;

/** A row of a value under watch. @returns its count without the watch, when that has ended */
function watched(c: Column, counted: u32, from: usize, length: u32, row: f64): u32 {
  const kind = classify(from, length);
  if (kind <= TOKEN) return counted & ~WATCH;
  return watch(c, kind, number, row, from, length, trimmed, trimmedLength) ? counted : counted & ~WATCH;
}

/** Fields of a batch: field r begins behind `begins[r]` and ends before `ends[r]`. */
export function countingPass(c: Column, begins: usize, ends: usize, hashes: usize, n: u32, firstRow: f64): void {
  let empty: u32 = 0;
  for (let r: u32 = 0; r < n; r++) {
    let from: usize = load<u32>(begins + (r << 2)) + 1, length = load<u32>(ends + (r << 2)) - <u32>from;
    const field = v128.and(v128.load(from), v128.load(firstBytes + (min<u32>(length, 16) << 4)));
    let low: u64 = i64x2.extract_lane(field, 0), high: u64 = i64x2.extract_lane(field, 1);
    if (isSpecial(low, length)) {
      readField(from, length);
      from = text;
      length = textLength;
      low = keyLow;
      high = keyHigh;
    }
    const hash = hashOf(low, high);
    addToRow(hashes + (r << 4), low, high, hash);
    if (high == 0) {
      if (length == 0) {
        empty++;
        continue;
      }
      const entry = findShort(c, low, hash);
      if (load<u64>(entry) == 0) {
        if (!enters(c, from, length)) continue;
        store<u64>(entry, low);
        store<u32>(entry, watched(c, WATCH | 1, from, length, firstRow + <f64>r), 8);
        usedShort(c);
        continue;
      }
      const counted = load<u32>(entry, 8) + 1;
      store<u32>(entry, counted, 8);
      if (<i32>counted < 0) store<u32>(entry, watched(c, counted, from, length, firstRow + <f64>r), 8);
    } else {
      const entry = findLong(c, low, high, hash);
      if (load<u64>(entry, 8) == 0) {
        if (!enters(c, from, length)) continue;
        store<u64>(entry, low);
        store<u64>(entry, high, 8);
        if (length > 16) store<u32>(entry, <u32>keepText(c, from, length, newClass, number), 20);
        store<u32>(entry, watched(c, WATCH | 1, from, length, firstRow + <f64>r), 16);
        usedLong(c);
        continue;
      }
      const counted = load<u32>(entry, 16) + 1;
      store<u32>(entry, counted, 16);
      if (<i32>counted < 0) store<u32>(entry, watched(c, counted, from, length, firstRow + <f64>r), 16);
    }
  }
  if (empty > 0) countNull(c, 0, empty);
  if (c.distinct > bound) passBound(c);
}
