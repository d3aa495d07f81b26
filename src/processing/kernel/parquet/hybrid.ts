// Runs and packed bits: levels and indices, https://parquet.apache.org/docs/file-format/data-pages/encodings/

/**
 * Writes `count` values of `width` bits, each plus `more`, as u32 to `out`, which has room for 8 more. 8 bytes beyond
 * `end` must be readable. O(count).
 * @returns the greatest value; u32.MAX_VALUE when the bytes end too early or a run is wrong
 */
export function unpackHybrid(from: usize, end: usize, width: u32, count: u32, out: usize, more: u32): u32 {
  const mask = ((<u64>1) << (<u64>width)) - 1,
    bytes = (width + 7) >> 3;
  let filled: u32 = 0,
    most: u32 = 0;
  while (filled < count) {
    let head: u32 = 0;
    for (let shift: u32 = 0; ; shift += 7) {
      if (from >= end || shift > 28) return u32.MAX_VALUE;
      const byte = <u32>load<u8>(from++);
      head |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    const left = count - filled;
    if ((head & 1) === 0) {
      const n = min(head >> 1, left);
      if (n === 0 || from + bytes > end) return u32.MAX_VALUE;
      const value = <u32>(load<u64>(from) & mask & (((<u64>1) << ((<u64>bytes) << 3)) - 1));
      from += bytes;
      most = max(most, value);
      fill(out + ((<usize>filled) << 2), value + more, n);
      filled += n;
      continue;
    }
    const groups = head >> 1,
      n = <u32>min<u64>((<u64>groups) << 3, <u64>left);
    if (n === 0 || (<u64>(end - from)) << 3 < <u64>n * width) return u32.MAX_VALUE;
    most = max(most, unpack(from, width, mask, n, out + ((<usize>filled) << 2), more));
    from += <usize>min<u64>(<u64>groups * width, <u64>(end - from));
    filled += n;
  }
  return most;
}
function fill(out: usize, value: u32, n: u32): void {
  const all = i32x4.splat(value);
  const end = out + ((<usize>n) << 2);
  for (; out < end; out += 16) v128.store(out, all); // up to three more
}
function unpack(from: usize, width: u32, mask: u64, n: u32, out: usize, more: u32): u32 {
  let most: u32 = 0,
    bit: u64 = 0;
  for (let i: u32 = 0; i < n; i++, bit += width) {
    const value = <u32>((load<u64>(from + <usize>(bit >> 3)) >> (bit & 7)) & mask);
    most = max(most, value);
    store<u32>(out + ((<usize>i) << 2), value + more);
  }
  return most;
}
