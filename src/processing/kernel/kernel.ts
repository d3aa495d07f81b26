// The kernel's face to its host: a job is prepared once, each thread attaches to it, blocks are published, threads work, and at the
// end every column is described.

import { settleBound } from './columns/column-pass';
import {
  allocateColumns,
  columnAt,
  countsOf,
  highestOf,
  lowestOf,
  nullsOf,
  numbersOf,
  prepareColumns,
  stringsOf,
} from './columns/column-state';
import { attachDeferred, fillGap, takeLog } from './columns/deferred';
import { attachNumeric } from './columns/numeric-pass';
import { attachTemporal } from './columns/temporal-pass';
import { settleLengths } from './columns/text-lengths';
import { dropTexts } from './columns/text-store';
import { dropTables, prepareTables, slotsOf } from './columns/value-table';
import { indexBlock } from './csv/index-scanner';
import { preparePartitions } from './end/duplicates';
import { beginsOf, currentUnit, endsOf, kindsOf } from './json/fields';
import { MAX_COLUMNS } from './json/keys';
import { prepareRecords, walk as walkBlock } from './json/records';
import { attachLanes } from './lanes';
import { dropSequence, loadSequence, part, partEnd } from './memory/chunks';
import { allocate, give, prepareMemory, take } from './memory/memory';
import { badRowsAt, base, blockOf, LANES, laneAt, Shared, shared, unitOf } from './memory/shared';
import { attachFields, prepareFields } from './values/field';
import { attachNumbers, prepareNumbers } from './values/number-parser';
import { MAX_TOKENS } from './values/value-class';

export { endHead, headPiece, headPieceBytes, headRowCount, headRows, openHead, readHead } from './csv/head';
export {
  indexEndings,
  indexEndsInCr,
  indexInQuotes,
  indexLines,
  indexSawNonAscii,
  indexSawNul,
} from './csv/index-scanner';
export { duplicateCount, duplicateExamples, examplesAt, findDuplicates } from './end/duplicates';
export { entryLengths, entryTotals } from './end/entry-totals';
// not for the host: exported, they stay functions of their own, called once a chunk. The runtime makes a function fast while it is
// called again and again; a loop over all chunks in one call would run to its end as it was compiled first.
export {
  bucketsAt,
  collectChunk,
  collectNumbers,
  countOutside,
  resultsAt,
  surveyChunk,
  surveyNumbers,
} from './end/number-passes';
export { outsidePairs, spreadPairs, surveyPairs } from './end/pair-passes';
export { topCandidates, topEntries, topsAt } from './end/top-values';
export { keyLength, keyText } from './json/keys';
export { countPlaces, placeCharacters, placeLines } from './json/places';
export {
  expected,
  isLines,
  isTouched,
  newlineSince,
  recordCount,
  recordSpansLines,
  sawUnshowableString,
  unitBegins,
  unitRows,
  walkedTo,
} from './json/records';
export { emitUnit, hasUnit, isReady, work } from './lanes';
export { allocate } from './memory/memory';

const LEAST_ROWS: u32 = 16,
  JSON_LANES: u32 = 16;

/**
 * Once a job, by its first thread. `budget` bytes of what grows with the rows stay in memory when there is a spill. Columns of JSON
 * come later; a unit has at most `unitRows` rows and about `unitCells` fields.
 */
export function prepare(
  columns: u32,
  delimiter: u32,
  bound: u32,
  threads: u32,
  budget: u32,
  tableBudget: u32,
  spills: u32,
  isJson: u32,
  blockBytes: u32,
  chunkBytes: u32,
  wideColumns: u32,
  unitRows: u32,
  unitCells: u32,
  places: u32,
): void {
  prepareMemory();
  const s = shared();
  s.columnCount = columns;
  s.delimiter = delimiter;
  s.bound = bound;
  s.threads = threads;
  s.places = places;
  s.budget = budget;
  s.tableBudget = tableBudget;
  s.spills = spills;
  s.isJson = isJson;
  s.wideColumns = wideColumns;
  s.isWide = u32(columns >= wideColumns);
  s.chunkBytes = chunkBytes;
  s.unitCells = unitCells;
  s.tokens = allocate(MAX_TOKENS * 8);
  memory.fill(s.tokens, 0, MAX_TOKENS * 8);
  prepareFields();
  prepareNumbers();
  preparePartitions();
  s.columnTable = allocateColumns(isJson ? MAX_COLUMNS : columns);
  prepareColumns(0, columns);
  for (let i: u32 = 0; i < columns; i++) prepareTables(columnAt(i));
  s.unitRows = isJson ? unitRows : min(unitRows, max(LEAST_ROWS, unitCells / (columns + 1)));
  s.stride = (s.unitRows + 16) << 2; // not a power of two: columns would share the same places of the cache
  for (let n: u32 = 0; n < places; n++) {
    const unit = unitOf(n);
    if (!isJson) unit.fields = allocate((columns + 1) * s.stride);
    unit.hashes = allocate(threads * (s.unitRows << 4));
    unit.begun = allocate(64);
    const block = blockOf(n);
    block.bytes = take(blockBytes);
    block.capacity = blockBytes;
  }
  const lanes = isJson ? JSON_LANES : min(columns, LANES);
  s.laneCount = lanes;
  for (let i: u32 = 0; i < lanes; i++) {
    const lane = laneAt(i);
    lane.from = <u32>((<u64>columns * i) / lanes);
    lane.to = <u32>((<u64>columns * (i + 1)) / lanes);
    lane.owner = (i * threads) / lanes; // neighbours share the lines of the cache that their fields are in
  }
  if (isJson) prepareRecords();
}
/** Once a thread, after `prepare`. */
export function attach(thread: u32): void {
  attachFields();
  attachNumbers();
  attachLanes(thread);
  attachTemporal();
  attachNumeric(1 << (32 - clz(max(shared().unitRows, shared().chunkBytes / 2) - 1)));
  attachDeferred();
}
export function tokenTable(): usize {
  return shared().tokens;
}
export function blockRing(): u32 {
  return shared().places;
}
export function blockBytes(n: u32): usize {
  return blockOf(n).bytes;
}
export function blockCapacity(n: u32): u32 {
  return blockOf(n).capacity;
}
/** A block that was made larger for one row takes its usual size again; nothing of it is kept. */
export function shrinkBlock(n: u32, bytes: u32): void {
  const block = blockOf(n);
  if (block.capacity === bytes) return;
  give(block.bytes, block.capacity);
  block.bytes = take(bytes);
  block.capacity = bytes;
}
/** Room for twice as many bytes; the first `have` are kept. */
export function enlargeBlock(n: u32, have: u32): void {
  const block = blockOf(n),
    larger = take(block.capacity * 2);
  memory.copy(larger, block.bytes, have);
  give(block.bytes, block.capacity);
  block.bytes = larger;
  block.capacity *= 2;
}
/** Marks the fields of the block's first bytes. @returns bytes up to the end of its last whole row */
export function index(n: u32, length: u32, afterCr: u32): u32 {
  return indexBlock(blockOf(n), length, shared().delimiter, afterCr !== 0);
}
/** Hands the block's first bytes, whole rows, to the threads. */
export function publish(n: u32, length: u32, line: f64, afterCr: u32): void {
  const block = blockOf(n);
  block.length = length;
  block.line = line;
  block.afterCr = afterCr;
  atomic.add<u32>(base() + offsetof<Shared>('published'), 1);
}
/** Takes records of JSON from a block's bytes into the next unit: see json-records.ts. */
export function walk(n: u32, from: u32, length: u32): u32 {
  return walkBlock(blockOf(n).bytes, from, length);
}
/** All of the block's units have been emitted or will be: it is free when the last is finished. */
export function publishWalked(): void {
  atomic.add<u32>(base() + offsetof<Shared>('published'), 1);
  atomic.add<u32>(base() + offsetof<Shared>('splitting'), 1);
}
// the fields of the unit that was walked last
export function touchedColumns(): usize {
  return currentUnit().touched;
}
export function touchedColumnCount(): u32 {
  return currentUnit().touchedCount;
}
export function fieldBegins(column: u32): usize {
  return beginsOf(currentUnit(), column);
}
export function fieldEnds(column: u32): usize {
  return endsOf(currentUnit(), column);
}
export function fieldKinds(column: u32): usize {
  return kindsOf(currentUnit(), column);
}
export function freed(): u32 {
  return atomic.load<u32>(base() + offsetof<Shared>('freed'));
}
export function published(): u32 {
  return atomic.load<u32>(base() + offsetof<Shared>('published'));
}
/** The block being split holds a row that is the host's to judge: its number, and the rows before it. */
export function isFaulty(): bool {
  return shared().fault !== 0;
}
export function faultyBlock(): u32 {
  return shared().splitting;
}
export function rowsBeforeFault(): f64 {
  return blockOf(shared().splitting).rowsBefore;
}
export function totalRows(): f64 {
  return shared().rowCount;
}
export function stop(): void {
  atomic.store<u32>(base() + offsetof<Shared>('stopped'), 1);
}
/** Whether the host waits for blocks; asked and cleared by the thread that frees one. */
export function setWaiting(): void {
  atomic.store<u32>(base() + offsetof<Shared>('hostWaits'), 1);
}
export function clearWaiting(): bool {
  return atomic.xchg<u32>(base() + offsetof<Shared>('hostWaits'), 0) !== 0;
}
/** The next of what is to be done at the end, for any thread. */
export function claimColumn(): u32 {
  return atomic.add<u32>(base() + offsetof<Shared>('nextColumn'), 1);
}
export function claimPartition(): u32 {
  return atomic.add<u32>(base() + offsetof<Shared>('nextPartition'), 1);
}
export function isJson(): u32 {
  return shared().isJson;
}
export function columnCount(): u32 {
  return shared().columnCount;
}
export function badRows(): u32 {
  return shared().badRows;
}
export function badExamples(): u32 {
  return shared().badExamples;
}
export function badExamplesAt(): usize {
  return badRowsAt();
}
export function emptyRows(): u32 {
  return shared().emptyRows;
}
export function emptyLine(): f64 {
  return shared().emptyLine;
}
/** Bytes that begin a character beyond ASCII. */
export function beginningsIn(from: usize, length: u32): u32 {
  const end = from + length;
  let n: u32 = 0;
  for (; from + 16 <= end; from += 16) n += popcnt(i8x16.bitmask(i8x16.ge_u(v128.load(from), i8x16.splat(<i8>0xc0))));
  for (; from < end; from++) n += u32(load<u8>(from) >= 0xc0);
  return n;
}
/** From here on there may be bytes that are no UTF-8. */
export function setWrongBytes(): void {
  atomic.store<u32>(base() + offsetof<Shared>('hasWrongBytes'), 1);
}

/** What one column knows, as doubles: see KernelColumn of the host for their order. Takes what was put off first. */
export function describe(i: u32, out: usize): void {
  const c = columnAt(i);
  takeLog(c);
  fillGap(c, shared().rowCount);
  settleBound(c);
  settleLengths(c);
  let at = out;
  at = put(at, <f64>c.mode);
  at = put(at, <f64>c.distinct);
  at = put(at, <f64>c.registers);
  at = put(at, <f64>numbersOf(c).count);
  at = put(at, <f64>c.pairs);
  at = put(at, <f64>c.pairCount);
  at = put(at, c.min);
  at = put(at, c.max);
  at = put(at, <f64>c.pointsMin);
  at = put(at, <f64>c.pointsMax);
  at = put(at, <f64>c.pointsSum);
  at = put(at, <f64>c.bytesMin);
  at = put(at, <f64>c.bytesMax);
  at = put(at, <f64>c.bytesSum);
  at = put(at, <f64>c.times);
  at = put(at, <f64>c.earliestLength);
  at = put(at, <f64>c.latestLength);
  at = put(at, <f64>c.highCount);
  at = put(at, <f64>c.lowCount);
  at = put(at, <f64>highestOf(c));
  at = put(at, <f64>lowestOf(c));
  at = put(at, <f64>countsOf(c));
  at = put(at, <f64>nullsOf(c));
  at = put(at, <f64>slotsOf(c));
  at = put(at, <f64>c.examples);
  at = put(at, <f64>c.smallest);
  at = put(at, <f64>c.largest);
  at = put(at, <f64>c.kinds);
  at = put(at, <f64>stringsOf(c));
  at = put(at, <f64>shared().bound);
  at = put(at, <f64>c.notes);
  at = put(at, <f64>c.lengths);
  put(at, <f64>c.pointed);
}
function put(at: usize, value: f64): usize {
  store<f64>(at, value);
  return at + 8;
}
let scratch: usize = 0;
/** Chunk k of a column's numbers: where it begins; it ends at `partEnd`. Valid until the next call. */
export function numbersPart(i: u32, k: u32): usize {
  if (scratch === 0) scratch = take(shared().chunkBytes);
  return part(numbersOf(columnAt(i)), k, scratch);
}
export function numbersPartEnd(): usize {
  return partEnd;
}
/** Brings a column's numbers back into memory, when they are few enough: several passes read them. */
export function loadNumbers(i: u32): void {
  loadSequence(numbersOf(columnAt(i)), 16 << 20);
}
/** The column's facts are known: what they were made of goes. */
export function dropColumn(i: u32): void {
  const c = columnAt(i);
  if (c.short !== 0) dropTables(c);
  dropTexts(c);
  dropSequence(numbersOf(c));
}
