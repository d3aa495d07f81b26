// Snappy's raw format (snappy.ts) in pieces: between two of them only a literal may be cut.
import { copyBack } from './snappy.ts';

/** Bytes of the longest tag, and of the longest copy. */
const TAG: u32 = 5,
  COPY: u32 = 64;

let isBegun: bool = false;
/** Bytes of a literal that have not come. */
let literal: u32 = 0;
/** Where the next byte goes. */
export let unpackedTo: usize = 0;

export function beginUnpacking(): void {
  isBegun = false;
  literal = 0;
}
/**
 * Decompresses to `to`, up to `most` bytes, and beyond them 16, of which nothing is promised.
 * @param from a piece of `bytes` bytes @param isLast no others follow
 * @param begin what references may refer to begins here
 * @param missing bytes that are not decompressed yet
 * @returns how many bytes of the piece were taken; u32.MAX_VALUE when they are wrong or refer to what is gone
 */
export function unpackSome(
  from: usize,
  bytes: u32,
  isLast: bool,
  begin: usize,
  to: usize,
  most: u32,
  missing: u32,
): u32 {
  const end = from + bytes,
    stop = to + most;
  let p = from;
  unpackedTo = to;
  if (!isBegun) {
    if (bytes < TAG && !isLast) return 0;
    let size: u32 = 0;
    for (let shift: u32 = 0; ; shift += 7) {
      if (p >= end || shift > 28) return u32.MAX_VALUE;
      const byte = <u32>load<u8>(p++);
      size |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    if (size !== missing) return u32.MAX_VALUE;
    isBegun = true;
  }
  for (;;) {
    if (literal > 0) {
      const n = min(literal, min(<u32>(end - p), <u32>(stop - to)));
      memory.copy(to, p, n);
      p += n;
      to += n;
      literal -= n;
      missing -= n;
      if (literal > 0) break;
    }
    if (p === end || <u32>(stop - to) < COPY) break;
    if (<u32>(end - p) < TAG && !isLast) break;
    const tag = <u32>load<u8>(p++),
      kind = tag & 3,
      more: u32 = kind !== 0 ? (kind === 3 ? 4 : kind) : tag >> 2 > 59 ? (tag >> 2) - 59 : 0;
    if (<u32>(end - p) < more) return u32.MAX_VALUE;
    const number = more === 0 ? 0 : load<u32>(p) & (0xffffffff >> (32 - (more << 3)));
    p += more;
    if (kind === 0) {
      const length = (more === 0 ? tag >> 2 : number) + 1;
      if (length === 0 || length > missing) return u32.MAX_VALUE;
      if (length <= 16 && <u32>(end - p) >= length) {
        v128.store(to, v128.load(p));
        p += length;
        to += length;
        missing -= length;
      } else literal = length;
      continue;
    }
    const n = kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1,
      offset = kind === 1 ? ((tag >> 5) << 8) | number : number;
    if (offset === 0 || <u64>offset > <u64>(to - begin) || n > missing) return u32.MAX_VALUE;
    copyBack(to, offset, n);
    to += n;
    missing -= n;
  }
  unpackedTo = to;
  return isLast && p === end && missing > 0 ? u32.MAX_VALUE : <u32>(p - from);
}
