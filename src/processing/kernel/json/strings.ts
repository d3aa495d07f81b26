// Strings with escapes, copied into the open text of the arena 16 bytes per step: unescaped, or as JSON.stringify
// writes them.

import { BACKSLASHES, SPACES, TWOS } from '../memory/simd-constants.ts';
import { out, reserve, setOut } from './arena.ts';

const QUOTE: u32 = 34,
  BACKSLASH: u32 = 92;

/** Where the first invalid byte is; set by each function that returns 0. */
export let failedAt: usize = 0;
/** Notes the first invalid byte. @returns 0, for the caller to return */
// @inline
export function fail(at: usize): usize {
  failedAt = at;
  return 0;
}
/** A string unescaped last had U+0000 or a lone surrogate. */
export let unshowable: bool = false;

/** A bit for each of 16 bytes that ends a run of plain text: a quote, a backslash, a control character. */
// @inline
export function stops(bytes: v128): u32 {
  // xor 2 brings the quote next to the control characters
  const low = i8x16.le_u(v128.xor(bytes, v128.load(TWOS)), v128.load(SPACES));
  return i8x16.bitmask(v128.or(low, i8x16.eq(bytes, v128.load(BACKSLASHES))));
}

/** The code unit or, of a surrogate pair, the code point of the escape read last. */
let code: u32 = 0;

function hex4(p: usize): bool {
  code = 0;
  for (let i: usize = 0; i < 4; i++) {
    const byte = <u32>load<u8>(p + i),
      lower = byte | 32;
    if (byte - 48 < 10) code = (code << 4) | (byte - 48);
    else if (lower - 97 < 6) code = (code << 4) | (lower - 87);
    else {
      fail(p + i);
      return false;
    }
  }
  return true;
}
/** Reads the escape whose backslash is at p. @returns what is behind it, or 0 */
function readEscape(p: usize): usize {
  const byte = <u32>load<u8>(p, 1);
  switch (byte) {
    case 34:
    case 47:
    case 92:
      code = byte;
      return p + 2;
    case 98:
      code = 8;
      return p + 2;
    case 102:
      code = 12;
      return p + 2;
    case 110:
      code = 10;
      return p + 2;
    case 114:
      code = 13;
      return p + 2;
    case 116:
      code = 9;
      return p + 2;
    case 117:
      break;
    default:
      return fail(p + 1);
  }
  if (!hex4(p + 2)) return 0;
  if (code >> 10 !== 54 || load<u16>(p, 6) !== 0x755c) return p + 6;
  const high = code;
  if (hex4(p + 8) && code >> 10 === 55) {
    code = 0x10000 + ((high & 1023) << 10) + (code & 1023);
    return p + 12;
  }
  code = high; // what follows is checked on its own
  return p + 6;
}
function putByte(byte: u32): void {
  store<u8>(out, <u8>byte);
  setOut(out + 1);
}
function putCode(): void {
  if (code < 0x80) putByte(code);
  else if (code < 0x800) {
    putByte(0xc0 | (code >> 6));
    putByte(0x80 | (code & 63));
  } else if (code < 0x10000) {
    putByte(0xe0 | (code >> 12));
    putByte(0x80 | ((code >> 6) & 63));
    putByte(0x80 | (code & 63));
  } else {
    putByte(0xf0 | (code >> 18));
    putByte(0x80 | ((code >> 12) & 63));
    putByte(0x80 | ((code >> 6) & 63));
    putByte(0x80 | (code & 63));
  }
}

/** Copies what is before the next quote, backslash or control character. @returns where that stands */
// @inline
function copyPlain(p: usize): usize {
  for (;;) {
    reserve(16);
    const bytes = v128.load(p),
      found = stops(bytes);
    v128.store(out, bytes);
    const n: usize = found === 0 ? 16 : <usize>ctz(found);
    setOut(out + n);
    p += n;
    if (found !== 0) return p;
  }
  return 0;
}

/**
 * Copies the string whose first byte behind the opening quote is at p, unescaped; U+0000 becomes C0 80. O(bytes).
 * @returns where the closing quote stands, or 0
 */
export function unescapeString(p: usize): usize {
  unshowable = false;
  for (;;) {
    p = copyPlain(p);
    const byte = <u32>load<u8>(p);
    if (byte === QUOTE) return p;
    if (byte !== BACKSLASH) return fail(p);
    p = readEscape(p);
    if (p === 0) return 0;
    reserve(16);
    if (code === 0) {
      putByte(0xc0);
      putByte(0x80);
      unshowable = true;
    } else {
      unshowable = unshowable || code >> 11 === 27;
      putCode();
    }
  }
  return 0;
}

// @inline
function hexDigit(n: u32): u32 {
  return n + (n < 10 ? 48 : 87);
}
/** The same, with the escapes that JSON.stringify writes. @returns where the closing quote stands, or 0 */
export function stringify(p: usize): usize {
  for (;;) {
    p = copyPlain(p);
    const byte = <u32>load<u8>(p);
    if (byte === QUOTE) return p;
    if (byte !== BACKSLASH) return fail(p);
    p = readEscape(p);
    if (p === 0) return 0;
    reserve(16);
    if (code >= 32 && code !== QUOTE && code !== BACKSLASH && code >> 11 !== 27) {
      putCode();
      continue;
    }
    putByte(BACKSLASH);
    switch (code) {
      case 34:
      case 92:
        putByte(code);
        break;
      case 8:
        putByte(98);
        break;
      case 9:
        putByte(116);
        break;
      case 10:
        putByte(110);
        break;
      case 12:
        putByte(102);
        break;
      case 13:
        putByte(114);
        break;
      default:
        putByte(117);
        putByte(hexDigit(code >> 12));
        putByte(hexDigit((code >> 8) & 15));
        putByte(hexDigit((code >> 4) & 15));
        putByte(hexDigit(code & 15));
    }
  }
  return 0;
}
