// Runs and packed bits: levels and indices, https://parquet.apache.org/docs/file-format/data-pages/encodings/

/** Where a reader of runs is, between two readings. */
// @unmanaged
export class Runs {
  at: usize;
  end: usize;
  /** Bits of a value. */
  width: u32;
  /** Values of the run that have not been read. */
  left: u32;
  /** Of a run of packed bits: where it ends, and the place of its next value, in bits from `at`. */
  isPacked: bool;
  next: usize;
  bit: u64;
  /** Of another run: its value. */
  value: u32;
}
/** From `from` on. 8 bytes beyond `end` must be readable. */
export function beginRuns(r: Runs, from: usize, end: usize, width: u32): void {
  r.at = from;
  r.end = end;
  r.width = width;
  r.left = 0;
}
/**
 * Writes the next `count` values, each plus `more`, as u32 to `out`, which has room for 8 more. O(count).
 * @returns the greatest value; u32.MAX_VALUE when the bytes end too early or a run is wrong
 */
export function readRuns(r: Runs, count: u32, out: usize, more: u32): u32 {
  const mask = ((<u64>1) << (<u64>r.width)) - 1;
  let filled: u32 = 0,
    most: u32 = 0;
  while (filled < count) {
    if (r.left === 0 && !nextRun(r, mask)) return u32.MAX_VALUE;
    const n = min(r.left, count - filled),
      to = out + ((<usize>filled) << 2);
    if (!r.isPacked) {
      most = max(most, r.value);
      fill(to, r.value + more, n);
    } else {
      if ((<u64>(r.end - r.at)) << 3 < r.bit + <u64>n * r.width) return u32.MAX_VALUE;
      most = max(most, unpack(r.at, r.bit, r.width, mask, n, to, more));
      r.bit += <u64>n * r.width;
      if (n === r.left) r.at = r.next;
    }
    r.left -= n;
    filled += n;
  }
  return most;
}
/** @returns false when there is none, or it has no values */
function nextRun(r: Runs, mask: u64): bool {
  const end = r.end;
  let from = r.at,
    head: u32 = 0;
  for (let shift: u32 = 0; ; shift += 7) {
    if (from >= end || shift > 28) return false;
    const byte = <u32>load<u8>(from++);
    head |= (byte & 127) << shift;
    if (byte < 128) break;
  }
  r.isPacked = (head & 1) !== 0;
  if (r.isPacked) {
    const groups = head >> 1;
    r.left = <u32>min<u64>((<u64>groups) << 3, <u64>u32.MAX_VALUE);
    r.at = from;
    r.bit = 0;
    r.next = from + <usize>min<u64>(<u64>groups * r.width, <u64>(end - from));
  } else {
    const bytes = (r.width + 7) >> 3;
    if (from + bytes > end) return false;
    r.left = head >> 1;
    r.value = <u32>(load<u64>(from) & mask & (((<u64>1) << ((<u64>bytes) << 3)) - 1));
    r.at = from + bytes;
  }
  return r.left > 0;
}
function fill(out: usize, value: u32, n: u32): void {
  const all = i32x4.splat(value);
  const end = out + ((<usize>n) << 2);
  for (; out < end; out += 16) v128.store(out, all); // up to three more
}
function unpack(from: usize, first: u64, width: u32, mask: u64, n: u32, out: usize, more: u32): u32 {
  let most: u32 = 0,
    bit = first;
  for (let i: u32 = 0; i < n; i++, bit += width) {
    const value = <u32>((load<u64>(from + <usize>(bit >> 3)) >> (bit & 7)) & mask);
    most = max(most, value);
    store<u32>(out + ((<usize>i) << 2), value + more);
  }
  return most;
}
