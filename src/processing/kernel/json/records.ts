// From the bytes of JSON to the fields of its records, in one pass: each record is expected to go on as the one before
// (keys.ts), strings and numbers are read 16 bytes at a time (after Langdale and Lemire 2019, but hopping from
// value to value: no index of the block is made). Errors are not described here: the host reads that place again.
// O(bytes).

import { NUMBER_VALUE, STRING_VALUE, WRITTEN_NUMBER } from '../border/classes.ts';
import { MAX_COLUMNS, MAX_DEPTH, MAX_RECORD_BYTES } from '../border/limits.ts';
import {
  COMMA_OR_END,
  FIRST_BYTE,
  FULL,
  LINE_OR_RECORD,
  MORE,
  NOTHING,
  ODD,
  RECORD,
  RECORD_OR_END,
  TOO_MANY,
} from '../border/statuses.ts';
import { allocate } from '../memory/memory.ts';
import { shared } from '../memory/shared.ts';
import { NINES, POINTS, ZEROS } from '../memory/simd-constants.ts';
import { resetArena, start } from './arena.ts';
import { setColumn } from './canonical.ts';
import { beginColumn, beginUnit, currentUnit, prepareTouched, setField, spareColumn } from './fields.ts';
import { repeatedKey } from './host.ts';
import { columnsSoFar, findGap, gapEnd, markRepeated, matches, prepareKeys, root, skipSpace, tooMany } from './keys.ts';
import { failedAt, stops, unshowable } from './strings.ts';
import { cutZeros, escaped, readValue, valueBegin, valueEnd, valueKind } from './values.ts';

const LF: u32 = 10,
  CR: u32 = 13,
  TAB: u32 = 9,
  SPACE: u32 = 32,
  QUOTE: u32 = 34,
  COMMA: u32 = 44;
const OPEN_LIST: u32 = 91,
  CLOSE_LIST: u32 = 93,
  OPEN: u32 = 123,
  CLOSE: u32 = 125;

// the state at `position`
let expect: u32 = FIRST_BYTE,
  lines: bool = false,
  lineSince: bool = true;
let rowsBefore: f64 = 0,
  position: u32 = 0,
  rows: u32 = 0;
let sawUnshowable: bool = false;
/** For each column the record it came in last: all records that were begun are counted, from 1. */
export let lastRecord: usize = 0,
  unitBegin: u32 = 0;
let record: u32 = 0;
/** In a filter job where the records of the unit begin and end, u32 each; otherwise 0. */
export let recordPlaces: usize = 0;
/** Columns of the unit, in the order of their first fields. */
let touched: usize = 0,
  touchedCount: u32 = 0;
/** The record in which a column had a string that cannot be shown, for each column. */
let unshowableIn: usize = 0;

/** Makes the tables of columns and keys. Once per job. */
export function prepareRecords(): void {
  lastRecord = allocate(MAX_COLUMNS * 4);
  unshowableIn = allocate(MAX_COLUMNS * 4);
  memory.fill(lastRecord, 0, MAX_COLUMNS * 4);
  memory.fill(unshowableIn, 0, MAX_COLUMNS * 4);
  if (shared().isFilter !== 0) recordPlaces = allocate(shared().unitRows << 3);
  prepareTouched(MAX_COLUMNS);
  prepareKeys();
}
/** Where the next call of walk goes on, in bytes from the block's begin: what is before has been taken. */
export function walkedTo(): u32 {
  return position;
}
/** Records of the unit that was walked last. */
export function unitRows(): u32 {
  return rows;
}
/** Records before and in the unit. */
export function recordCount(): f64 {
  return rowsBefore;
}
/** What may come next: FIRST_BYTE and the others of border/statuses.ts. */
export function expected(): u32 {
  return expect;
}
/** The file has objects one after another, mostly one per line, instead of a list. */
export function isLines(): bool {
  return lines;
}
/** A line feed has been read since the last record, or there is no record yet. */
export function newlineSince(): bool {
  return lineSince;
}
/** A string had U+0000 or a lone surrogate. */
export function sawUnshowableString(): bool {
  return sawUnshowable;
}
/**
 * Goes on to the next record; keeps the state.
 * @returns where its brace is, or 0 when the block ends or `position` is odd
 */
function between(p: usize, end: usize): usize {
  for (; p < end; p++) {
    const byte = <u32>load<u8>(p);
    if (byte === OPEN) {
      if (expect === FIRST_BYTE) {
        lines = true;
        return p;
      }
      if (expect === LINE_OR_RECORD || expect === RECORD || expect === RECORD_OR_END) return p;
      break;
    }
    if (byte === LF) lineSince = true;
    else if (byte === SPACE || byte === CR || byte === TAB) continue;
    else if (byte === COMMA && expect === COMMA_OR_END) expect = RECORD;
    else if (byte === OPEN_LIST && expect === FIRST_BYTE) expect = RECORD_OR_END;
    else if (byte === CLOSE_LIST && (expect === COMMA_OR_END || expect === RECORD_OR_END)) expect = NOTHING;
    else break;
  }
  stoppedAt = p;
  return 0;
}
let stoppedAt: usize = 0;

/**
 * Takes whole records from `from` on, into a new unit. 64 bytes beyond the block's `length` are overwritten.
 * @returns MORE, FULL, ODD or TOO_MANY; in each case the unit has unitRows() records
 */
export function walk(block: usize, from: u32, length: u32): u32 {
  const end = block + length;
  memory.fill(end, 0, 64);
  const room = beginUnit(columnsSoFar());
  resetArena();
  unitBegin = record + 1;
  touched = currentUnit().touched;
  touchedCount = 0;
  rows = 0;
  let p = block + from,
    row: u32 = 0;
  for (;;) {
    if (row === room) {
      position = <u32>(p - block);
      return done(row, FULL);
    }
    const begin = between(p, end);
    if (begin === 0) {
      position = <u32>(stoppedAt - block);
      return done(row, stoppedAt < end ? ODD : MORE);
    }
    position = <u32>(begin - block);
    p = walkRecord(begin, row);
    if (p === 0) {
      if (tooMany) return done(row, TOO_MANY);
      return done(row, failedAt < end || end - begin > <usize>MAX_RECORD_BYTES ? ODD : MORE);
    }
    if (p - begin > <usize>MAX_RECORD_BYTES) return done(row, ODD);
    if (noRoom) return done(row, FULL);
    if (recordPlaces !== 0) {
      store<u32>(recordPlaces + ((<usize>row) << 3), <u32>begin);
      store<u32>(recordPlaces + ((<usize>row) << 3), <u32>p, 4);
    }
    lineSince = false;
    expect = lines ? LINE_OR_RECORD : COMMA_OR_END;
    row++;
  }
  return 0;
}
function done(row: u32, status: u32): u32 {
  rows = row;
  rowsBefore += <f64>row;
  currentUnit().touchedCount = touchedCount;
  return status;
}
/** A column of the record had no room in the unit. */
let noRoom: bool = false;

/** The record whose brace is at p. @returns what is behind it; 0: broken at failedAt, or tooMany */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one loop whose state must stay in registers
function walkRecord(p: usize, row: u32): usize {
  const now = ++record,
    firstOfUnit = unitBegin,
    last = lastRecord,
    levels = lines ? MAX_DEPTH - 1 : MAX_DEPTH - 2;
  let unshown: u32 = 0,
    entry = root;
  noRoom = false;
  p++;
  for (;;) {
    const next = entry.next;
    if (matches(next, p)) {
      p = skipSpace(p + next.length); // there may be more of it than last time
      entry = next;
    } else {
      if (load<u8>(p) === CLOSE && entry !== root) {
        p++;
        break;
      }
      entry = findGap(p, entry);
      if (changetype<usize>(entry) === 0) return 0;
      p = gapEnd;
      if (entry === root) break;
    }
    let column = entry.column;
    const stamp = last + ((<usize>column) << 2),
      before = load<u32>(stamp);
    store<u32>(stamp, now);
    if (before < firstOfUnit) {
      if (beginColumn(column)) {
        store<u32>(touched + ((<usize>touchedCount) << 2), column);
        touchedCount++;
      } else {
        noRoom = true;
        column = spareColumn();
      }
    } else if (before === now) {
      const at = unshowableIn + ((<usize>column) << 2);
      if (load<u32>(at) === now) {
        store<u32>(at, 0); // it does not count
        unshown--;
      }
      if (noRoom) column = spareColumn();
      setColumn(entry.column);
      p = readValue(p, levels, rowsBefore + <f64>row + 1);
      if (p === 0) return 0;
      if (markRepeated(entry.column)) repeatedKey(rowsBefore + <f64>row + 1, entry.column);
      setField(column, row, valueBegin, valueEnd, valueKind);
      if (valueKind === STRING_VALUE && escaped && unshowable) {
        store<u32>(at, now);
        unshown++;
      }
      continue;
    }
    const bytes = v128.load(p);
    if (load<u8>(p) === QUOTE) {
      let q = p + 1,
        found = stops(v128.load(q));
      while (found === 0) {
        q += 16;
        found = stops(v128.load(q));
      }
      q += <usize>ctz(found);
      if (load<u8>(q) === QUOTE) {
        setField(column, row, p + 1, q, STRING_VALUE);
        p = q + 1;
        continue;
      }
    } else {
      const digits = i8x16.bitmask(i8x16.le_u(i8x16.sub(bytes, v128.load(ZEROS)), v128.load(NINES)));
      const points = i8x16.bitmask(i8x16.eq(bytes, v128.load(POINTS)));
      const zeros = <u32>i8x16.bitmask(i8x16.eq(bytes, v128.load(ZEROS)));
      const minus = u32(load<u8>(p) === 45);
      const n = <u32>ctz(~(digits | points | minus)),
        inside = ((<u32>1) << n) - 1;
      const digit = digits & inside,
        point = points & inside;
      // something that is not a number, too long, or wrong: two points, one that is not between digits, a zero before a
      // digit, -0
      const leading = (zeros >> minus) & ~(point >> (minus + 1)) & u32(n !== 1) & 1;
      const odd =
        (((point << 1) | (point >> 1)) & ~digit) |
        (point & (point - 1)) |
        (((digit >> minus) & 1) ^ 1) |
        leading |
        (n >> 4);
      const after = <u32>load<u8>(p + n) | 32;
      if (odd === 0 && after !== 101) {
        if (point !== 0 && ((zeros >> (n - 1)) & 1) !== 0) {
          cutZeros(p, n, <u32>ctz(point), zeros & inside);
          setField(column, row, start, start + n, WRITTEN_NUMBER);
        } else setField(column, row, p, p + n, NUMBER_VALUE);
        p += n;
        continue;
      }
    }
    setColumn(entry.column);
    p = readValue(p, levels, rowsBefore + <f64>row + 1);
    if (p === 0) return 0;
    setField(column, row, valueBegin, valueEnd, valueKind);
    if (valueKind === STRING_VALUE && escaped && unshowable) {
      store<u32>(unshowableIn + ((<usize>entry.column) << 2), now);
      unshown++;
    }
  }
  sawUnshowable = sawUnshowable || (unshown > 0 && !noRoom);
  return p;
}
