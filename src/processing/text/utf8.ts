/** Whether the bytes are well-formed UTF-8: the runtime's SIMD check, some 10 GB/s and no text made of them. */
export { isUtf8 } from 'node:buffer';

/** How many bytes at the end, at most three, are the beginning of a character that the next bytes may complete. */
export function unfinishedBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const at = bytes.length - back;
    return lengthOf(byte) > back && rightBytes(bytes, at) === back ? back : 0;
  }
  return 0;
}

/** Bytes of a character by its first one; 1 for a byte that begins none. */
function lengthOf(first: number): number {
  return first < 0xc2 || first > 0xf4 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}
/**
 * How many bytes from `at` on a character may begin with (Unicode 16, table 3-7): fewer than it has when one is wrong,
 * at least 1.
 */
function rightBytes(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  const length = lengthOf(first);
  for (let i = 1; i < length; i++) {
    const low = i > 1 ? 0x80 : first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
    const high = i > 1 ? 0xbf : first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
    const byte = bytes[at + i];
    if (byte === undefined || byte < low || byte > high) return i;
  }
  return length;
}

/** Offset of the first character that is not well-formed; the length when all are. Slow, by byte. */
export function firstInvalid(bytes: Uint8Array): number {
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i]!;
    if (first < 0x80) i++;
    else {
      const length = lengthOf(first);
      if (length === 1 || rightBytes(bytes, i) < length) return i;
      i += length;
    }
  }
  return bytes.length;
}

/** Bytes of the wrong character at `at`, all of which one U+FFFD stands for (Unicode 16, "maximal subpart"). */
export const invalidLength = (bytes: Uint8Array, at: number): number => rightBytes(bytes, at);
