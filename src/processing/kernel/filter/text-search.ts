// Texts in values: as bytes, or as they are shown, where U+FFFD stands for whatever cannot be shown.

/** Bytes of U+FFFD. */
const REPLACEMENT: u32 = 0xbdbfef;
const SUBSTITUTE: u32 = 0x1a;

// @inline
function lower(byte: u32): u32 {
  return byte - 65 < 26 ? byte | 32 : byte;
}
function equalsInAnyCase(at: usize, text: usize, length: u32): bool {
  for (let i: u32 = 0; i < length; i++) if (lower(load<u8>(at + i)) !== <u32>load<u8>(text + i)) return false;
  return true;
}
/** Whether a value has the text, in whatever case of A to Z. @param text in lower case. 16 bytes beyond are read. */
export function contains(from: usize, length: u32, text: usize, textLength: u32): bool {
  if (textLength === 0) return true;
  if (textLength > length) return false;
  const last = from + <usize>(length - textLength),
    first = <u32>load<u8>(text),
    other = first - 97 < 26 ? first - 32 : first;
  const a = i8x16.splat(<i8>first),
    b = i8x16.splat(<i8>other);
  for (let p = from; p <= last; p += 16) {
    const bytes = v128.load(p);
    let found = <u32>i8x16.bitmask(v128.or(i8x16.eq(bytes, a), i8x16.eq(bytes, b)));
    if (last - p < 15) found &= ((<u32>1) << u32(last - p + 1)) - 1;
    for (; found !== 0; found &= found - 1) if (equalsInAnyCase(p + <usize>ctz(found), text, textLength)) return true;
  }
  return false;
}
/** Whether a value begins with the text. */
export function startsWith(from: usize, length: u32, text: usize, textLength: u32): bool {
  if (textLength > length) return false;
  for (let i: u32 = 0; i < textLength; i++) if (load<u8>(from + i) !== load<u8>(text + i)) return false;
  return true;
}

/** Bytes at p for which one U+FFFD is shown; 0 when they are shown as they are. As shownCharacters of field.ts. */
function replacedAt(p: usize, end: usize, isNul: bool): u32 {
  const first = <u32>load<u8>(p);
  if (first === SUBSTITUTE) return 1;
  if (isNul || first < 128) return 0;
  if (end - p > 2 && (load<u32>(p) & 0xffffff) === REPLACEMENT) return 3;
  if (first === 0xc0 && end - p > 1 && load<u8>(p, 1) === 0x80) return 2;
  if (first < 0xc2 || first > 0xf4) return 1;
  if (first === 0xed && end - p > 2 && load<u8>(p, 1) > 0x9f && load<u8>(p, 1) < 0xc0) return 3;
  const bytes: u32 = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  for (let i: u32 = 1; i < bytes; i++) {
    if (p + i >= end) return i;
    const byte = <u32>load<u8>(p + i),
      low: u32 = i > 1 ? 0x80 : first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80,
      high: u32 = i === 1 && first === 0xf4 ? 0x8f : 0xbf;
    if (byte < low || byte > high) return i;
  }
  return 0;
}
/**
 * Whether what is shown of a value begins with the text, in which U+FFFD may be.
 * @param isNul it stands for NUL bytes alone
 * @param anyCase the text is in lower case, and case does not matter
 * @returns where the text ends in the value; 0 when it does not begin with it
 */
export function startsShown(from: usize, end: usize, text: usize, textLength: u32, isNul: bool, anyCase: bool): usize {
  const textEnd = text + textLength;
  while (text < textEnd) {
    if (from >= end) return 0;
    const byte = <u32>load<u8>(from);
    if (textEnd - text > 2 && (load<u32>(text) & 0xffffff) === REPLACEMENT) {
      const n = replacedAt(from, end, isNul);
      if (n === 0) return 0;
      from += n;
      text += 3;
    } else {
      if ((anyCase ? lower(byte) : byte) !== <u32>load<u8>(text)) return 0;
      from++;
      text++;
    }
  }
  return from;
}
