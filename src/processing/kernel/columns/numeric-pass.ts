// The pass over a column past the bound whose values are numbers mostly: up to 16 digits by SIMD, the rest on the
// slow path.

import { DECIMAL, INTEGER, NESTED_VALUE, NO_GROUPS, NULL_VALUE, NUMBERS } from '../border/classes.ts';
import { nextChunk } from '../memory/chunks.ts';
import { take } from '../memory/memory.ts';
import {
  firstBytes,
  hashOf,
  isSpecial,
  keyHigh,
  keyLow,
  nestedKey,
  readField,
  text,
  textLength,
} from '../values/field.ts';
import { hasPoint, number, parseDigits } from '../values/number-parser.ts';
import { addToRow, factorOf } from '../values/row-hash.ts';
import { AS_NESTED, BY_TEXT } from '../values/value-class.ts';
import { countCandidate } from './candidates.ts';
import { Column, count, countNull, NUMERIC, numbersOf } from './column-state.ts';
import { addExtreme } from './extremes.ts';
import { hashValue, isCsv, tagOf, wantsHash } from './fields.ts';
import { addHash } from './hyperloglog.ts';
import { addValue } from './past-bound.ts';
import { notePoint } from './point-groups.ts';
import { wantsExample } from './watch.ts';

/** Numbers of a batch with their rows, before they go into the store. */
let fresh: usize = 0,
  freshRows: usize = 0;
/** Once per thread. @param rows most rows of a batch, a power of two */
export function attachNumeric(rows: u32): void {
  fresh = take(rows * 8);
  freshRows = take(rows * 4);
}

/** The doubles in [from, to); minimum and maximum are the caller's. */
function storeValues(c: Column, from: usize, to: usize): void {
  const s = numbersOf(c);
  while (from < to) {
    if (s.at === s.end) nextChunk(s);
    const bytes = min(to - from, s.end - s.at);
    memory.copy(s.at, from, bytes);
    s.at += bytes;
    from += bytes;
  }
}

/** Takes a batch: fields.ts describes its parameters, and M. */
export function numericPass<M>(
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
    decimals: u32 = 0,
    empty: u32 = 0,
    least = Infinity,
    most = -Infinity;
  let shortest = u32.MAX_VALUE,
    longest: u32 = 0,
    bytes: u64 = 0,
    mayGroup = (c.pointed & NO_GROUPS) === 0;
  for (let r: u32 = 0; r < n; r++) {
    const kind: u32 = isCsv<M>() ? 0 : load<u8>(kinds + r);
    if (!isCsv<M>() && kind === NULL_VALUE) {
      empty++;
      continue;
    }
    let from: usize = load<u32>(begins + (r << 2)) + 1,
      length = load<u32>(ends + (r << 2)) - <u32>from;
    let field = v128.and(v128.load(from), v128.load(firstBytes + (min<u32>(length, 16) << 4)));
    let low: u64 = i64x2.extract_lane(field, 0),
      high: u64 = i64x2.extract_lane(field, 1);
    const isNested = !isCsv<M>() && kind === NESTED_VALUE;
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
      field = v128.load(from);
    }
    const hash = hashOf(low, high);
    if (wantsHash<M>()) {
      if (isCsv<M>()) {
        if (length > 0) addToRow(hashes + (r << 4), high, hash, 0, a, b);
      } else if (kind >= NESTED_VALUE) hashValue(hashes + (r << 4), from, kind, a, b);
      else addToRow(hashes + (r << 4), high, hash, tagOf(kind), a, b);
    }
    if (isCsv<M>() && length === 0) {
      empty++;
      continue;
    }
    const negative = (low & 255) === 45,
      digits = length - u32(negative);
    if (negative) field = v128.load(from, 1);
    const leading = <u32>i8x16.extract_lane_u(field, 0),
      next = <u32>i8x16.extract_lane_u(field, 1);
    // a leading zero before a digit, and whatever is not a plain number, takes the slow path
    if (
      digits - 1 > 15 ||
      (leading === 48 && digits > 1 && next !== 46) ||
      isNested ||
      wantsExample(c, NUMBERS) ||
      c.mode !== NUMERIC ||
      !parseDigits(field, digits, negative)
    ) {
      addValue(c, from, length, low, high, hash, firstRow + <f64>r, isNested ? AS_NESTED : BY_TEXT);
      continue;
    }
    addHash(registers, hash);
    if (candidates !== 0) countCandidate(candidates, low, high, hash, 1);
    decimals += u32(hasPoint);
    if (mayGroup) {
      notePoint(c, hasPoint ? DECIMAL : INTEGER, from, length);
      mayGroup = (c.pointed & NO_GROUPS) === 0;
    }
    least = min(least, number);
    most = max(most, number);
    shortest = min(shortest, length);
    longest = max(longest, length);
    bytes += length;
    store<f64>(fresh + (got << 3), number);
    store<u32>(freshRows + (got << 2), r);
    got++;
  }
  if (empty > 0) countNull(c, 0, empty);
  if (got > 0) addNumbers(c, fresh, freshRows, got, decimals, least, most, shortest, longest, bytes, firstRow);
}
/**
 * Adds numbers whose texts have 16 characters at the most.
 * @param values `got` of them, f64 each @param rows for each how many rows after firstRow, u32
 * @param decimals how many of them have a point @param least the least and the greatest
 * @param shortest the least and the greatest length, and all of them together
 */
export function addNumbers(
  c: Column,
  values: usize,
  rows: usize,
  got: u32,
  decimals: u32,
  least: f64,
  most: f64,
  shortest: u32,
  longest: u32,
  bytes: u64,
  firstRow: f64,
): void {
  count(c, INTEGER, got - decimals);
  count(c, DECIMAL, decimals);
  c.pointsMin = min(c.pointsMin, shortest);
  c.pointsMax = max(c.pointsMax, longest);
  c.pointsSum += bytes;
  c.bytesMin = min(c.bytesMin, shortest);
  c.bytesMax = max(c.bytesMax, longest);
  c.bytesSum += bytes;
  if (c.codes) return;
  if (most > c.high || least < c.low) {
    // of rising values the last are the largest: begin with them, and the rest is refused at once
    const up = load<f64>(values + ((got - 1) << 3)) > load<f64>(values);
    for (let i: u32 = 0; i < got; i++) {
      const at = up ? got - 1 - i : i,
        value = load<f64>(values + (at << 3));
      // sixteen digits at most: the double is exact
      if (value >= c.high || value <= c.low) addExtreme(c, value, firstRow + <f64>load<u32>(rows + (at << 2)), 0, 0);
    }
  }
  c.min = min(c.min, least);
  c.max = max(c.max, most);
  storeValues(c, values, values + (got << 3));
}
