// Duplicate rows by their hash. While rows come in, 96 bits and the row's number (16 bytes) are appended to one of 128 partitions
// by the hash; at the end each partition goes through a table of its own, so the tables stay in the cache. O(rows).
import { dropSequence, loadSequence, nextChunk, part, partEnd, Sequence, sequenceBytes } from './chunks';
import { allocate, give, take } from './memory';
import { finishRow, first, second } from './row-hash';
import { base, lock, Shared, shared, Unit, unlock } from './shared';

const PARTITIONS: u32 = 128;
const RECORD: u32 = 16, EXAMPLES: u32 = 10;
/** Records that go through a table at once: 2 to 4 MiB. The table may become fuller than that says, since shares differ a little. */
const TABLE_RECORDS: u32 = 65536, MOST_LOADED: u32 = 64 << 20;
const SEQUENCE: usize = 24;

export function preparePartitions(): void {
  const s = shared();
  s.partitions = allocate(PARTITIONS * <u32>SEQUENCE + EXAMPLES * 8 + 64);
  memory.fill(s.partitions, 0, PARTITIONS * <u32>SEQUENCE + EXAMPLES * 8 + 64);
}
// @ts-ignore: decorator
@inline
function partitionAt(i: u32): Sequence {
  return changetype<Sequence>(shared().partitions + <usize>i * SEQUENCE);
}
/** Ten pairs of row and first row, u32 each. */
export function examplesAt(): usize {
  return shared().partitions + PARTITIONS * SEQUENCE;
}

/** Adds up what the threads found of a unit's rows and appends the hashes; row numbers are below 2^32. */
export function appendRows(unit: Unit): void {
  const s = shared(), n = unit.rows, firstRow = unit.firstRow, perThread = <usize>s.unitRows << 4;
  let only = -1, count = 0;
  for (let t: u32 = 0; t < s.threads; t++)
    if (load<u8>(unit.begun + t) != 0) {
      only = t;
      count++;
    }
  for (let r: u32 = 0; r < n; r++) {
    let a: u64 = 0, b: u64 = 0;
    if (count == 1) {
      const at = unit.hashes + <usize>only * perThread + (<usize>r << 4);
      a = load<u64>(at);
      b = load<u64>(at, 8);
    } else
      for (let t: u32 = 0; t < s.threads; t++) {
        if (load<u8>(unit.begun + t) == 0) continue;
        const at = unit.hashes + <usize>t * perThread + (<usize>r << 4);
        a += load<u64>(at);
        b += load<u64>(at, 8);
      }
    finishRow(a, b);
    const partition = partitionAt(<u32>(first >> 57));
    if (partition.at == partition.end) nextChunk(partition);
    const at = partition.at;
    store<u64>(at, first);
    store<u32>(at, <u32>second, 8);
    store<u32>(at, <u32>(firstRow + <f64>r), 12);
    partition.at = at + RECORD;
  }
}

let table: usize = 0, tableSlots: u32 = 0, scratch: usize = 0;

/** Finds the duplicates of partition i; any thread, any order. @returns false when there is no such partition */
export function findDuplicates(i: u32): bool {
  if (i >= PARTITIONS) return false;
  const partition = partitionAt(i), records = <u32>(sequenceBytes(partition) / RECORD);
  if (records < 2) return true;
  if (scratch == 0) scratch = take(shared().chunkBytes);
  // a large partition goes through the table in shares, by other bits of the hash, from memory
  let shares: u32 = 1;
  while (records / shares > TABLE_RECORDS) shares <<= 1;
  if (shares > 1) loadSequence(partition, MOST_LOADED);
  const slots: u32 = 1 << (32 - clz(max<u32>((records / shares) * 2, 64) - 1));
  if (slots > tableSlots) {
    if (table != 0) give(table, tableSlots * RECORD);
    table = take(slots * RECORD);
    tableSlots = slots;
  }
  let found: u32 = 0;
  for (let share: u32 = 0; share < shares; share++) {
    memory.fill(table, 0, tableSlots * RECORD);
    for (let k: u32 = 0; k < partition.count; k++) {
      const from = part(partition, k, scratch);
      found += addRecords(from, partEnd, tableSlots - 1, shares - 1, share);
    }
  }
  dropSequence(partition);
  atomic.add<u32>(base() + offsetof<Shared>('duplicates'), found);
  return true;
}
/** Records of the partition's share, in the order of their rows. */
function addRecords(from: usize, to: usize, mask: u32, shareMask: u32, share: u32): u32 {
  let found: u32 = 0;
  for (; from < to; from += RECORD) {
    const a = load<u64>(from), b = load<u32>(from, 8), row = load<u32>(from, 12);
    if ((b & shareMask) != share) continue;
    let slot = <u32>(a >> 16) & mask;
    for (;;) {
      const at = table + <usize>slot * RECORD, firstRow = load<u32>(at, 12);
      if (firstRow == 0) {
        v128.store(at, v128.load(from));
        break;
      }
      if (load<u64>(at) == a && load<u32>(at, 8) == b) {
        found++;
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
  const s = shared(), examples = examplesAt();
  // read without the lock: the last of ten only ever becomes smaller
  if (s.duplicateExamples == EXAMPLES && load<u32>(examples + (EXAMPLES - 1) * 8) < row) return;
  lock(base() + offsetof<Shared>('duplicateLock'));
  let at = s.duplicateExamples;
  for (; at > 0 && load<u32>(examples + (at - 1) * 8) > row; at--) {}
  if (at < EXAMPLES) {
    const kept = min(s.duplicateExamples, EXAMPLES - 1);
    memory.copy(examples + (at + 1) * 8, examples + at * 8, (kept - at) * 8);
    store<u32>(examples + at * 8, row);
    store<u32>(examples + at * 8, firstRow, 4);
    s.duplicateExamples = kept + 1;
  }
  unlock(base() + offsetof<Shared>('duplicateLock'));
}
export function duplicateCount(): u32 { return shared().duplicates; }
export function duplicateExamples(): u32 { return shared().duplicateExamples; }
