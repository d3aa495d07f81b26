// Memory of one job, shared by its threads: allocation only goes up; pieces that are given back are used again for the
// same size.
import { base, lock, SHARED_BYTES, Shared, shared, unlock } from './shared.ts';

/** Below 4 GiB, so that a pointer behind the last byte fits in 32 bits. */
const MOST: u64 = 0xffffffc0;

/**
 * @returns 0 when there is no more memory: the caller releases its lock before it fails, or all threads would wait for
 * ever
 */
function reserve(s: Shared, bytes: u32): usize {
  const at: usize = s.top,
    end = (<u64>at + bytes + 63) & ~63;
  if (end > MOST) return 0;
  const pages = <i32>((end + 65535) >> 16) - memory.size();
  // at least 1 MiB at a time: every growth makes the host renew its views
  if (pages > 0 && memory.grow(max(pages, 16)) < 0 && memory.grow(pages) < 0) return 0;
  s.top = <u32>end;
  return at;
}
/** Called once per job, before anything else. */
export function prepareMemory(): void {
  const s = shared();
  memory.fill(base(), 0, SHARED_BYTES); // another job may have been here
  s.top = <u32>(base() + SHARED_BYTES + 63) & ~63;
  s.free = <u32>reserve(s, 256);
  memory.fill(s.free, 0, 256);
}

/** `bytes` bytes for the life of the job, not zeroed, aligned to 64; traps when memory is exhausted. O(1). */
export function allocate(bytes: u32): usize {
  const s = shared();
  lock(offsetof<Shared>('allocating') + base());
  const at = reserve(s, bytes);
  unlock(offsetof<Shared>('allocating') + base());
  if (at === 0) unreachable();
  return at;
}

// @inline
function listOf(s: Shared, bytes: u32): usize {
  return <usize>s.free + ((<usize>(ctz(bytes) * 2 + u32(popcnt(bytes) === 2))) << 2);
}

/** A piece of 2^k or 3 * 2^k bytes, at least 64, not zeroed; traps when memory is exhausted. O(1). */
export function take(bytes: u32): usize {
  const s = shared();
  lock(offsetof<Shared>('allocating') + base());
  const list = listOf(s, bytes);
  let piece: usize = load<u32>(list);
  if (piece === 0) piece = reserve(s, bytes);
  else store<u32>(list, load<u32>(piece));
  unlock(offsetof<Shared>('allocating') + base());
  if (piece === 0) unreachable();
  // Another thread may have made the room: until this one has seen it, memory.fill and memory.copy there would be out
  // of its bounds.
  if (<u64>piece + bytes > (<u64>memory.size()) << 16) memory.grow(0);
  return piece;
}
/** Gives a piece of `take` back; `bytes` as it was taken. O(1). */
export function give(piece: usize, bytes: u32): void {
  const s = shared();
  lock(offsetof<Shared>('allocating') + base());
  const list = listOf(s, bytes);
  store<u32>(piece, load<u32>(list));
  store<u32>(list, <u32>piece);
  unlock(offsetof<Shared>('allocating') + base());
}

/** A zeroed piece of `take`, whose bytes count towards the budget of value tables. */
export function takeTable(bytes: u32): usize {
  const table = take(bytes);
  memory.fill(table, 0, bytes);
  atomic.add<u32>(offsetof<Shared>('tableBytes') + base(), bytes);
  return table;
}
/** Gives a piece of takeTable back; `bytes` as it was taken. */
export function giveTable(table: usize, bytes: u32): void {
  give(table, bytes);
  atomic.sub<u32>(offsetof<Shared>('tableBytes') + base(), bytes);
}
