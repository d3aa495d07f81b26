// Past the bound, what was frequent in a column's first 2,048 rows goes on being counted exactly: at most 32 values,
// each at least one row in 512 of those. They are chosen when exactly 2,048 rows have been taken, so that they follow
// from the data alone, whenever and however the bound is passed. While the column is counted only their keys are kept
// (16 bytes each behind a count); past the bound they have 64 slots of 32 bytes, linear probing: key 16, count u32 @16,
// record of the text @20.

import { RECORD_TEXT } from '../border/layout.ts';
import { SHOWN_BYTES } from '../border/limits.ts';
import { allocate, give, take, takeTable } from '../memory/memory.ts';
import { hashOf } from '../values/field.ts';
import { Column } from './column-state.ts';
import { classifyEntry, isNullEntry } from './entry-facts.ts';
import { entryCount, entryHigh, entryLow, findLong, findShort, readSlot, slotsOf } from './value-table.ts';

/** Rows after which the candidates are chosen. */
export const PREFIX: f64 = 2048;
const SLOTS: u32 = 64;
export const SLOT: u32 = 32;
const MOST: u32 = 32,
  LEAST: u32 = 4;
const LIST: u32 = 1024,
  COUNTS: usize = 8 + 32 * 16;

/** Chooses the candidates from the table: the most frequent; equally frequent ones in the order of their keys. */
export function chooseCandidates(c: Column): void {
  const slots = slotsOf(c);
  let list: usize = 0,
    n: u32 = 0;
  for (let i: u32 = 0; i < slots; i++) {
    if (!readSlot(c, i) || entryCount < LEAST) continue;
    classifyEntry();
    if (isNullEntry()) continue;
    if (list === 0) list = take(LIST);
    let at = n;
    for (; at > 0; at--) {
      const count = load<u32>(list + COUNTS + ((at - 1) << 2)),
        low = load<u64>(list + 8 + ((at - 1) << 4)),
        high = load<u64>(list + 8 + ((at - 1) << 4), 8);
      if (count > entryCount || (count === entryCount && (high < entryHigh || (high === entryHigh && low < entryLow))))
        break;
    }
    if (at === MOST) continue;
    const kept = min(n, MOST - 1) - at;
    memory.copy(list + 8 + ((at + 1) << 4), list + 8 + (at << 4), kept << 4);
    memory.copy(list + COUNTS + ((at + 1) << 2), list + COUNTS + (at << 2), kept << 2);
    store<u64>(list + 8 + (at << 4), entryLow);
    store<u64>(list + 8 + (at << 4), entryHigh, 8);
    store<u32>(list + COUNTS + (at << 2), entryCount);
    n = min(n + 1, MOST);
  }
  if (list !== 0) store<u32>(list, n);
  c.chosen = list;
}
/** The bound is passed: copies the candidates with their counts from the table, which is dropped after it. */
export function keepCandidates(c: Column): void {
  const list = c.chosen;
  if (list === 0) return;
  c.candidates = takeTable(SLOTS * SLOT);
  for (let i: u32 = 0; i < load<u32>(list); i++) {
    const low = load<u64>(list + 8 + (i << 4)),
      high = load<u64>(list + 8 + (i << 4), 8),
      hash = hashOf(low, high);
    const slot = find(c.candidates, hash),
      found = high === 0 ? findShort(c, low) : findLong(c, low, high);
    store<u64>(slot, low);
    store<u64>(slot, high, 8);
    store<u32>(slot, (high === 0 ? load<u32>(found, 8) : load<u32>(found, 16)) & 0x7fffffff, 16); // without the watch
    if (high === 0 || (low & 255) !== 0) continue;
    const record: usize = load<u32>(found, 20),
      bytes = RECORD_TEXT + min(load<u32>(record), SHOWN_BYTES);
    const copy = allocate(bytes);
    memory.copy(copy, record, bytes);
    store<u32>(slot, <u32>copy, 20);
  }
  give(list, LIST);
  c.chosen = 0;
}
function find(table: usize, hash: u64): usize {
  let at = <u32>hash & (SLOTS - 1);
  for (;;) {
    const slot = table + <usize>at * SLOT;
    if (load<u32>(slot, 16) === 0) return slot;
    at = (at + 1) & (SLOTS - 1);
  }
  return 0;
}
/** Counts `times` rows of a value if it is a candidate. @param table the column's candidates, not 0 */
// @inline
export function countCandidate(table: usize, low: u64, high: u64, hash: u64, times: u32): void {
  let at = <u32>hash & (SLOTS - 1);
  for (;;) {
    const slot = table + <usize>at * SLOT,
      n = load<u32>(slot, 16);
    if (n === 0) return;
    if (load<u64>(slot) === low && load<u64>(slot, 8) === high) {
      store<u32>(slot, n + times, 16);
      return;
    }
    at = (at + 1) & (SLOTS - 1);
  }
}
/** Places for candidates: those with a count of 0 are empty. */
export function candidateSlots(c: Column): u32 {
  return c.candidates === 0 ? 0 : SLOTS;
}
