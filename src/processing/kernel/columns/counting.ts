// The pass over a column that is still counted: one look-up in its value table per field.

import { CODE, NESTED_VALUE, NULL_VALUE, NUMBERS, TEXT, TIMES, TOKEN } from '../border/classes.ts';
import { shared } from '../memory/shared.ts';
import {
  codePoints,
  firstBytes,
  hashOf,
  isQuotedOrSpaced,
  isSpecial,
  keyHigh,
  keyLow,
  nestedKey,
  readField,
  text,
  textLength,
} from '../values/field.ts';
import { number } from '../values/number-parser.ts';
import { addToRow, factorOf } from '../values/row-hash.ts';
import { seconds } from '../values/timestamp-parser.ts';
import {
  AS_LITERAL,
  AS_NESTED,
  BY_TEXT,
  classify,
  classifyAs,
  groupOf,
  token,
  trimmed,
  trimmedLength,
} from '../values/value-class.ts';
import { isTwofold } from '../values/value-rules.ts';
import { Column, countNull } from './column-state.ts';
import { hashValue, isCsv, mayBeTwofold, tagOf, wantsHash } from './fields.ts';
import { addNotes, inspect, keepFound } from './notes.ts';
import { passBound } from './past-bound.ts';
import { notePoint } from './point-groups.ts';
import { foundAt, keepText } from './text-store.ts';
import { addTime } from './times.ts';
import { findLong, findShort, usedLong, usedShort, WATCH } from './value-table.ts';
import { watch } from './watch.ts';

/**
 * Spellings of null (spaces around a token, or nothing but spaces) that have an entry of their own; more are classified
 * each time.
 */
const NULL_ENTRIES: u32 = 64;

/** The value that `enters` took last: its class, its length in code points, whether notes.ts found anything. */
let newClass: u32 = 0,
  newPoints: u32 = 0,
  newFound: bool = false;
/** Classifies a value that is not in the table. @returns false when it gets no entry: a null that is counted */
function enters(c: Column, from: usize, length: u32, way: u32, row: f64): bool {
  const kind = way === BY_TEXT ? classify(from, length) : classifyAs(way, from, length);
  if (kind <= TOKEN) {
    if (c.nullEntries === NULL_ENTRIES) {
      countNull(c, token, 1);
      return false;
    }
    c.nullEntries++;
    newClass = kind | (token << 8);
    return true;
  }
  c.distinct++;
  newClass = kind;
  if (kind < TEXT && trimmedLength === length) {
    // a number, boolean or time is ASCII, and all of it
    newPoints = length;
    newFound = false;
  } else {
    newPoints = codePoints(from, length);
    newFound = way !== AS_NESTED && inspect(c, from, length, kind, trimmedLength);
    if (newFound) addNotes(c, 0, row, from, length);
  }
  if (kind === CODE) c.codes = true;
  else if (groupOf(kind) === NUMBERS) notePoint(c, kind, trimmed, trimmedLength);
  else if (groupOf(kind) === TIMES) addTime(c, trimmed, trimmedLength);
  return true;
}
/** Keeps the text of the value that `enters` took last. @returns its record */
function keep(c: Column, from: usize, length: u32): u32 {
  const value = groupOf(newClass & 255) === TIMES ? <f64>seconds : number;
  const record = keepText(c, from, length, newPoints, newClass, value, newFound);
  if (newFound) keepFound(foundAt(record));
  return <u32>record;
}

/** A row of a value under watch. @returns its count without the watch, when that has ended */
function watched(c: Column, counted: u32, from: usize, length: u32, way: u32, row: f64): u32 {
  return stillWatched(c, classifyAs(way, from, length), counted, from, length, row);
}
/** The same, for a value that was just classified. */
function stillWatched(c: Column, kind: u32, counted: u32, from: usize, length: u32, row: f64): u32 {
  if (kind <= TOKEN) return counted & ~WATCH;
  return watch(c, kind, number, row, from, length, trimmed, trimmedLength) ? counted : counted & ~WATCH;
}

/** Takes a batch: fields.ts describes its parameters, and M. */
export function countingPass<M>(
  c: Column,
  begins: usize,
  ends: usize,
  kinds: usize,
  hashes: usize,
  n: u32,
  firstRow: f64,
): void {
  let empty: u32 = 0;
  const a = factorOf(c.index, 0),
    b = factorOf(c.index, 1),
    isTwoWays = !isCsv<M>() && mayBeTwofold();
  for (let r: u32 = 0; r < n; r++) {
    const kind: u32 = isCsv<M>() ? 0 : load<u8>(kinds + r);
    if (!isCsv<M>() && kind === NULL_VALUE) {
      empty++;
      continue;
    }
    let from: usize = load<u32>(begins + (r << 2)) + 1,
      length = load<u32>(ends + (r << 2)) - <u32>from;
    if (length - 1 < 8 && (isCsv<M>() || (kind < NESTED_VALUE && !(isTwoWays && isTwofold(kind, from, length))))) {
      // nearly all: a short text that stands for itself
      const short = load<u64>(from) & (~(<u64>0) >> (64 - ((<u64>length) << 3)));
      if (!isCsv<M>() || !isQuotedOrSpaced(short)) {
        const hash = hashOf(short, 0);
        if (wantsHash<M>()) addToRow(hashes + (r << 4), 0, hash, isCsv<M>() ? 0 : tagOf(kind), a, b);
        const entry = findShort(c, short);
        if (load<u64>(entry) !== 0) {
          const counted = load<u32>(entry, 8) + 1;
          store<u32>(entry, counted, 8);
          if (<i32>counted < 0) store<u32>(entry, watched(c, counted, from, length, BY_TEXT, firstRow + <f64>r), 8);
        } else if (enters(c, from, length, BY_TEXT, firstRow + <f64>r)) {
          store<u64>(entry, short);
          store<u32>(entry, stillWatched(c, newClass & 255, 1 | WATCH, from, length, firstRow + <f64>r), 8);
          usedShort(c);
        }
        continue;
      }
    }
    const isNested = !isCsv<M>() && kind === NESTED_VALUE;
    const field = v128.and(v128.load(from), v128.load(firstBytes + (min<u32>(length, 16) << 4)));
    let low: u64 = i64x2.extract_lane(field, 0),
      high: u64 = i64x2.extract_lane(field, 1);
    if (isNested) {
      nestedKey(from, length);
      low = keyLow;
      high = keyHigh;
    } else if (isCsv<M>() ? isSpecial(low, length) : length - 1 > 15) {
      readField(from, length);
      from = text;
      length = textLength;
      low = keyLow;
      high = keyHigh;
    }
    const hash = hashOf(low, high);
    if (wantsHash<M>()) {
      if (isCsv<M>()) {
        if (length > 0) addToRow(hashes + (r << 4), high, hash, 0, a, b);
      } else if (kind >= NESTED_VALUE) hashValue(hashes + (r << 4), from, kind, a, b);
      else addToRow(hashes + (r << 4), high, hash, tagOf(kind), a, b);
    }
    let way = isNested ? AS_NESTED : BY_TEXT;
    if (!isCsv<M>() && isTwoWays && isTwofold(kind, from, length)) {
      nestedKey(from, length);
      low = keyLow;
      high = keyHigh;
      way = AS_LITERAL;
    }
    if (high === 0) {
      if (isCsv<M>() && length === 0) {
        empty++;
        continue;
      }
      const entry = findShort(c, low);
      if (load<u64>(entry) === 0) {
        if (!enters(c, from, length, BY_TEXT, firstRow + <f64>r)) continue;
        store<u64>(entry, low);
        store<u32>(entry, stillWatched(c, newClass & 255, 1 | WATCH, from, length, firstRow + <f64>r), 8);
        usedShort(c);
        continue;
      }
      const counted = load<u32>(entry, 8) + 1;
      store<u32>(entry, counted, 8);
      if (<i32>counted < 0) store<u32>(entry, watched(c, counted, from, length, BY_TEXT, firstRow + <f64>r), 8);
    } else {
      const entry = findLong(c, low, high);
      if (load<u64>(entry, 8) === 0) {
        if (!enters(c, from, length, way, firstRow + <f64>r)) continue;
        store<u64>(entry, low);
        store<u64>(entry, high, 8);
        if (length > 16 || way !== BY_TEXT) store<u32>(entry, keep(c, from, length), 20);
        store<u32>(entry, stillWatched(c, newClass & 255, 1 | WATCH, from, length, firstRow + <f64>r), 16);
        usedLong(c);
        continue;
      }
      const counted = load<u32>(entry, 16) + 1;
      store<u32>(entry, counted, 16);
      if (<i32>counted < 0) store<u32>(entry, watched(c, counted, from, length, way, firstRow + <f64>r), 16);
    }
  }
  if (empty > 0) countNull(c, 0, empty);
  if (c.isChosen && c.distinct > shared().bound) passBound(c);
}
