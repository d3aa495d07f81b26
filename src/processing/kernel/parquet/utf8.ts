// Whether a text can be taken as it stands: UTF-8 without U+0000, as the rest of the kernel expects it.

/** 16 bytes beyond must be readable. O(bytes). */
export function isCleanText(from: usize, length: u32): bool {
  const end = from + length;
  let at = from;
  for (; at + 16 <= end; at += 16) {
    const bytes = v128.load(at);
    if (!i8x16.all_true(bytes)) return false;
    if (i8x16.bitmask(bytes) !== 0) return isUtf8(at, end);
  }
  for (; at < end; at++) {
    const byte = <u32>load<u8>(at);
    if (byte === 0) return false;
    if (byte > 127) return isUtf8(at, end);
  }
  return true;
}
/** Byte by byte, from the beginning of a character on. */
function isUtf8(from: usize, end: usize): bool {
  while (from < end) {
    const first = <u32>load<u8>(from++);
    if (first < 128) {
      if (first === 0) return false;
      continue;
    }
    if (first < 0xc2 || first > 0xf4) return false;
    const more: u32 = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    if (from + more > end) return false;
    const second = <u32>load<u8>(from),
      least: u32 = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80,
      most: u32 = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
    if (second < least || second > most) return false;
    for (let i: u32 = 1; i < more; i++) if ((<u32>load<u8>(from + i) & 0xc0) !== 0x80) return false;
    from += more;
  }
  return true;
}
