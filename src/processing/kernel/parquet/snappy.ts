// Snappy's raw format, https://github.com/google/snappy/blob/main/format_description.txt

import { allocate } from '../memory/memory.ts';

/**
 * For each first byte of an element, 8 bytes: its length u8, 0 for what is not in the table; bytes up to the next
 * element u8; the higher bits of an offset u16; which of the next bytes are the lower ones, u32, 0 for a literal.
 */
let elements: usize = 0;
/**
 * For each distance below 16, which bytes of the pattern come first, 16 bytes; and in the place of distance 0 how many
 * bytes of each are whole patterns.
 */
let repeats: usize = 0;
/** Literals that are in the table, and bytes that an element of it reads and writes at the most. */
const MOST_LITERAL: u32 = 60,
  ROOM: usize = 80;
/** Once per thread. */
export function attachSnappy(): void {
  repeats = allocate(256);
  for (let distance: u32 = 1; distance < 16; distance++) {
    store<u8>(repeats + distance, <u8>(16 - (16 % distance)));
    for (let i: u32 = 0; i < 16; i++) store<u8>(repeats + (distance << 4) + i, <u8>(i % distance));
  }
  elements = allocate(256 * 8);
  for (let tag: u32 = 0; tag < 256; tag++) {
    const at = elements + (tag << 3),
      kind = tag & 3,
      long = (tag >> 2) + 1;
    store<u64>(at, 0);
    if (kind === 3 || (kind === 0 && long > MOST_LITERAL)) continue;
    store<u8>(at, <u8>(kind === 1 ? ((tag >> 2) & 7) + 4 : long));
    store<u8>(at, <u8>(1 + (kind === 0 ? long : kind)), 1);
    if (kind === 1) store<u16>(at, <u16>((tag >> 5) << 8), 2);
    store<u32>(at, kind === 0 ? 0 : kind === 1 ? 0xff : 0xffff, 4);
  }
}

/**
 * Decompresses into `to`, which has room for 16 bytes more than `length`. 16 bytes beyond `end` must be readable.
 * O(bytes).
 * @returns false when the bytes are wrong, or not `length` when decompressed
 */
export function unpackSnappy(from: usize, end: usize, to: usize, length: u32): bool {
  let size: u32 = 0;
  for (let shift: u32 = 0; ; shift += 7) {
    if (from >= end || shift > 28) return false;
    const byte = <u32>load<u8>(from++);
    size |= (byte & 127) << shift;
    if (byte < 128) break;
  }
  if (size !== length) return false;
  const begin = to,
    stop = to + length;
  while (from < end) {
    // Nearly all elements take this way, literals and copies alike: what comes next cannot be foreseen, and a branch
    // that is taken wrongly costs more than copying some bytes too many.
    while (from + ROOM < end && to + ROOM < stop) {
      const element = load<u64>(elements + ((<usize>load<u8>(from)) << 3)),
        mask = <u32>(element >> 32),
        length = <u32>element & 255,
        offset = (load<u32>(from, 1) & mask) + (<u32>element >> 16),
        isLiteral = <u32>(<i32>(mask - 1) >> 31);
      if (length === 0 || (offset | isLiteral) === 0 || offset > <u32>(to - begin)) break;
      if ((offset | (isLiteral & 16)) >= 16) {
        const source = ((to - offset) & ~isLiteral) | ((from + 1) & isLiteral);
        v128.store(to, v128.load(source));
        v128.store(to, v128.load(source, 16), 16);
        if (length > 32) {
          v128.store(to, v128.load(source, 32), 32);
          v128.store(to, v128.load(source, 48), 48);
        }
      } else repeat(to, offset, length);
      from += (<u32>element >> 8) & 255;
      to += length;
    }
    const tag = <u32>load<u8>(from++);
    let n: u32, offset: u32;
    if ((tag & 3) === 0) {
      n = tag >> 2;
      if (n > 59) {
        const bytes = n - 59;
        if (from + bytes > end) return false;
        n = load<u32>(from) & (0xffffffff >> (32 - (bytes << 3)));
        from += bytes;
      }
      n++;
      if (<u64>n > <u64>(end - from) || <u64>n > <u64>(stop - to)) return false;
      if (n <= 16) v128.store(to, v128.load(from));
      else if (n <= 64) for (let i: u32 = 0; i < n; i += 16) v128.store(to + i, v128.load(from + i));
      else memory.copy(to, from, n);
      from += n;
      to += n;
      continue;
    }
    if ((tag & 3) === 1) {
      if (from + 1 > end) return false;
      n = ((tag >> 2) & 7) + 4;
      offset = ((tag >> 5) << 8) | <u32>load<u8>(from++);
    } else if ((tag & 3) === 2) {
      if (from + 2 > end) return false;
      n = (tag >> 2) + 1;
      offset = load<u16>(from);
      from += 2;
    } else {
      if (from + 4 > end) return false;
      n = (tag >> 2) + 1;
      offset = load<u32>(from);
      from += 4;
    }
    if (offset === 0 || <u64>offset > <u64>(to - begin) || <u64>n > <u64>(stop - to)) return false;
    copyBack(to, offset, n);
    to += n;
  }
  return to === stop;
}
/** n bytes, at most 64, from `offset` bytes before: they repeat themselves when there are more than that. */
// @inline
export function copyBack(to: usize, offset: u32, n: u32): void {
  if (offset >= 16) {
    const from = to - offset;
    v128.store(to, v128.load(from));
    for (let i: u32 = 16; i < n; i += 16) v128.store(to + i, v128.load(from + i));
  } else repeat(to, offset, n);
}
/** n bytes of a pattern of `offset` bytes, below 16, that ends where they begin. */
// @inline
function repeat(to: usize, offset: u32, n: u32): void {
  const pattern = i8x16.swizzle(v128.load(to - offset), v128.load(repeats + ((<usize>offset) << 4))),
    step = load<u8>(repeats + offset);
  for (let i: u32 = 0; i < n; i += step) v128.store(to + i, pattern);
}
