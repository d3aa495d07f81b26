// Snappy's raw format, https://github.com/google/snappy/blob/main/format_description.txt

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
  const from = to - offset;
  if (offset >= 16) {
    v128.store(to, v128.load(from));
    for (let i: u32 = 16; i < n; i += 16) v128.store(to + i, v128.load(from + i));
  } else if (offset >= 8) for (let i: u32 = 0; i < n; i += 8) store<u64>(to + i, load<u64>(from + i));
  else for (let i: u32 = 0; i < n; i++) store<u8>(to + i, load<u8>(from + i));
}
