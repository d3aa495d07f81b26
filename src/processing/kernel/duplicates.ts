// Duplicate rows by their hash. While rows come in, 96 bits and the row's number (16 bytes) are appended to one of 64 partitions
// by the hash; at the end each partition goes through a table of its own, so the tables stay small. O(rows).
import { nextChunk } from './host';
import { allocate, give, take } from './memory';
import { finishRow, first, second } from './row-hash';
import { chunkBytes } from './values';

export const PARTITIONS: u32 = 64;
const RECORD: u32 = 16, EXAMPLES: u32 = 10;
const HASHES: u32 = 0;

/** For each partition where the next record goes and where its chunk ends. */
let partitions: usize = 0;
export function preparePartitions(): void {
  partitions = allocate(PARTITIONS * 8);
  memory.fill(partitions, 0, PARTITIONS * 8);
  examples = allocate(EXAMPLES * 8);
}
/** Where the last chunk of a partition ends so far; 0 when it has none. */
export function partitionEnd(i: u32): usize {
  return load<u32>(partitions + i * 8);
}

/** Finishes the hashes of n rows and appends them; row numbers are below 2^32. */
export function appendRows(hashes: usize, n: u32, firstRow: f64): void {
  for (let r: u32 = 0; r < n; r++) {
    finishRow(hashes + (r << 4));
    const partition = partitions + (<usize>(first >> 58) << 3);
    let at: usize = load<u32>(partition);
    if (at == load<u32>(partition, 4)) {
      at = nextChunk(HASHES, <u32>(first >> 58), at == 0 ? 0 : at - chunkBytes);
      store<u32>(partition, <u32>(at + chunkBytes), 4);
    }
    store<u64>(at, first);
    store<u32>(at, <u32>second, 8);
    store<u32>(at, <u32>(firstRow + <f64>r), 12);
    store<u32>(partition, <u32>(at + RECORD));
  }
}

let table: usize = 0, tableSlots: u32 = 0;
let found: u32 = 0, examples: usize = 0, exampleCount: u32 = 0;

/** An empty table for so many records, at most half full. Examples stay. */
export function beginPartition(records: u32): void {
  const slots: u32 = 1 << (32 - clz(max<u32>(records * 2, 64) - 1));
  if (slots > tableSlots) {
    if (table != 0) give(table, tableSlots * RECORD);
    table = take(slots * RECORD);
    tableSlots = slots;
  }
  memory.fill(table, 0, tableSlots * RECORD);
}
/** Records of the partition, in the order of their rows. */
export function addRecords(from: usize, to: usize): void {
  const mask = tableSlots - 1;
  for (; from < to; from += RECORD) {
    const a = load<u64>(from), b = load<u32>(from, 8), row = load<u32>(from, 12);
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
}
/** The ten duplicates that come first in the file. */
function keepExample(row: u32, firstRow: u32): void {
  let at = exampleCount;
  for (; at > 0 && load<u32>(examples + (at - 1) * 8) > row; at--) {}
  if (at == EXAMPLES) return;
  const kept = min(exampleCount, EXAMPLES - 1);
  memory.copy(examples + (at + 1) * 8, examples + at * 8, (kept - at) * 8);
  store<u32>(examples + at * 8, row);
  store<u32>(examples + at * 8, firstRow, 4);
  exampleCount = kept + 1;
}
export function duplicateCount(): u32 { return found; }
export function duplicateExamples(): u32 { return exampleCount; }
/** Pairs of row and first row, u32 each. */
export function examplesAt(): usize { return examples; }
