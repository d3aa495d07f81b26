// A column with more distinct values than are counted: its values go into a HyperLogLog, its numbers into the store, its lengths,
// classes and times are added up. Which way a column takes never changes a fact: the fast ways hand over what they do not know.
import { chooseCandidates, countCandidate } from './candidates';
import { addLength, Column, count, countNull, NUMERIC, TEMPORAL, TEXTUAL } from './column-state';
import { addExtreme } from './extremes';
import { codePoints, firstBytes, hashOf, isSpecial, keyHigh, keyLow, readField, text, textLength } from './field';
import { addHash, REGISTERS } from './hyperloglog';
import { allocate, takeTable } from './memory';
import { CODE, DECIMAL, hasPoint, INTEGER, number, parseDigits, TEXT } from './number-parser';
import { addToRow } from './row-hash';
import { dropTexts } from './text-store';
import { addTime } from './times';
import { DATETIME, parseStamp19 } from './timestamp-parser';
import { classify, groupOf, NUMBERS, TIMES, token, TOKEN, trimmed, trimmedLength } from './value-class';
import { dropTables, entryCount, entryHigh, entryLow, readSlot, slotsOf } from './value-table';
import { entryBytes, entryClass, entryNumber, entryPoints, judgeEntry } from './entry-facts';
import { storeValue, storeValues } from './values';
import { addExample, offerNumber, wantsExample } from './watch';

/** Copies of a value are stored up to here; a more frequent one is kept with its count. */
const COPIES: u32 = 4;
const PAIR: u32 = 16;

/** Numbers of a batch with their rows, before they go into the store. */
let fresh: usize = 0, freshRows: usize = 0;
export function preparePastBound(batchRows: u32): void {
  fresh = allocate(batchRows * 8);
  freshRows = allocate(batchRows * 4);
}

/** The column has passed the bound: what its table knows moves on, and the table goes. */
export function passBound(c: Column): void {
  c.registers = takeTable(REGISTERS);
  chooseCandidates(c);
  const slots = slotsOf(c);
  let numbers: u64 = 0, times: u64 = 0, all: u64 = 0, frequent: u32 = 0;
  for (let i: u32 = 0; i < slots; i++) {
    if (!readSlot(c, i)) continue;
    judgeEntry();
    const kind = entryClass & 255;
    if (kind <= TOKEN) {
      countNull(c, entryClass >> 8, entryCount);
      continue;
    }
    count(c, kind, entryCount);
    all += entryCount;
    if (groupOf(kind) == NUMBERS) numbers += entryCount;
    if (groupOf(kind) == TIMES) times += entryCount;
    if (kind == CODE) c.codes = true;
    if (entryCount > COPIES) frequent++;
    addHash(c.registers, hashOf(entryLow, entryHigh));
    addLength(c, entryPoints(), entryBytes(), entryCount);
  }
  if (!c.codes && frequent > 0) c.pairs = allocate(frequent * PAIR);
  for (let i: u32 = 0; i < slots && !c.codes; i++) {
    if (!readSlot(c, i)) continue;
    judgeEntry();
    if (entryClass != INTEGER && entryClass != DECIMAL) continue;
    const value = entryNumber, n = entryCount;
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
function addValue(c: Column, from: usize, length: u32, low: u64, high: u64, hash: u64, row: f64): void {
  const kind = classify(from, length);
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

/** Fields of a batch: field r begins behind `begins[r]` and ends before `ends[r]`. */
export function numericPass(c: Column, begins: usize, ends: usize, hashes: usize, n: u32, firstRow: f64): void {
  const registers = c.registers, candidates = c.candidates;
  let got: u32 = 0, decimals: u32 = 0, least = Infinity, most = -Infinity;
  let shortest = u32.MAX_VALUE, longest: u32 = 0, bytes: u64 = 0;
  for (let r: u32 = 0; r < n; r++) {
    let from: usize = load<u32>(begins + (r << 2)) + 1, length = load<u32>(ends + (r << 2)) - <u32>from;
    let field = v128.and(v128.load(from), v128.load(firstBytes + (min<u32>(length, 16) << 4)));
    let low: u64 = i64x2.extract_lane(field, 0), high: u64 = i64x2.extract_lane(field, 1);
    if (isSpecial(low, length)) {
      readField(from, length);
      from = text;
      length = textLength;
      low = keyLow;
      high = keyHigh;
      field = v128.load(from);
    }
    const hash = hashOf(low, high);
    addToRow(hashes + (r << 4), low, high, hash);
    const negative = (low & 255) == 45, digits = length - u32(negative);
    if (negative) field = v128.load(from, 1);
    const leading = <u32>i8x16.extract_lane_u(field, 0), next = <u32>i8x16.extract_lane_u(field, 1);
    // a leading zero before a digit, and whatever is no plain number, goes the careful way
    if (digits - 1 > 15 || (leading == 48 && digits > 1 && next != 46) || wantsExample(c, NUMBERS) || c.mode != NUMERIC || !parseDigits(field, digits, negative)) {
      addValue(c, from, length, low, high, hash, firstRow + <f64>r);
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
      if (value >= c.high || value <= c.low) addExtreme(c, value, firstRow + <f64>load<u32>(freshRows + (at << 2)));
    }
  }
  c.min = min(c.min, least);
  c.max = max(c.max, most);
  storeValues(c, fresh, fresh + (got << 3));
}

export function temporalPass(c: Column, begins: usize, ends: usize, hashes: usize, n: u32, firstRow: f64): void {
  const registers = c.registers, candidates = c.candidates;
  let got: u32 = 0;
  for (let r: u32 = 0; r < n; r++) {
    const from: usize = load<u32>(begins + (r << 2)) + 1, length = load<u32>(ends + (r << 2)) - <u32>from;
    readField(from, length);
    const hash = hashOf(keyLow, keyHigh);
    addToRow(hashes + (r << 4), keyLow, keyHigh, hash);
    if (textLength != 19 || wantsExample(c, TIMES) || !parseStamp19(text)) {
      addValue(c, text, textLength, keyLow, keyHigh, hash, firstRow + <f64>r);
      continue;
    }
    addHash(registers, hash);
    if (candidates != 0) countCandidate(candidates, keyLow, keyHigh, hash);
    addTime(c, text, 19);
    got++;
  }
  if (got == 0) return;
  count(c, DATETIME, got);
  addLength(c, 19, 19, got);
}

export function textualPass(c: Column, begins: usize, ends: usize, hashes: usize, n: u32, firstRow: f64): void {
  const registers = c.registers, candidates = c.candidates;
  let got: u32 = 0;
  for (let r: u32 = 0; r < n; r++) {
    const from: usize = load<u32>(begins + (r << 2)) + 1, length = load<u32>(ends + (r << 2)) - <u32>from;
    readField(from, length);
    const hash = hashOf(keyLow, keyHigh);
    addToRow(hashes + (r << 4), keyLow, keyHigh, hash);
    // longer than every null token and boolean, beginning with a letter, no space at the end: text
    const first = (textLength > 8 && load<u8>(text + textLength - 1) > 32 ? <u32>load<u8>(text) | 32 : 0) - 97;
    if (first > 25 || wantsExample(c, 3)) {
      addValue(c, text, textLength, keyLow, keyHigh, hash, firstRow + <f64>r);
      continue;
    }
    addHash(registers, hash);
    if (candidates != 0) countCandidate(candidates, keyLow, keyHigh, hash);
    addLength(c, codePoints(text, textLength), textLength, 1);
    got++;
  }
  count(c, TEXT, got);
}
