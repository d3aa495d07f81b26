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
/** Passes over the next `count` values, at least one, if all of them are `value` and of one run. O(1). */
export function passRun(r: Runs, count: u32, value: u32): bool {
  if (r.left === 0 && !nextRun(r, maskOf(r.width))) {
    r.at = r.end; // nothing behind it is read
    return false;
  }
  if (r.isPacked || r.value !== value || r.left < count) return false;
  r.left -= count;
  return true;
}
// @inline
function maskOf(width: u32): u64 {
  return ((<u64>1) << (<u64>width)) - 1;
}
/**
 * Writes the next `count` values, each plus `more`, as u32 to `out`, which has room for 8 more. O(count).
 * @returns the greatest value; u32.MAX_VALUE when the bytes end too early or a run is wrong
 */
export function readRuns(r: Runs, count: u32, out: usize, more: u32): u32 {
  const mask = maskOf(r.width);
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
/** Bits that `unpackEights` takes. */
const MOST_BITS: u32 = 25;
/**
 * Of a width: the bytes of which four values are made, of the first four of eight and of the others, and by how much
 * each is moved up so that its lowest bit is bit 7. 16 bytes each.
 */
const shuffle = memory.data(32, 16),
  factors = memory.data(32, 16);
let preparedWidth: u32 = u32.MAX_VALUE;
function prepareEights(width: u32): void {
  preparedWidth = width;
  for (let i: u32 = 0; i < 8; i++) {
    // the others are read from the byte on in which the fifth value begins
    const bit = i < 4 ? i * width : ((4 * width) & 7) + (i - 4) * width;
    for (let k: u32 = 0; k < 4; k++) store<u8>(shuffle + (i << 2) + k, <u8>((bit >> 3) + k));
    store<u32>(factors + (i << 2), 1 << (7 - (bit & 7)));
  }
}
function unpack(from: usize, first: u64, width: u32, mask: u64, n: u32, out: usize, more: u32): u32 {
  let most: u32 = 0,
    bit = first,
    i: u32 = 0;
  // one by one up to the beginning of a byte
  for (; i < n && (width > MOST_BITS || (bit & 7) !== 0 || n - i < 8); i++, bit += width) {
    const value = <u32>((load<u64>(from + <usize>(bit >> 3)) >> (bit & 7)) & mask);
    most = max(most, value);
    store<u32>(out + ((<usize>i) << 2), value + more);
  }
  if (i === n) return most;
  const eights = (n - i) >> 3;
  most = max(most, unpackEights(from + <usize>(bit >> 3), width, <u32>mask, eights, out + ((<usize>i) << 2), more));
  i += eights << 3;
  return i === n
    ? most
    : max(most, unpack(from, first + <u64>i * width, width, mask, n - i, out + ((<usize>i) << 2), more));
}
/** Eight values at a time, whose bytes begin at `from`. 16 bytes beyond them must be readable. */
function unpackEights(from: usize, width: u32, mask: u32, eights: u32, out: usize, more: u32): u32 {
  if (width !== preparedWidth) prepareEights(width);
  const masks = i32x4.splat(mask),
    mores = i32x4.splat(more),
    half = <usize>((4 * width) >> 3),
    bytes1 = v128.load(shuffle),
    bytes2 = v128.load(shuffle, 16),
    factors1 = v128.load(factors),
    factors2 = v128.load(factors, 16);
  let most = i32x4.splat(0);
  for (let k: u32 = 0; k < eights; k++, from += width, out += 32) {
    const one = v128.and(i32x4.shr_u(i32x4.mul(i8x16.swizzle(v128.load(from), bytes1), factors1), 7), masks),
      two = v128.and(i32x4.shr_u(i32x4.mul(i8x16.swizzle(v128.load(from + half), bytes2), factors2), 7), masks);
    most = i32x4.max_u(most, i32x4.max_u(one, two));
    v128.store(out, i32x4.add(one, mores));
    v128.store(out, i32x4.add(two, mores), 16);
  }
  return max(
    max(<u32>i32x4.extract_lane(most, 0), <u32>i32x4.extract_lane(most, 1)),
    max(<u32>i32x4.extract_lane(most, 2), <u32>i32x4.extract_lane(most, 3)),
  );
}
