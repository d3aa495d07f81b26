// Memory of one kernel: allocation only goes up; what tables leave is used again by tables of the same size.

let top: usize = 0;
/** Heads of the lists of free pieces by their size, 2^k or 3 * 2^k: 64 x u32. */
let free: usize = 0;
/** Bytes in tables now, free pieces not counted. */
export let tableBytes: u32 = 0;

/** Bytes that stay where they are for the life of the kernel, not zeroed; aligned to 64. */
export function allocate(bytes: u32): usize {
  if (top == 0) top = (__heap_base + 63) & ~63;
  const at = top;
  top += (<usize>bytes + 63) & ~63;
  const pages = <i32>((top + 65535) >> 16) - memory.size();
  // at least 1 MiB at a time: every growth makes the host renew its views
  if (pages > 0 && memory.grow(max(pages, 16)) < 0 && memory.grow(pages) < 0) unreachable();
  return at;
}

// @ts-ignore: decorator
@inline
function listOf(bytes: u32): usize {
  return free + (<usize>(ctz(bytes) * 2 + u32(popcnt(bytes) == 2)) << 2);
}

/** A piece of 2^k or 3 * 2^k bytes, from 64 on, not zeroed. */
export function take(bytes: u32): usize {
  if (free == 0) {
    free = allocate(256);
    memory.fill(free, 0, 256);
  }
  const list = listOf(bytes);
  const piece: usize = load<u32>(list);
  if (piece == 0) return allocate(bytes);
  store<u32>(list, load<u32>(piece));
  return piece;
}
/** Gives a piece of `take` back. */
export function give(piece: usize, bytes: u32): void {
  const list = listOf(bytes);
  store<u32>(piece, load<u32>(list));
  store<u32>(list, <u32>piece);
}

export function takeTable(bytes: u32): usize {
  const table = take(bytes);
  memory.fill(table, 0, bytes);
  tableBytes += bytes;
  return table;
}
export function giveTable(table: usize, bytes: u32): void {
  give(table, bytes);
  tableBytes -= bytes;
}
