// Which entry (entries.ts) a stored number has: open addressing by its 64 bits, linear probing, at most half full.
// Memory: 16 bytes per slot, once per thread.
import { give, take } from '../memory/memory.ts';

const SLOT: usize = 16,
  K1: u64 = 0x9e3779b97f4a7c15;
/** Values at most: more are not worth a look-up in a table that is no longer in the cache. */
export const MOST_CACHED: u32 = 32768;

let table: usize = 0,
  slots: u32 = 0,
  shift: u64 = 0,
  used: u32 = 0;

/** Forgets all values. */
export function clearCache(): void {
  if (slots === 0) resize(1024);
  memory.fill(table, 0, <usize>slots * SLOT);
  used = 0;
}
function resize(n: u32): void {
  table = take(n * <u32>SLOT);
  slots = n;
  shift = 64 - ctz(n);
  memory.fill(table, 0, <usize>n * SLOT);
}
// @inline
function find(value: u64): usize {
  let slot = <u32>((value * K1) >> shift);
  for (;;) {
    const at = table + <usize>slot * SLOT;
    if (load<u32>(at, 8) === 0 || load<u64>(at) === value) return at;
    slot = (slot + 1) & (slots - 1);
  }
  return 0;
}
/** The entry of a value, 0 when it is new. */
// @inline
export function cachedEntry(value: u64): u32 {
  return load<u32>(find(value), 8);
}
/** Keeps the entry of a value that is new. */
export function cacheEntry(value: u64, entry: u32): void {
  if (++used * 2 > slots) {
    const old = table,
      n = slots;
    resize(n * 4);
    for (let i: u32 = 0; i < n; i++) {
      const from = old + <usize>i * SLOT;
      if (load<u32>(from, 8) !== 0) v128.store(find(load<u64>(from)), v128.load(from));
    }
    give(old, n * <u32>SLOT);
  }
  const at = find(value);
  store<u64>(at, value);
  store<u32>(at, entry, 8);
}
