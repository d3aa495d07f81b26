// Duplicate rows by their hash. While rows come in, 96 bits and the row's number (16 bytes) are appended to one of 128
// partitions by the hash; at the end each partition goes through a table of its own, so the tables stay in the cache.
// O(rows).
import { EXAMPLES } from '../border/limits.ts';
import { dropSequence, loadSequence, nextChunk, part, partEnd, Sequence, sequenceBytes } from '../memory/chunks.ts';
import { allocate, give, take } from '../memory/memory.ts';
import { base, lock, Shared, shared, Unit, unlock } from '../memory/shared.ts';
import { finishRow, first, second } from '../values/row-hash.ts';

const PARTITIONS: u32 = 128;
const RECORD: u32 = 16;
/**
 * Records that go through a table at once, a table of 1 MiB. It may become a little fuller, since shares differ in
 * size.
 */
const TABLE_RECORDS: u32 = 32768;
/** Records of a partition that are sorted by shares in memory, 16 MiB. */
const MOST_SORTED: u32 = 1 << 20;
/** A larger partition is read once per share: different rows of a share at most, which a table of 8 MiB takes. */
const LARGE_TABLE_RECORDS: u32 = 262144,
  MOST_LOADED: u32 = 64 << 20;
const SEQUENCE: usize = 24;

/** Makes the empty partitions. Once per job. */
export function preparePartitions(): void {
  const s = shared();
  s.partitions = allocate(PARTITIONS * <u32>SEQUENCE + EXAMPLES * 8 + 64);
  memory.fill(s.partitions, 0, PARTITIONS * <u32>SEQUENCE + EXAMPLES * 8 + 64);
}
// @inline
function partitionAt(i: u32): Sequence {
  return changetype<Sequence>(shared().partitions + <usize>i * SEQUENCE);
}
/** Pairs of a duplicate's row and the row that it repeats, u32 each, EXAMPLES at most: see duplicateExamples(). */
export function examplesAt(): usize {
  return shared().partitions + PARTITIONS * SEQUENCE;
}

/** Adds up what the threads found of a unit's rows and appends the hashes; row numbers are below 2^32. */
export function appendRows(unit: Unit): void {
  const s = shared(),
    n = unit.rows,
    firstRow = unit.firstRow,
    perThread = (<usize>s.unitRows) << 4;
  let only = -1,
    count = 0;
  for (let t: u32 = 0; t < s.threads; t++)
    if (load<u8>(unit.begun + t) !== 0) {
      only = t;
      count++;
    }
  for (let r: u32 = 0; r < n; r++) {
    let a: u64 = 0,
      b: u64 = 0;
    if (count === 1) {
      const at = unit.hashes + <usize>only * perThread + ((<usize>r) << 4);
      a = load<u64>(at);
      b = load<u64>(at, 8);
    } else
      for (let t: u32 = 0; t < s.threads; t++) {
        if (load<u8>(unit.begun + t) === 0) continue;
        const at = unit.hashes + <usize>t * perThread + ((<usize>r) << 4);
        a += load<u64>(at);
        b += load<u64>(at, 8);
      }
    appendRow(a, b, <u32>(firstRow + <f64>r));
  }
}
/** Appends a row by the two sums of its fields. */
// @inline
export function appendRow(a: u64, b: u64, row: u32): void {
  finishRow(a, b);
  const partition = partitionAt(<u32>(first >> 57));
  if (partition.at === partition.end) nextChunk(partition);
  const at = partition.at;
  store<u64>(at, first);
  store<u32>(at, <u32>second, 8);
  store<u32>(at, row, 12);
  partition.at = at + RECORD;
}

let table: usize = 0,
  tableSlots: u32 = 0,
  scratch: usize = 0;

/**
 * Finds the duplicates of partition i and adds them to the total; any thread, any order. O(rows of the partition),
 * unless it is very large (inPasses).
 * @returns false when there is no such partition
 */
export function findDuplicates(i: u32): bool {
  if (i >= PARTITIONS) return false;
  const partition = partitionAt(i),
    records = <u32>(sequenceBytes(partition) / RECORD);
  if (records < 2) return true;
  if (scratch === 0) scratch = take(shared().chunkBytes);
  const found = records <= MOST_SORTED ? inShares(partition, records) : inPasses(partition);
  dropSequence(partition);
  atomic.add<u32>(base() + offsetof<Shared>('duplicates'), found);
  return true;
}
function prepareTable(records: u32): void {
  const slots: u32 = 1 << (32 - clz(max<u32>(records * 2, 64) - 1));
  if (slots <= tableSlots) return;
  if (table !== 0) give(table, tableSlots * RECORD);
  table = take(slots * RECORD);
  tableSlots = slots;
}
/** What does not fit into a table goes through it in shares, by other bits of the hash. */
function inShares(partition: Sequence, records: u32): u32 {
  let shares: u32 = 1,
    found: u32 = 0;
  while (records / shares > TABLE_RECORDS) shares <<= 1;
  prepareTable(records / shares);
  if (shares > 1) sortByShare(partition, records, shares);
  for (let share: u32 = 0; share < shares; share++) {
    memory.fill(table, 0, tableSlots * RECORD);
    if (shares > 1) {
      const from = share === 0 ? sorted : load<u32>(shareEnds + ((<usize>(share - 1)) << 2));
      found += addRecords(from, load<u32>(shareEnds + ((<usize>share) << 2)), tableSlots - 1, 0, 0);
    } else
      for (let k: u32 = 0; k < partition.count; k++) {
        const from = part(partition, k, scratch);
        found += addRecords(from, partEnd, tableSlots - 1, 0, 0);
      }
  }
  return found;
}
/**
 * A partition of more records than are sorted: of very many rows, or of many that are equal, which all fall into one.
 * As many shares as its different rows need, found by trying: a try ends as soon as the table is full.
 */
function inPasses(partition: Sequence): u32 {
  prepareTable(LARGE_TABLE_RECORDS);
  loadSequence(partition, MOST_LOADED);
  for (let shares: u32 = 1; ; shares <<= 1) {
    let found: u32 = 0,
      isFull = false;
    for (let share: u32 = 0; share < shares && !isFull; share++) {
      memory.fill(table, 0, tableSlots * RECORD);
      entries = 0;
      for (let k: u32 = 0; k < partition.count && !isFull; k++) {
        const from = part(partition, k, scratch);
        found += addRecords(from, partEnd, tableSlots - 1, shares - 1, share);
        isFull = entries > LARGE_TABLE_RECORDS;
      }
    }
    if (!isFull) return found;
  }
  return 0;
}
/** Where the records of a partition are by their share; in each in the order of their rows. */
let sorted: usize = 0,
  sortedBytes: u32 = 0,
  shareEnds: usize = 0;
/**
 * Copies the partition's records there: two passes over it, from disk what is there, which the system has in memory
 * mostly.
 */
function sortByShare(partition: Sequence, records: u32, shares: u32): void {
  const bytes: u32 = 1 << (32 - clz(records * RECORD - 1)),
    mask = shares - 1;
  if (bytes > sortedBytes) {
    if (sorted !== 0) give(sorted, sortedBytes);
    sorted = take(bytes);
    sortedBytes = bytes;
  }
  if (shareEnds === 0) shareEnds = allocate((MOST_SORTED / TABLE_RECORDS) << 3);
  memory.fill(shareEnds, 0, shares << 2);
  for (let k: u32 = 0; k < partition.count; k++)
    for (let from = part(partition, k, scratch); from < partEnd; from += RECORD) {
      const counter = shareEnds + ((<usize>(load<u32>(from, 8) & mask)) << 2);
      store<u32>(counter, load<u32>(counter) + 1);
    }
  // from counts to beginnings; a share's beginning moves to its end while it is filled
  let at = <u32>sorted;
  for (let share: u32 = 0; share < shares; share++) {
    const counter = shareEnds + ((<usize>share) << 2),
      count = load<u32>(counter);
    store<u32>(counter, at);
    at += count * RECORD;
  }
  for (let k: u32 = 0; k < partition.count; k++)
    for (let from = part(partition, k, scratch); from < partEnd; from += RECORD) {
      const end = shareEnds + ((<usize>(load<u32>(from, 8) & mask)) << 2),
        to = load<u32>(end);
      v128.store(to, v128.load(from));
      store<u32>(end, to + RECORD);
    }
}
/** A bit for each row that repeats an earlier one, from row 0 on; 0 where only their number is wanted. */
let repeated: usize = 0,
  repeatedLength: u32 = 0;
/**
 * After the last row, before findDuplicates, which then marks the rows that repeat an earlier one.
 * @returns where their bits are
 */
export function markRepeated(): usize {
  repeatedLength = (<u32>(shared().rowCount / 8) + 64) & ~63;
  repeated = allocate(repeatedLength);
  memory.fill(repeated, 0, repeatedLength);
  return repeated;
}
/** Bytes of the bits of markRepeated. */
export function repeatedBytes(): u32 {
  return repeatedLength;
}
/** Different rows in the table. */
let entries: u32 = 0;
/** Records of the partition's share, in the order of their rows. */
function addRecords(from: usize, to: usize, mask: u32, shareMask: u32, share: u32): u32 {
  let found: u32 = 0;
  for (; from < to; from += RECORD) {
    const a = load<u64>(from),
      b = load<u32>(from, 8),
      row = load<u32>(from, 12);
    if ((b & shareMask) !== share) continue;
    let slot = <u32>(a >> 16) & mask;
    for (;;) {
      const at = table + <usize>slot * RECORD,
        firstRow = load<u32>(at, 12);
      if (firstRow === 0) {
        v128.store(at, v128.load(from));
        entries++;
        break;
      }
      if (load<u64>(at) === a && load<u32>(at, 8) === b) {
        found++;
        if (repeated !== 0) {
          const bits = repeated + <usize>(row >> 3);
          store<u8>(bits, <u8>(<u32>load<u8>(bits) | ((<u32>1) << (row & 7))));
        }
        keepExample(row, firstRow);
        break;
      }
      slot = (slot + 1) & mask;
    }
  }
  return found;
}
/** The ten duplicates that come first in the file. */
function keepExample(row: u32, firstRow: u32): void {
  const s = shared(),
    examples = examplesAt();
  // read without the lock: the last of ten only ever becomes smaller
  if (s.duplicateExamples === EXAMPLES && load<u32>(examples + (EXAMPLES - 1) * 8) < row) return;
  lock(base() + offsetof<Shared>('duplicateLock'));
  let at = s.duplicateExamples;
  for (; at > 0 && load<u32>(examples + (at - 1) * 8) > row; at--) {}
  const isKept = at > 0 && load<u32>(examples + (at - 1) * 8) === row; // by a try that ended early
  if (at < EXAMPLES && !isKept) {
    const kept = min(s.duplicateExamples, EXAMPLES - 1);
    memory.copy(examples + (at + 1) * 8, examples + at * 8, (kept - at) * 8);
    store<u32>(examples + at * 8, row);
    store<u32>(examples + at * 8, firstRow, 4);
    s.duplicateExamples = kept + 1;
  }
  unlock(base() + offsetof<Shared>('duplicateLock'));
}
/** Duplicate rows of all partitions done so far. */
export function duplicateCount(): u32 {
  return shared().duplicates;
}
/** How many pairs are at examplesAt(): EXAMPLES at most. */
export function duplicateExamples(): u32 {
  return shared().duplicateExamples;
}
