// Values and how often they came: up to the bound of distinct values a column is only counted, and nearly every fact is
// derived from the counts at the end. Two open-addressing tables per column, linear probing, at most 5/8 full:
//   short, up to 8 bytes:  text 8, count u32 @8
//   long:                  key 16, count u32 @16, record of a text over 16 bytes u32 @20 (text-store.ts)
// Entries are kept small, for a thousand columns may be counted at once: short texts are classified again at the end.
// WATCH in a count marks that the value's next row may be an example or an outlier to show (watch.ts).

import { giveTable, takeTable } from '../memory/memory.ts';
import { keyLength } from '../values/field.ts';
import { Column } from './column-state.ts';

export const WATCH: u32 = 0x80000000;
const SHORT: u32 = 12,
  LONG: u32 = 24;
const FIRST_SHORT: u32 = 64,
  FIRST_LONG: u32 = 16;
/** Eighths of the slots that may be taken: 10,000 values fit into 16,384 slots. */
const FULL: u32 = 5;

const K1: u64 = 0x9e3779b97f4a7c15,
  K2: u64 = 0xc2b2ae3d27d4eb4f;
/** The shift of homeOf for a power of two of slots. */
function shiftOf(slots: u32): u32 {
  return 64 - ctz(slots);
}
/**
 * Where the search for a key begins: the highest bits of a product with 2^64 divided by the golden ratio (Knuth, "The
 * Art of Computer Programming", vol. 3, 6.4). Numbers that follow each other then lie apart: 1.2 to 1.5 slots are
 * looked at per number for 10,000 of them, where a hash that scatters takes 1.8 (dates 1.9 and 1.8, long names with a
 * number 2.1 and 1.8); and one multiplication takes less time than two.
 */
// @inline
function homeOf(low: u64, high: u64, shift: u32): u32 {
  return <u32>(((low ^ (high * K2)) * K1) >> <u64>shift);
}

/** Gives a column its two tables, empty: some 1 KiB. */
export function prepareTables(c: Column): void {
  c.short = takeTable(FIRST_SHORT * SHORT);
  c.shortMask = FIRST_SHORT - 1;
  c.shortShift = shiftOf(FIRST_SHORT);
  c.long = takeTable(FIRST_LONG * LONG);
  c.longMask = FIRST_LONG - 1;
  c.longShift = shiftOf(FIRST_LONG);
}
/** Gives both tables of a column back. */
export function dropTables(c: Column): void {
  giveTable(c.short, (c.shortMask + 1) * SHORT);
  giveTable(c.long, (c.longMask + 1) * LONG);
  c.short = c.long = 0;
  c.shortMask = c.longMask = c.shortUsed = c.longUsed = 0;
}

/** The entry of a short text, or the empty slot for it: its key is 0 then. */
// @inline
export function findShort(c: Column, low: u64): usize {
  const table = c.short;
  let slot = homeOf(low, 0, c.shortShift);
  for (;;) {
    const entry = table + <usize>slot * SHORT,
      key = load<u64>(entry);
    if (key === low || key === 0) return entry;
    slot = (slot + 1) & c.shortMask;
  }
  return 0;
}
/** The same for a long text; an empty slot has 0 in its second word. */
// @inline
export function findLong(c: Column, low: u64, high: u64): usize {
  const table = c.long;
  let slot = homeOf(low, high, c.longShift);
  for (;;) {
    const entry = table + <usize>slot * LONG,
      key = load<u64>(entry, 8);
    if (key === 0 || (key === high && load<u64>(entry) === low)) return entry;
    slot = (slot + 1) & c.longMask;
  }
  return 0;
}

/** Small tables grow by four: fewer pieces are left behind. */
// @inline
function growth(slots: u32): u32 {
  return slots < 1024 ? 2 : 1;
}

/** Counts a new entry; a table that is full grows. @returns true when entries moved */
export function usedShort(c: Column): bool {
  const slots = c.shortMask + 1;
  if (++c.shortUsed * 8 <= slots * FULL) return false;
  const old = c.short,
    larger = slots << growth(slots),
    table = takeTable(larger * SHORT),
    mask = larger - 1;
  for (let i: u32 = 0; i < slots; i++) {
    const entry = old + <usize>i * SHORT,
      key = load<u64>(entry);
    if (key === 0) continue;
    let slot = homeOf(key, 0, shiftOf(larger));
    while (load<u64>(table + <usize>slot * SHORT) !== 0) slot = (slot + 1) & mask;
    store<u64>(table + <usize>slot * SHORT, key);
    store<u32>(table + <usize>slot * SHORT, load<u32>(entry, 8), 8);
  }
  c.short = table;
  c.shortMask = mask;
  c.shortShift = shiftOf(larger);
  giveTable(old, slots * SHORT);
  return true;
}
/** The same for a long text. */
export function usedLong(c: Column): bool {
  const slots = c.longMask + 1;
  if (++c.longUsed * 8 <= slots * FULL) return false;
  const old = c.long,
    larger = slots << growth(slots),
    table = takeTable(larger * LONG),
    mask = larger - 1;
  for (let i: u32 = 0; i < slots; i++) {
    const entry = old + <usize>i * LONG,
      high = load<u64>(entry, 8);
    if (high === 0) continue;
    let slot = homeOf(load<u64>(entry), high, shiftOf(larger));
    while (load<u64>(table + <usize>slot * LONG, 8) !== 0) slot = (slot + 1) & mask;
    v128.store(table + <usize>slot * LONG, v128.load(entry));
    store<u64>(table + <usize>slot * LONG, load<u64>(entry, 16), 16);
  }
  c.long = table;
  c.longMask = mask;
  c.longShift = shiftOf(larger);
  giveTable(old, slots * LONG);
  return true;
}

// one entry while a column's tables are walked
export let entryLow: u64 = 0,
  entryHigh: u64 = 0,
  entryCount: u32 = 0,
  entry: usize = 0;
/** Slots of both tables, to be walked by readSlot. */
export function slotsOf(c: Column): u32 {
  return c.shortMask + c.longMask + 2;
}
/** Reads slot i of the two tables. @returns false when it is empty */
export function readSlot(c: Column, i: u32): bool {
  if (i <= c.shortMask) {
    entry = c.short + <usize>i * SHORT;
    entryLow = load<u64>(entry);
    entryHigh = 0;
    if (entryLow === 0) return false;
    entryCount = load<u32>(entry, 8) & ~WATCH;
    return true;
  }
  entry = c.long + <usize>(i - c.shortMask - 1) * LONG;
  entryLow = load<u64>(entry);
  entryHigh = load<u64>(entry, 8);
  if (entryHigh === 0) return false;
  entryCount = load<u32>(entry, 16) & ~WATCH;
  return true;
}
/** Whether the entry's text is over 16 bytes: it is in a record of text-store.ts. */
export function isRecord(): bool {
  return (entryLow & 255) === 0 && entryHigh !== 0;
}
/** Bytes of the text of the entry read last, which is not a record. */
export function entryLength(): u32 {
  return keyLength(entryLow, entryHigh);
}
