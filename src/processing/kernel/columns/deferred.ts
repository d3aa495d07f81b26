// Wide tables: a unit has few rows for each of many columns, and to touch a column's tables for a few fields costs more
// than the fields. So the fields of a column are put into a log, raw text and lengths, and taken many rows at a time
// while its tables are in the cache. A column whose values are nearly all different waits until it has more rows than
// values are counted: then one pass finds that it is past the bound, and its large table lives for that pass only.
// Until then its log takes a third of what the table would. When the value tables of all columns together reach their
// budget, columns are deferred to the end, where they come one after another. Facts do not depend on it. Memory: the
// log is part of the budget of chunks.ts, beyond it on disk.
import { NESTED_VALUE, NULL_VALUE } from '../border/classes.ts';
import { dropSequence, nextChunk, part, Sequence } from '../memory/chunks.ts';
import { give, take } from '../memory/memory.ts';
import { base, Shared, shared } from '../memory/shared.ts';
import { firstBytes, hashOf, isSpecial, keyHigh, keyLow, readField, textLength } from '../values/field.ts';
import { nullText } from '../values/null-texts.ts';
import { addToRow, factorOf } from '../values/row-hash.ts';
import { trimField, trimmed, trimmedLength } from '../values/value-class.ts';
import { useRules } from '../values/value-rules.ts';
import { takeFields, takeNothing } from './column-pass.ts';
import { COUNTING, Column, logOf } from './column-state.ts';
import { hashValue, isCsv, tagOf } from './fields.ts';
import { passBound } from './past-bound.ts';

/**
 * A chunk of the log: rows u32, from HEADER on the texts, upwards; from its end downwards a u16 for each, its length
 * with the kind << 12. Texts longer than MOST are never deferred.
 */
const HEADER: u32 = 8,
  MOST: u32 = 4000;
/** A log of fewer rows is not taken yet; a column of which fewer rows have been taken is deferred in any case. */
const FIRST_ROWS: u32 = 2048;
/** Slots of tables that are taken at once. */
const SMALL: u32 = 1024;

let begins: usize = 0,
  ends: usize = 0,
  kindsOf: usize = 0,
  scratch: usize = 0;
/** Once per thread. */
export function attachDeferred(): void {
  const bytes = shared().chunkBytes;
  scratch = take(bytes);
  begins = take(bytes * 2);
  ends = take(bytes * 2);
  kindsOf = take(bytes / 2 < 64 ? 64 : bytes / 2);
}

/**
 * Whether the column's next fields are deferred: its table is large, or few of its rows have been taken.
 * @param isWide columns are deferred at all
 */
export function isDeferred(c: Column, isWide: bool): bool {
  if (isWide && c.mode === COUNTING && (c.taken < <f64>FIRST_ROWS || c.shortMask + c.longMask > SMALL)) return true;
  if (logOf(c).count === 0) return false;
  takeLog(c); // the deferred fields come before the new ones
  return isWide && c.mode === COUNTING && c.shortMask + c.longMask > SMALL;
}

/** Defers a batch and adds it to the row hashes: fields.ts describes its parameters, and M. */
export function deferFields<M>(
  c: Column,
  froms: usize,
  tos: usize,
  kinds: usize,
  hashes: usize,
  n: u32,
  firstRow: f64,
): void {
  const a = factorOf(c.index, 0),
    b = factorOf(c.index, 1),
    log = logOf(c),
    most = min(shared().chunkBytes >> 2, MOST);
  let at = log.at,
    lengths = c.logLengths,
    logged: u32 = 0;
  for (let r: u32 = 0; r < n; r++) {
    const kind: u32 = isCsv<M>() ? 0 : load<u8>(kinds + r);
    let from: usize = load<u32>(froms + (r << 2)) + 1,
      length: u32 = load<u32>(tos + (r << 2)) - <u32>from;
    if (!isCsv<M>() && kind === NULL_VALUE) {
      length = 0;
      from = begins; // anything readable
    } else {
      const field = v128.and(v128.load(from), v128.load(firstBytes + (min<u32>(length, 16) << 4)));
      let low: u64 = i64x2.extract_lane(field, 0),
        high: u64 = i64x2.extract_lane(field, 1),
        textual = length;
      if (!isCsv<M>() && kind >= NESTED_VALUE) hashValue(hashes + (r << 4), from, kind, a, b);
      else {
        if (isCsv<M>() ? isSpecial(low, length) : length - 1 > 15) {
          readField(from, length);
          textual = textLength;
          low = keyLow;
          high = keyHigh;
        }
        if (!isCsv<M>() || textual > 0)
          addToRow(hashes + (r << 4), high, hashOf(low, high), isCsv<M>() ? 0 : tagOf(kind), a, b);
      }
      if (length > most) {
        // too long for the log: what is there is taken first, then this one by itself
        log.at = at;
        c.logLengths = lengths;
        logged = 0;
        takeLog(c);
        if (isCsv<M>()) takeFields<u16>(c, froms + (r << 2), tos + (r << 2), 0, 0, 1, firstRow + <f64>r);
        else takeFields<u64>(c, froms + (r << 2), tos + (r << 2), kinds + r, 0, 1, firstRow + <f64>r);
        at = log.at;
        lengths = c.logLengths;
        continue;
      }
    }
    // 16 bytes are written at once, and so may lie behind the text
    if (at + length + 18 > lengths) {
      log.at = at;
      c.logLengths = lengths;
      c.loggedRows += logged;
      logged = 0;
      makeRoom(c, log, length);
      at = log.at;
      lengths = c.logLengths;
    }
    v128.store(at, v128.load(from));
    if (length > 16) memory.copy(at + 16, from + 16, length - 16);
    at += length;
    lengths -= 2;
    store<u16>(lengths, <u16>(length | (kind << 12)));
    logged++;
  }
  c.loggedRows += logged;
  log.at = at;
  c.logLengths = lengths;
}

/** The open chunk is full, or there is none. */
function makeRoom(c: Column, log: Sequence, length: u32): void {
  if (log.count > 0) {
    closeChunk(c, log);
    if (isDue(c)) takeLog(c);
  }
  do {
    if (log.count > 0) closeChunk(c, log); // the new one is too small: it stays empty
    log.at = log.end;
    nextChunk(log);
    store<u32>(log.at, 0);
    log.at += HEADER;
    c.logLengths = log.end;
    c.logAt = log.at;
  } while (log.at + length + 18 > c.logLengths);
}
/** Rows of the open chunk, counted from its lengths. */
function closeChunk(c: Column, log: Sequence): void {
  store<u32>(c.logAt - HEADER, <u32>(log.end - c.logLengths) >> 1);
  log.at = log.end;
}
function isDue(c: Column): bool {
  if (c.mode !== COUNTING) return true;
  const s = shared(),
    rows = c.loggedRows;
  if (rows < FIRST_ROWS) return false;
  if (!c.isChosen && !c.isSampled) {
    c.isSampled = true;
    c.waits = hasMoreThan(logOf(c), rows - rows / 10);
  }
  if (c.waits) return rows > s.bound + (s.bound >> 3);
  if (!c.isChosen || c.shortMask + c.longMask <= SMALL) return true;
  if (atomic.load<u32>(base() + offsetof<Shared>('tableBytes')) > s.tableBudget) return false;
  if (<f64>c.distinct * 10 >= c.taken * 9) return rows > s.bound + (s.bound >> 3);
  return rows >= min(c.shortMask + c.longMask, 8192);
}

/** Counts the rows up to row `rows` that did not have the column as nulls. */
export function fillGap(c: Column, rows: f64): void {
  let gap = rows - c.taken - <f64>c.loggedRows;
  if (gap <= 0) return;
  const log = logOf(c);
  if (gap <= 64 && log.count > 0 && log.at + 18 + 128 < c.logLengths) {
    // they are deferred with the others
    for (; gap > 0; gap -= 1) {
      c.logLengths -= 2;
      store<u16>(c.logLengths, 0);
      c.loggedRows++;
    }
    return;
  }
  takeLog(c);
  takeNothing(c, gap);
}

/** Takes all deferred fields of the column, in the order of their rows; its log is empty then. O(fields). */
export function takeLog(c: Column): void {
  const log = logOf(c);
  if (log.count === 0) return;
  if (log.at !== log.end) closeChunk(c, log);
  useRules(c.declared);
  const s = shared(),
    isJson = s.isJson !== 0;
  let isOpen = c.loggedRows > s.bound;
  c.waits = false;
  for (let i: u32 = 0; i < log.count; i++) {
    if (isOpen && c.isChosen) {
      isOpen = false;
      if (c.mode === COUNTING && hasMoreThan(log, s.bound)) passBound(c);
    }
    const chunk = part(log, i, scratch),
      rows = load<u32>(chunk);
    let at = <u32>chunk + HEADER,
      lengths = chunk + chunkSize(log, i);
    for (let r: u32 = 0; r < rows; r++) {
      lengths -= 2;
      const both = <u32>load<u16>(lengths);
      store<u32>(begins + (r << 2), at - 1);
      at += both & 4095;
      store<u32>(ends + (r << 2), at);
      if (isJson) store<u8>(kindsOf + r, <u8>(both >> 12));
    }
    const firstRow = c.taken + 1;
    if (rows === 0) continue;
    if (isJson) takeFields<u64>(c, begins, ends, kindsOf, 0, rows, firstRow);
    else takeFields<u16>(c, begins, ends, 0, 0, rows, firstRow);
  }
  dropSequence(log);
  c.loggedRows = 0;
  c.logAt = c.logLengths = 0;
}
/** The set of hashes of hasMoreThan: its slots, 8 bytes each, at least twice as many as the bound. */
let hashSet: usize = 0,
  hashSlots: u32 = 0;
/**
 * Whether the log has more than `bound` different values that are not null. Hashes of the values are put into a set:
 * that costs a fraction of counting the values in a table that would be dropped at once. Quoted values, and those that
 * may be null, are left out, so true is certain and false is not. O(rows of the log).
 */
function hasMoreThan(log: Sequence, bound: u32): bool {
  const slots: u32 = 1 << (32 - clz(bound * 2 + 64));
  if (slots > hashSlots) {
    if (hashSet !== 0) give(hashSet, hashSlots * 8);
    hashSet = take(slots * 8);
    hashSlots = slots;
  }
  memory.fill(hashSet, 0, slots * 8);
  const mask = slots - 1,
    hasTexts = shared().nullTexts !== 0,
    json = shared().isJson !== 0;
  let found: u32 = 0;
  for (let i: u32 = 0; i < log.count; i++) {
    const chunk = part(log, i, scratch),
      rows = load<u32>(chunk);
    let at = chunk + HEADER,
      lengths = chunk + chunkSize(log, i);
    for (let r: u32 = 0; r < rows; r++) {
      lengths -= 2;
      const length = <u32>load<u16>(lengths) & 4095,
        from = at;
      at += length;
      if (
        length === 0 ||
        (json ? <u32>load<u16>(lengths) >> 12 === NESTED_VALUE : length <= 8 && <u32>load<u8>(at - 1) - 48 > 9)
      )
        continue;
      if (hasTexts && isNullText(from, length)) continue;
      const field = v128.and(v128.load(from), v128.load(firstBytes + (min<u32>(length, 16) << 4)));
      let low: u64 = i64x2.extract_lane(field, 0),
        high: u64 = i64x2.extract_lane(field, 1);
      if (isSpecial(low, length)) {
        if (hasTexts || length <= 16 || (low & 0xfd) === 32) continue;
        readField(from, length);
        low = keyLow;
        high = keyHigh;
      }
      const hash = hashOf(low, high) | 1;
      let slot = <u32>(hash >> 20) & mask;
      for (;;) {
        const one = load<u64>(hashSet + ((<usize>slot) << 3));
        if (one === hash) break;
        if (one === 0) {
          store<u64>(hashSet + ((<usize>slot) << 3), hash);
          if (++found > bound) return true;
          break;
        }
        slot = (slot + 1) & mask;
      }
    }
  }
  return false;
}

/** Whether it is a null text that a person has named. */
function isNullText(from: usize, length: u32): bool {
  trimField(from, length);
  return nullText(trimmed, trimmedLength) !== 0;
}
// @inline
function chunkSize(log: Sequence, i: u32): u32 {
  return load<u32>(log.list + ((<usize>i) << 4), 4);
}
