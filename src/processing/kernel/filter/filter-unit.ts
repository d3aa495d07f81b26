// A filter job: instead of being counted, the rows of a unit are tested, and those that pass are listed for the host,
// which makes rows of their bytes. Columns that no test is about are not read.

import { BAD_TEST, BIT_TEST, FOUND_BYTES, NEGATED, ROW_HASH_BYTES } from '../border/tests.ts';
import { appendRows } from '../end/duplicates.ts';
import { beginsOf, endsOf, kindsOf } from '../json/fields.ts';
import { recordPlaces } from '../json/records.ts';
import { allocate, give, take } from '../memory/memory.ts';
import { Block, Shared, shared, Unit } from '../memory/shared.ts';
import { finishRow, first, second } from '../values/row-hash.ts';
import { hashRows } from './row-hashes.ts';
import { nextText, Test, tests, textAt } from './tests.ts';
import { takesNull, testColumn } from './value-tests.ts';

/** Rows up to this number are none of the file's: the reading began behind them. */
let skipped: f64 = 0;
/** Rows up to this number are not listed, and no more than so many. */
let after: f64 = 0,
  most: f64 = 0;
/** Rows that passed. */
let matched: f64 = 0,
  listed: f64 = 0;
/** A byte for each row of a unit. */
let passed: usize = 0;
/** FOUND_ records of the rows that were listed since the host has taken them. */
let found: usize = 0,
  foundRoom: u32 = 0,
  foundCount: u32 = 0;
/** Hashes of all rows go to the partitions of duplicates.ts; the hash of this row is kept. */
let collectsHashes: bool = false,
  wantedRow: f64 = 0,
  wantedHash: usize = 0,
  hasWanted: bool = false;

/**
 * Once per job, after `prepare`, before tests are added.
 * @param hashed the row whose hash is wanted; 0 for none
 * @param before rows of the file before the reading, and `standIns` among its first rows that are none of the file's
 */
export function beginFilter(
  before: f64,
  standIns: f64,
  listedAfter: f64,
  listedMost: f64,
  collects: bool,
  hashed: f64,
): void {
  const s = shared();
  s.rowCount = before - standIns;
  skipped = before;
  after = listedAfter;
  most = listedMost;
  collectsHashes = collects;
  wantedRow = hashed;
  passed = allocate(s.unitRows);
  wantedHash = allocate(ROW_HASH_BYTES + 4);
  s.misfits = allocate(s.unitRows);
  memory.fill(s.misfits, 0, s.unitRows);
}
/** How many rows have passed so far. */
export function matchedRows(): f64 {
  return matched;
}
/** How many FOUND_ records there are, at foundAt(). */
export function foundRows(): u32 {
  return foundCount;
}
export function foundAt(): usize {
  return found;
}
/** The host has taken them. */
export function takeFound(): void {
  foundCount = 0;
}
/** Where the hash of the row is that was wanted, ROW_HASH_BYTES; 0 before it has come. */
export function hashAt(): usize {
  return hasWanted ? wantedHash : 0;
}

/** Tests the rows of the unit that was split or emitted last, before another one is. */
export function filterUnit(unit: Unit, block: Block): void {
  const s = shared(),
    n = unit.rows;
  if (collectsHashes || wantedRow > 0) {
    hashRows(s, unit);
    keepWanted(unit);
    if (collectsHashes) appendRows(unit);
  }
  if (n === 0) return;
  memory.fill(passed, 1, n);
  let isHashed = false;
  for (let at = tests; at !== 0; ) {
    const t = changetype<Test>(at);
    if (t.kind < BAD_TEST) testValues(s, t, unit);
    else if (t.kind === BAD_TEST) testMisfits(s, t, n);
    else if (t.kind === BIT_TEST) testBits(t, unit);
    else {
      if (!isHashed) hashRows(s, unit);
      isHashed = true;
      testHashes(t, unit);
    }
    at = t.next;
  }
  if (s.isJson === 0) memory.fill(s.misfits, 0, n);
  list(s, unit, block);
}

function testValues(s: Shared, t: Test, unit: Unit): void {
  const i = t.column,
    n = unit.rows;
  if (s.isJson) {
    for (let k: u32 = 0; k < unit.touchedCount; k++)
      if (load<u32>(unit.touched + ((<usize>k) << 2)) === i) {
        testColumn<u32>(t, beginsOf(unit, i), endsOf(unit, i), kindsOf(unit, i), n, passed);
        return;
      }
  } else if (i < unit.width) {
    const begins = unit.fields + i * s.stride;
    testColumn<u8>(t, begins, begins + s.stride, 0, n, passed);
    return;
  }
  if (!takesNull(t)) memory.fill(passed, 0, n); // no row has the column
}
function testMisfits(s: Shared, t: Test, n: u32): void {
  const isWanted = (t.flags & NEGATED) === 0;
  for (let r: u32 = 0; r < n; r++) if ((load<u8>(s.misfits + r) !== 0) !== isWanted) store<u8>(passed + r, 0);
}
function testBits(t: Test, unit: Unit): void {
  const bits = textAt(t.texts),
    isWanted = (t.flags & NEGATED) === 0,
    n = unit.rows;
  let row = <u32>unit.firstRow;
  for (let r: u32 = 0; r < n; r++, row++)
    if (((load<u8>(bits + (row >> 3)) >> (row & 7)) & 1) !== u32(isWanted)) store<u8>(passed + r, 0);
}
function testHashes(t: Test, unit: Unit): void {
  const n = unit.rows;
  for (let r: u32 = 0; r < n; r++) {
    const at = unit.hashes + ((<usize>r) << 4);
    if (load<u8>(passed + r) === 0) continue;
    finishRow(load<u64>(at), load<u64>(at, 8));
    let isOne = false;
    for (let item = t.texts; item !== 0; item = nextText(item))
      isOne = isOne || (load<u64>(textAt(item)) === first && load<u32>(textAt(item), 8) === <u32>second);
    if (!isOne) store<u8>(passed + r, 0);
  }
}
function keepWanted(unit: Unit): void {
  const r = wantedRow - unit.firstRow;
  if (r < 0 || r >= <f64>unit.rows) return;
  const at = unit.hashes + ((<usize>(<u32>r)) << 4);
  finishRow(load<u64>(at), load<u64>(at, 8));
  store<u64>(wantedHash, first);
  store<u32>(wantedHash, <u32>second, 8);
  hasWanted = true;
}

/** Where lines were counted up to, in which block, and what they were. */
let countedBlock: u32 = u32.MAX_VALUE,
  countedTo: usize = 0,
  countedLines: u32 = 0,
  isAfterCr: bool = false;

function list(s: Shared, unit: Unit, block: Block): void {
  const n = unit.rows,
    from = unit.firstRow;
  if (countedBlock !== s.freed) {
    countedBlock = s.freed;
    countedTo = block.bytes;
    countedLines = 0;
    isAfterCr = s.isJson === 0 && block.afterCr !== 0;
  }
  for (let r: u32 = 0; r < n; r++) {
    if (load<u8>(passed + r) === 0 || from + <f64>r <= skipped) continue;
    matched += 1;
    if (from + <f64>r <= after || listed >= most) continue;
    listed += 1;
    if (foundCount === foundRoom) grow();
    const at = found + <usize>foundCount * FOUND_BYTES;
    foundCount++;
    let begin: usize, end: usize;
    if (s.isJson) {
      begin = load<u32>(recordPlaces + ((<usize>r) << 3));
      end = load<u32>(recordPlaces + ((<usize>r) << 3), 4);
    } else {
      const fields = unit.fields + ((<usize>r) << 2);
      begin = load<u32>(fields) + 1;
      end = r + 1 < n ? load<u32>(fields, 4) + 1 : block.bytes + (unit.isLast !== 0 ? block.length : s.splitAt);
    }
    countLines(begin, s.isJson !== 0);
    store<u32>(at, <u32>(from + <f64>r));
    store<u32>(at, <u32>begin, 4);
    store<u32>(at, <u32>end, 8);
    store<u32>(at, countedLines, 12);
  }
}
function grow(): void {
  const room = max<u32>(foundRoom * 2, 256),
    larger = take(room * FOUND_BYTES);
  if (foundRoom > 0) {
    memory.copy(larger, found, foundCount * FOUND_BYTES);
    give(found, foundRoom * FOUND_BYTES);
  }
  found = larger;
  foundRoom = room;
}
/** Counts line ends up to `to`: those in quotes too, CRLF as one; of JSON only LF. */
function countLines(to: usize, isJson: bool): void {
  const lf = i8x16.splat(10),
    cr = i8x16.splat(13);
  let before: u32 = u32(isAfterCr);
  for (let p = countedTo; p < to; p += 16) {
    const bytes = v128.load(p),
      length = min<u32>(<u32>(to - p), 16),
      inside = length < 16 ? ((<u32>1) << length) - 1 : 0xffff;
    const lfs = <u32>i8x16.bitmask(i8x16.eq(bytes, lf)) & inside;
    if (isJson) {
      countedLines += popcnt(lfs);
      continue;
    }
    const crs = <u32>i8x16.bitmask(i8x16.eq(bytes, cr)) & inside;
    countedLines += popcnt(lfs) + popcnt(crs) - popcnt(lfs & ((crs << 1) | before));
    before = (crs >> (length - 1)) & 1;
  }
  isAfterCr = before !== 0;
  countedTo = to;
}
