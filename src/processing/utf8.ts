/** Whether the bytes are well-formed UTF-8: the runtime's SIMD check, some 10 GB/s and no text made of them. */
export { isUtf8 } from 'node:buffer';

/** How many bytes at the end, at most three, may be the beginning of a sequence that the next bytes complete. */
export function unfinishedBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
}

/**
 * Offset of the first sequence that is not well-formed (Unicode 16, table 3-7); the length when all are. Slow, by byte:
 * asked once a file.
 */
export function firstInvalid(bytes: Uint8Array): number {
  const within = (at: number, low = 0x80, high = 0xbf) => at < bytes.length && bytes[at]! >= low && bytes[at]! <= high;
  for (let i = 0; i < bytes.length; ) {
    const b = bytes[i]!;
    if (b < 0x80) i++;
    else if (b >= 0xc2 && b <= 0xdf && within(i + 1)) i += 2;
    else if (
      b >= 0xe0 &&
      b <= 0xef &&
      within(i + 1, b === 0xe0 ? 0xa0 : 0x80, b === 0xed ? 0x9f : 0xbf) &&
      within(i + 2)
    )
      i += 3;
    else if (
      b >= 0xf0 &&
      b <= 0xf4 &&
      within(i + 1, b === 0xf0 ? 0x90 : 0x80, b === 0xf4 ? 0x8f : 0xbf) &&
      within(i + 2) &&
      within(i + 3)
    )
      i += 4;
    else return i;
  }
  return bytes.length;
}
