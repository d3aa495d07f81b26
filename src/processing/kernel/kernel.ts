// What the kernel offers its host: a job is prepared once, each thread attaches to it, blocks are published, threads
// work, and at the end every column is described.

import { JobShape } from './border/layout.ts';
import { MAX_COLUMNS, MAX_TOKENS, TOKEN_BYTES } from './border/limits.ts';
import { allocateColumns, columnAt, numbersOf, prepareColumns } from './columns/column-state.ts';
import { attachDeferred } from './columns/deferred.ts';
import { attachNumeric } from './columns/numeric-pass.ts';
import { attachTemporal } from './columns/temporal-pass.ts';
import { dropTexts } from './columns/text-store.ts';
import { dropTables, prepareTables } from './columns/value-table.ts';
import { indexBlock } from './csv/index-scanner.ts';
import { preparePartitions } from './end/duplicates.ts';
import { prepareRecords, walk as walkBlock } from './json/records.ts';
import { attachLanes } from './lanes.ts';
import { dropSequence, loadSequence, part, partEnd } from './memory/chunks.ts';
import { allocate, give, prepareMemory, take } from './memory/memory.ts';
import { badRowsAt, base, blockOf, LANES, laneAt, Shared, shared, unitOf } from './memory/shared.ts';
import { attachFields, prepareFields } from './values/field.ts';
import { attachNumbers, prepareNumbers } from './values/number-parser.ts';

export { addDeclared, declareColumn } from './columns/declared.ts';
export { endHead, headPiece, headPieceBytes, headRowCount, headRows, openHead, readHead } from './csv/head.ts';
export {
  indexEndings,
  indexEndsInCr,
  indexLines,
  indexSawNul,
} from './csv/index-scanner.ts';
export { describe } from './end/column-summary.ts';
export { datesFrom } from './end/dates.ts';
export {
  duplicateCount,
  duplicateExamples,
  examplesAt,
  findDuplicates,
  markRepeated,
  repeatedBytes,
} from './end/duplicates.ts';
export { entryLengths, entryTotals } from './end/entry-totals.ts';
// The functions of one chunk are not for the host: exported, they stay functions of their own, called once per chunk.
// The runtime makes a function fast while it is called again and again; a loop over all chunks in one call would run to
// its end as it was compiled first.
export {
  binChunk,
  binNumbers,
  bucketsAt,
  collectChunk,
  collectNumbers,
  outsideChunk,
  outsideNumbers,
  resultsAt,
  surveyChunk,
  surveyNumbers,
} from './end/number-passes.ts';
export { binPairs, outsidePairs, spreadPairs, surveyPairs } from './end/pair-passes.ts';
export { topCandidates, topEntries, topsAt } from './end/top-values.ts';
export {
  beginFilter,
  foundAt,
  foundRows,
  hashAt,
  matchedRows,
  takeFound,
} from './filter/filter-unit.ts';
export { addTest, addText, endTest } from './filter/tests.ts';
export { classCountsAt } from './filter/value-tests.ts';
export { keyLength, keyText } from './json/keys.ts';
export { readLeniently } from './json/nested.ts';
export { countPlaces, placeCharacters, placeLines } from './json/places.ts';
export {
  expected,
  isLines,
  newlineSince,
  recordCount,
  sawUnshowableString,
  unitRows,
  walkedTo,
} from './json/records.ts';
export { emitUnit, hasUnit, isReady, work } from './lanes.ts';
export { allocate } from './memory/memory.ts';
export { beginChunk, takeDictionary } from './parquet/chunk.ts';
export {
  beginGroup,
  beginPart,
  decompressPage,
  endChunk,
  endGroup,
  filePlace,
  levelsPlace,
  openColumns,
  plainPage,
  storedPart,
  takePage,
  takePart,
} from './parquet/pages.ts';
export { beginPlain, feedPlain, missingBytes, passPlain, plainBytes, plainPlace } from './parquet/plain.ts';
export { addNullText } from './values/null-texts.ts';

const LEAST_ROWS: u32 = 16,
  JSON_LANES: u32 = 16;

/** The JobShape for `prepare`. */
const shape = memory.data(offsetof<JobShape>(), 8);
/** Where the host writes it: a JobShape, doubles in the order of its fields. */
export function shapeAt(): usize {
  return shape;
}
/** Once per job, by its first thread, after the JobShape was written: takes all memory whose size is known by then. */
export function prepare(): void {
  const job = changetype<JobShape>(shape),
    columns = <u32>job.columns,
    threads = <u32>job.threads,
    blockBytes = <u32>job.blockBytes,
    unitRows = <u32>job.unitRows,
    places = <u32>job.places,
    isJson = job.isJson !== 0;
  prepareMemory();
  const s = shared();
  s.columnCount = columns;
  s.delimiter = <u32>job.delimiter;
  s.bound = <u32>job.bound;
  s.threads = threads;
  s.places = places;
  s.budget = <u32>job.budget;
  s.tableBudget = <u32>job.tableBudget;
  s.spills = <u32>job.spills;
  s.isJson = u32(isJson);
  s.isFilter = <u32>job.isFilter;
  s.hasRules = <u32>job.hasRules;
  s.decimal = <u32>job.decimal;
  s.thousands = <u32>job.thousands;
  s.dateOrder = <u32>job.dateOrder;
  s.wideColumns = <u32>job.wideColumns;
  s.isWide = u32(columns >= s.wideColumns);
  s.chunkBytes = <u32>job.chunkBytes;
  s.unitCells = <u32>job.unitCells;
  s.tokens = allocate(MAX_TOKENS * TOKEN_BYTES);
  memory.fill(s.tokens, 0, MAX_TOKENS * TOKEN_BYTES);
  prepareFields();
  prepareNumbers();
  preparePartitions();
  s.columnTable = allocateColumns(isJson ? MAX_COLUMNS : columns);
  prepareColumns(0, columns);
  if (s.isFilter === 0) for (let i: u32 = 0; i < columns; i++) prepareTables(columnAt(i));
  s.unitRows = isJson ? unitRows : min(unitRows, max(LEAST_ROWS, s.unitCells / (columns + 1)));
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
/** Once per thread, after `prepare`. @param thread its number, from 0 */
export function attach(thread: u32): void {
  attachFields();
  attachNumbers();
  attachLanes(thread);
  attachTemporal();
  attachNumeric(1 << (32 - clz(max(shared().unitRows, shared().chunkBytes / 2) - 1)));
  attachDeferred();
}
/** Where the host writes the null tokens before the first block: MAX_TOKENS of TOKEN_BYTES bytes, zeros behind each. */
export function tokenTable(): usize {
  return shared().tokens;
}
/** How many blocks there are: block n is in place n modulo this number. */
export function blockRing(): u32 {
  return shared().places;
}
/** Where the bytes of block n are. Ask again after shrinkBlock and enlargeBlock, which move them. */
export function blockBytes(n: u32): usize {
  return blockOf(n).bytes;
}
/** Bytes that block n has room for. */
export function blockCapacity(n: u32): u32 {
  return blockOf(n).capacity;
}
/** Block n, made larger for one row, takes its usual size of `bytes` again; its content is not kept. */
export function shrinkBlock(n: u32, bytes: u32): void {
  const block = blockOf(n);
  if (block.capacity === bytes) return;
  give(block.bytes, block.capacity);
  block.bytes = take(bytes);
  block.capacity = bytes;
}
/** Doubles the room of block n; its first `have` bytes are kept. */
export function enlargeBlock(n: u32, have: u32): void {
  const block = blockOf(n),
    larger = take(block.capacity * 2);
  memory.copy(larger, block.bytes, have);
  give(block.bytes, block.capacity);
  block.bytes = larger;
  block.capacity *= 2;
}
/**
 * Marks the fields of block n's first `length` bytes. O(bytes).
 * @param afterCr 1 when the byte before the block is a CR
 * @returns bytes up to the end of the last whole row, 0 when no row ends
 */
export function index(n: u32, length: u32, afterCr: u32): u32 {
  return indexBlock(blockOf(n), length, shared().delimiter, afterCr !== 0);
}
/**
 * Hands the block's first bytes, whole rows, to the threads.
 * @param length bytes of them
 * @param line of the first byte, from 1
 * @param afterCr 1 when the byte before the block is a CR: an LF that comes first is not another line end
 */
export function publish(n: u32, length: u32, line: f64, afterCr: u32): void {
  const block = blockOf(n);
  block.length = length;
  block.line = line;
  block.afterCr = afterCr;
  atomic.add<u32>(base() + offsetof<Shared>('published'), 1);
}
/** Takes records of JSON from a block's bytes into the next unit: see json/records.ts. */
export function walk(n: u32, from: u32, length: u32): u32 {
  return walkBlock(blockOf(n).bytes, from, length);
}
/** All of the block's units have been emitted or will be: it is free when the last is finished. */
export function publishWalked(): void {
  atomic.add<u32>(base() + offsetof<Shared>('published'), 1);
  atomic.add<u32>(base() + offsetof<Shared>('splitting'), 1);
}
/** How many blocks have been finished so far. Block n may be filled when n is below this number plus blockRing(). */
export function freed(): u32 {
  return atomic.load<u32>(base() + offsetof<Shared>('freed'));
}
/** How many blocks have been handed over so far; the next one gets this number. */
export function published(): u32 {
  return atomic.load<u32>(base() + offsetof<Shared>('published'));
}
/** The block being split holds a row that the host must examine: splitting stops there. */
export function isFaulty(): bool {
  return shared().fault !== 0;
}
/** The number of the block that isFaulty() is about, in the order of publishing. */
export function faultyBlock(): u32 {
  return shared().splitting;
}
/** Rows of the table before the block that isFaulty() is about. */
export function rowsBeforeFault(): f64 {
  return blockOf(shared().splitting).rowsBefore;
}
/** Rows so far, the header not counted; all rows once every block is split. */
export function totalRows(): f64 {
  return shared().rowCount;
}
/** Makes every thread's `work` return before its next piece of work. There is no way back. */
export function stop(): void {
  atomic.store<u32>(base() + offsetof<Shared>('stopped'), 1);
}
/** The host waits for a block: the thread that frees one wakes it, see clearWaiting. */
export function setWaiting(): void {
  atomic.store<u32>(base() + offsetof<Shared>('hostWaits'), 1);
}
/** Whether the host waits for a block; it no longer does after this call. For the thread that freed one. */
export function clearWaiting(): bool {
  return atomic.xchg<u32>(base() + offsetof<Shared>('hostWaits'), 0) !== 0;
}
/** The next column to describe, from 0, for any thread; the number of columns or more when all are taken. */
export function claimColumn(): u32 {
  return atomic.add<u32>(base() + offsetof<Shared>('nextColumn'), 1);
}
/** The next partition for findDuplicates, from 0, for any thread; PARTITIONS or more when all are taken. */
export function claimPartition(): u32 {
  return atomic.add<u32>(base() + offsetof<Shared>('nextPartition'), 1);
}
/** 1 when the job reads JSON, 0 for CSV. */
export function isJson(): u32 {
  return shared().isJson;
}
/** Columns so far: fixed for CSV, rising for JSON while records are read. */
export function columnCount(): u32 {
  return shared().columnCount;
}
/** How many rows have another width than the header. */
export function badRows(): u32 {
  return shared().badRows;
}
/** How many of these rows are at badExamplesAt(): EXAMPLES at most. */
export function badExamples(): u32 {
  return shared().badExamples;
}
/** The first rows of another width: BAD_ROW_ records of border/layout.ts. */
export function badExamplesAt(): usize {
  return badRowsAt();
}
/** Rows of several empty fields, which are skipped; blank lines are not counted. */
export function emptyRows(): u32 {
  return shared().emptyRows;
}
/** The line of the first of these rows, from 1; 0 when there is none. */
export function emptyLine(): f64 {
  return shared().emptyLine;
}
/** How many of `length` bytes begin a character beyond ASCII in UTF-8. O(bytes). */
export function beginningsIn(from: usize, length: u32): u32 {
  const end = from + length;
  let n: u32 = 0;
  for (; from + 16 <= end; from += 16) n += popcnt(i8x16.bitmask(i8x16.ge_u(v128.load(from), i8x16.splat(<i8>0xc0))));
  for (; from < end; from++) n += u32(load<u8>(from) >= 0xc0);
  return n;
}
/** From here on there may be bytes that are not valid UTF-8: characters are counted more slowly. */
export function setWrongBytes(): void {
  atomic.store<u32>(base() + offsetof<Shared>('hasWrongBytes'), 1);
}

let scratch: usize = 0;
/** Chunk k of column i's numbers, f64 each: where it begins; it ends at numbersPartEnd(). Valid until the next call. */
export function numbersPart(i: u32, k: u32): usize {
  if (scratch === 0) scratch = take(shared().chunkBytes);
  return part(numbersOf(columnAt(i)), k, scratch);
}
/** Where the chunk that numbersPart found last ends. */
export function numbersPartEnd(): usize {
  return partEnd;
}
/** Brings column i's numbers back into memory when they take at most 16 MiB: several passes read them. */
export function loadNumbers(i: u32): void {
  loadSequence(numbersOf(columnAt(i)), 16 << 20);
}
/** The column's facts are known: frees what they were made of. */
export function dropColumn(i: u32): void {
  const c = columnAt(i);
  if (c.short !== 0) dropTables(c);
  dropTexts(c);
  dropSequence(numbersOf(c));
}
