// A column with more distinct values than are counted: its values go into a HyperLogLog, its numbers into the store, its lengths,
// classes and times are added up. Which way a column takes never changes a fact: the fast ways hand over what they do not know.
import { countCandidate, keepCandidates } from './candidates';
import { addLength, Column, count, countNull, NUMERIC, TEMPORAL, TEXTUAL } from './column-state';
import { addExtreme } from './extremes';
import { numbersOf } from './column-state';
import { codePoints, firstBytes, hashOf, isSpecial, keyHigh, keyLow, nestedKey, readField, setText, text, textLength } from './field';
import { hashValue, isCsv, NESTED_VALUE, NULL_VALUE, tagOf, wantsHash } from './fields';
import { addHash, REGISTERS } from './hyperloglog';
import { allocate, take, takeTable } from './memory';
import { CODE, DECIMAL, hasPoint, INTEGER, number, parseDigits, TEXT } from './number-parser';
import { addToRow, factorOf } from './row-hash';
import { dropTexts } from './text-store';
import { addTime } from './times';
import { DATETIME, judgeTime, packStamp } from './timestamp-parser';
import { classify, groupOf, NESTED, NUMBERS, TIMES, token, TOKEN, trimmed, trimmedLength } from './value-class';
import { dropTables, entryCount, entryHigh, entryLow, readSlot, slotsOf } from './value-table';
import { entryBytes, entryClass, entryNumber, entryPoints, judgeEntry } from './entry-facts';
import { nextChunk } from './chunks';
import { addExample, offerNumber, wantsExample } from './watch';

/** Copies of a value are stored up to here; a more frequent one is kept with its count. */
const COPIES: u32 = 4;
const PAIR: u32 = 16;

/** Numbers of a batch with their rows, before they go into the store. */
let fresh: usize = 0, freshRows: usize = 0;
/** Room for two stamps. */
let stamps: usize = 0;
/** Once a thread. @param rows of a batch at the most; a power of two */
export function attachPastBound(rows: u32): void {
  stamps = take(64);
  fresh = take(rows * 8);
  freshRows = take(rows * 4);
}

function storeValue(c: Column, value: f64): void {
  const s = numbersOf(c);
  if (s.at == s.end) nextChunk(s);
  store<f64>(s.at, value);
  s.at += 8;
  c.min = min(c.min, value);
  c.max = max(c.max, value);
}
/** The doubles in [from, to); minimum and maximum are the caller's. */
function storeValues(c: Column, from: usize, to: usize): void {
  const s = numbersOf(c);
  while (from < to) {
    if (s.at == s.end) nextChunk(s);
    const bytes = min(to - from, s.end - s.at);
    memory.copy(s.at, from, bytes);
    s.at += bytes;
    from += bytes;
  }
}

/** The column has passed the bound: what its table knows moves on, and the table goes. */
export function passBound(c: Column): void {
  c.registers = takeTable(REGISTERS);
  const slots = slotsOf(c);
  let numbers: u64 = 0, times: u64 = 0, all: u64 = 0, frequent: u32 = 0;
  for (let i: u32 = 0; i < slots; i++) if (readSlot(c, i)) frequent += u32(entryCount > COPIES);
  keepCandidates(c);
  if (!c.codes && frequent > 0) c.pairs = allocate(frequent * PAIR);
  for (let i: u32 = 0; i < slots; i++) {
    if (!readSlot(c, i)) continue;
    judgeEntry();
    const kind = entryClass & 255, n = entryCount;
    if (kind <= TOKEN) {
      countNull(c, entryClass >> 8, n);
      continue;
    }
    count(c, kind, n);
    all += n;
    if (groupOf(kind) == NUMBERS) numbers += n;
    if (groupOf(kind) == TIMES) times += n;
    addHash(c.registers, hashOf(entryLow, entryHigh));
    addLength(c, entryPoints(), entryBytes(), n);
    if (c.codes || (kind != INTEGER && kind != DECIMAL)) continue;
    const value = entryNumber;
    if (n > COPIES) {
      store<f64>(c.pairs + c.pairCount * PAIR, value);
      store<f64>(c.pairs + c.pairCount * PAIR, <f64>n, 8);
      c.pairCount++;
      c.min = min(c.min, value);
      c.max = max(c.max, value);
    } else for (let k: u32 = 0; k < n; k++) storeValue(c, value);
  }
  c.mode = numbers * 2 > all ? NUMERIC : times * 2 > all ? TEMPORAL : TEXTUAL;
  if (c.codes && c.mode == NUMERIC) c.mode = TEXTUAL;
  dropTables(c);
  dropTexts(c);
}

/** Any value, with nothing left out. */
function addValue(c: Column, from: usize, length: u32, low: u64, high: u64, hash: u64, row: f64, isNested: bool): void {
  const kind = isNested ? NESTED : classify(from, length);
  if (kind <= TOKEN) {
    countNull(c, token, 1);
    return;
  }
  addHash(c.registers, hash);
  if (c.candidates != 0) countCandidate(c.candidates, low, high, hash);
  count(c, kind, 1);
  addLength(c, codePoints(from, length), length, 1);
  const group = groupOf(kind);
  if (wantsExample(c, group)) addExample(c, group, row, from, length);
  if (kind == INTEGER || kind == DECIMAL) {
    if (c.codes) return;
    offerNumber(c, kind, number, row, trimmed, trimmedLength);
    storeValue(c, number);
  } else if (kind == CODE) {
    c.codes = true;
    if (c.mode == NUMERIC) c.mode = TEXTUAL;
  } else if (group == TIMES) addTime(c, trimmed, trimmedLength);
}

/** Fields of a batch: field r begins behind `begins[r]` and ends before `ends[r]`; see fields.ts for M. */
export function numericPass<M>(c: Column, begins: usize, ends: usize, kinds: usize, hashes: usize, n: u32, firstRow: f64): void {
  const registers = c.registers, candidates = c.candidates, a = factorOf(c.index, 0), b = factorOf(c.index, 1);
  let got: u32 = 0, decimals: u32 = 0, empty: u32 = 0, least = Infinity, most = -Infinity;
  let shortest = u32.MAX_VALUE, longest: u32 = 0, bytes: u64 = 0;
  for (let r: u32 = 0; r < n; r++) {
    const kind: u32 = isCsv<M>() ? 0 : load<u8>(kinds + r);
    if (!isCsv<M>() && kind == NULL_VALUE) {
      empty++;
      continue;
    }
    let from: usize = load<u32>(begins + (r << 2)) + 1, length = load<u32>(ends + (r << 2)) - <u32>from;
    let field = v128.and(v128.load(from), v128.load(firstBytes + (min<u32>(length, 16) << 4)));
    let low: u64 = i64x2.extract_lane(field, 0), high: u64 = i64x2.extract_lane(field, 1);
    const isNested = !isCsv<M>() && kind == NESTED_VALUE;
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
    if (isCsv<M>() && length == 0) {
      empty++;
      continue;
    }
    const negative = (low & 255) == 45, digits = length - u32(negative);
    if (negative) field = v128.load(from, 1);
    const leading = <u32>i8x16.extract_lane_u(field, 0), next = <u32>i8x16.extract_lane_u(field, 1);
    // a leading zero before a digit, and whatever is no plain number, goes the careful way
    if (digits - 1 > 15 || (leading == 48 && digits > 1 && next != 46) || isNested || wantsExample(c, NUMBERS) || c.mode != NUMERIC || !parseDigits(field, digits, negative)) {
      addValue(c, from, length, low, high, hash, firstRow + <f64>r, isNested);
      continue;
    }
    addHash(registers, hash);
    if (candidates != 0) countCandidate(candidates, low, high, hash);
    decimals += u32(hasPoint);
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
  if (got == 0) return;
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
    const up = load<f64>(fresh + ((got - 1) << 3)) > load<f64>(fresh);
    for (let i: u32 = 0; i < got; i++) {
      const at = up ? got - 1 - i : i, value = load<f64>(fresh + (at << 3));
      // sixteen digits at most: the double tells them
      if (value >= c.high || value <= c.low) addExtreme(c, value, firstRow + <f64>load<u32>(freshRows + (at << 2)), 0, 0);
    }
  }
  c.min = min(c.min, least);
  c.max = max(c.max, most);
  storeValues(c, fresh, fresh + (got << 3));
}

/** Earliest and latest stamp of a batch, 0 for none. */
function addStamps(c: Column, first: usize, last: usize): void {
  if (first == 0) return;
  judgeTime(first, 19);
  addTime(c, first, 19);
  judgeTime(last, 19);
  addTime(c, last, 19);
}
// @ts-ignore: decorator
@inline
function keepStamp(offset: usize, from: usize): usize {
  const at = stamps + offset;
  v128.store(at, v128.load(from));
  v128.store(at + 3, v128.load(from, 3));
  return at;
}

export function temporalPass<M>(c: Column, begins: usize, ends: usize, kinds: usize, hashes: usize, n: u32, firstRow: f64): void {
  const registers = c.registers, candidates = c.candidates, a = factorOf(c.index, 0), b = factorOf(c.index, 1);
  let got: u32 = 0, empty: u32 = 0, first: usize = 0, last: usize = 0, least = u64.MAX_VALUE, most: u64 = 0;
  for (let r: u32 = 0; r < n; r++) {
    const kind: u32 = isCsv<M>() ? 0 : load<u8>(kinds + r);
    if (!isCsv<M>() && kind == NULL_VALUE) {
      empty++;
      continue;
    }
    let from: usize = load<u32>(begins + (r << 2)) + 1, length = load<u32>(ends + (r << 2)) - <u32>from;
    const isNested = !isCsv<M>() && kind == NESTED_VALUE;
    if (isNested) {
      setText(from, length);
      nestedKey(from, length);
    } else readField(from, length);
    from = text;
    length = textLength;
    const low = keyLow, high = keyHigh, hash = hashOf(low, high);
    if (wantsHash<M>()) {
      if (isCsv<M>()) {
        if (length > 0) addToRow(hashes + (r << 4), high, hash, 0, a, b);
      } else if (kind >= NESTED_VALUE) hashValue(hashes + (r << 4), from, kind, a, b);
      else addToRow(hashes + (r << 4), high, hash, tagOf(kind), a, b);
    }
    if (isCsv<M>() && length == 0) {
      empty++;
      continue;
    }
    const packed = length != 19 || isNested || wantsExample(c, TIMES) ? 0 : packStamp(from);
    if (packed == 0) {
      addStamps(c, first, last); // the first of equals counts: those before come first
      first = last = 0;
      least = u64.MAX_VALUE;
      most = 0;
      addValue(c, from, length, low, high, hash, firstRow + <f64>r, isNested);
      continue;
    }
    addHash(registers, hash);
    if (candidates != 0) countCandidate(candidates, low, high, hash);
    if (packed < least) {
      least = packed;
      first = keepStamp(0, from);
    }
    if (packed > most) {
      most = packed;
      last = keepStamp(32, from);
    }
    got++;
  }
  addStamps(c, first, last);
  if (empty > 0) countNull(c, 0, empty);
  if (got == 0) return;
  count(c, DATETIME, got);
  addLength(c, 19, 19, got);
}

export function textualPass<M>(c: Column, begins: usize, ends: usize, kinds: usize, hashes: usize, n: u32, firstRow: f64): void {
  const registers = c.registers, candidates = c.candidates, a = factorOf(c.index, 0), b = factorOf(c.index, 1);
  let got: u32 = 0, empty: u32 = 0;
  for (let r: u32 = 0; r < n; r++) {
    const kind: u32 = isCsv<M>() ? 0 : load<u8>(kinds + r);
    if (!isCsv<M>() && kind == NULL_VALUE) {
      empty++;
      continue;
    }
    let from: usize = load<u32>(begins + (r << 2)) + 1, length = load<u32>(ends + (r << 2)) - <u32>from;
    const isNested = !isCsv<M>() && kind == NESTED_VALUE;
    if (isNested) {
      setText(from, length);
      nestedKey(from, length);
    } else readField(from, length);
    from = text;
    length = textLength;
    const low = keyLow, high = keyHigh, hash = hashOf(low, high);
    if (wantsHash<M>()) {
      if (isCsv<M>()) {
        if (length > 0) addToRow(hashes + (r << 4), high, hash, 0, a, b);
      } else if (kind >= NESTED_VALUE) hashValue(hashes + (r << 4), from, kind, a, b);
      else addToRow(hashes + (r << 4), high, hash, tagOf(kind), a, b);
    }
    if (isCsv<M>() && length == 0) {
      empty++;
      continue;
    }
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
