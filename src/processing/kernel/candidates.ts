// Past the bound, what was frequent so far goes on being counted exactly: at most 128 values of a column, each at least one row in
// 512 of the rows before. 256 slots of 32 bytes, linear probing: key 16, count u32 @16, record of the text @20.
import { Column } from './column-state';
import { hashOf } from './field';
import { allocate, takeTable } from './memory';
import { isNullEntry, judgeEntry } from './entry-facts';
import { HEADER, SHOWN_BYTES } from './text-store';
import { entry, entryCount, entryHigh, entryLow, isRecord, readSlot, slotsOf } from './value-table';

export const SLOTS: u32 = 256, SLOT: u32 = 32;
const MOST: u32 = 128, ONE_IN: u64 = 512, LEAST: u32 = 3;

/** Chooses them from the table; called once, before it is dropped. @param most the largest count of `rows` */
export function chooseCandidates(c: Column, rows: u64, most: u32): void {
  const slots = slotsOf(c);
  if (most < LEAST || <u64>most * ONE_IN < rows) return;
  for (let i: u32 = 0; i < slots && c.candidateCount < MOST; i++) {
    if (!readSlot(c, i) || entryCount < LEAST || <u64>entryCount * ONE_IN < rows) continue;
    judgeEntry();
    if (isNullEntry()) continue;
    if (c.candidates == 0) c.candidates = takeTable(SLOTS * SLOT);
    const slot = find(c.candidates, entryLow, entryHigh);
    store<u64>(slot, entryLow);
    store<u64>(slot, entryHigh, 8);
    store<u32>(slot, entryCount, 16);
    c.candidateCount++;
    if (!isRecord()) continue;
    const record: usize = load<u32>(entry, 20), bytes = HEADER + min(load<u32>(record), SHOWN_BYTES);
    const copy = allocate(bytes);
    memory.copy(copy, record, bytes);
    store<u32>(slot, <u32>copy, 20);
  }
}
function find(table: usize, low: u64, high: u64): usize {
  let at = <u32>hashOf(low, high) & (SLOTS - 1);
  for (;;) {
    const slot = table + <usize>at * SLOT;
    if (load<u32>(slot, 16) == 0) return slot;
    at = (at + 1) & (SLOTS - 1);
  }
  return 0;
}
/** Counts a value if it is one of them. */
// @ts-ignore: decorator
@inline
export function countCandidate(table: usize, low: u64, high: u64, hash: u64): void {
  let at = <u32>hash & (SLOTS - 1);
  for (;;) {
    const slot = table + <usize>at * SLOT, n = load<u32>(slot, 16);
    if (n == 0) return;
    if (load<u64>(slot) == low && load<u64>(slot, 8) == high) {
      store<u32>(slot, n + 1, 16);
      return;
    }
    at = (at + 1) & (SLOTS - 1);
  }
}
