// A first look at a text: whether it may spell a number or a day at all, decided by a few bytes at its beginning. It
// never rejects one that does; spelling.ts and date-spelling.ts read what is left.

/** 0 to 9. */
// @inline
export function isDigit(byte: u32): bool {
  return byte - 48 < 10;
}
/** A letter of ASCII. */
// @inline
export function isLetter(byte: u32): bool {
  return (byte | 32) - 97 < 26;
}
/** A capital letter of ASCII. */
// @inline
export function isCapital(byte: u32): bool {
  return byte - 65 < 26;
}

/**
 * Codes of ISO 4217 that are not words, and the months by three small letters: a table without collisions by the
 * highest bits of a product.
 */
const WORDS = memory.data<u32>([
  0x74636f, 0, 0, 0x534c49, 0x444b48, 0, 0, 0, 0, 0x464843, 0, 0, 0x57524b, 0x59504a, 0x445a4e, 0x424854, 0x52415a,
  0x444753, 0x766f6e, 0x4b5a43, 0x524e49, 0, 0x6e756a, 0x4e584d, 0x4b4f4e, 0, 0, 0, 0x4c5242, 0x445355, 0x444143,
  0x72616d, 0x4b4b44, 0x425552, 0x525545, 0, 0, 0x4e4c50, 0x4b4553, 0x504247, 0, 0, 0x677561, 0, 0, 0, 0, 0x636564, 0,
  0, 0x465548, 0x594e43, 0x6c756a, 0, 0x79616d, 0, 0, 0x445541, 0x706573, 0, 0x626566, 0, 0x6e616a, 0x727061,
]);
const PRODUCT: u32 = 0x7b04c40b;
/** Whether three letters are one of them. */
// @inline
export function isWord(word: u32): bool {
  return load<u32>(WORDS + (((word * PRODUCT) >> 26) << 2)) === word;
}
/**
 * Whether a text that begins with a letter may be a number or a date at all: a currency is in front, or a month. Reads
 * 4 bytes.
 * @returns false for nearly all words
 */
export function mayBeSpelled(from: usize): bool {
  const word = load<u32>(from) & 0xffffff,
    first = word & 255,
    second = (word >> 8) & 255,
    third = word >> 16;
  if (isLetter(second) && isLetter(third)) return isWord(word) || isWord(word | 0x202020);
  // R$, US$, kr, Rs, Rp, zł, Kč
  return (
    second === 36 ||
    third === 36 ||
    second > 127 ||
    ((first | 32) === 107 && second === 114) ||
    (first === 82 && (second === 115 || second === 112))
  );
}
/**
 * Whether a text that begins with digits may be a number or a date, by what stands behind the digits. Most
 * identifiers, telephone numbers and addresses are excluded by it, at less than half of what it costs to parse them.
 * Reads up to 20 bytes beyond.
 */
export function mayGoOn(from: usize, length: u32): bool {
  const n = <u32>(
    ctz(<u32>i8x16.bitmask(i8x16.ge_u(i8x16.sub(v128.load(from), i8x16.splat(48)), i8x16.splat(10))) | 0x10000)
  );
  if (n + 4 > length || n === 16) return true;
  const word = load<u32>(from + n),
    byte = word & 255,
    next = (word >> 8) & 255;
  if (byte === 44 || byte === 46) return true;
  if (byte === 47) return n < 3 || n === 4;
  if (byte === 45) return n < 3 || n === 4 || n + 1 === length;
  if (byte === 32) {
    if (isDigit(next))
      return (
        isDigit((word >> 16) & 255) && isDigit(word >> 24) && (n + 4 === length || !isDigit(<u32>load<u8>(from + n, 4)))
      );
    const name = word >> 8;
    return isLetter(next) && isLetter((word >> 16) & 255) && isLetter(word >> 24)
      ? isWord(name) || isWord(name | 0x202020) || mayBeMillions(name)
      : true;
  }
  if (isLetter(byte)) return !isDigit(next) || (byte === 84 && n === 8);
  return byte === 37 || byte === 39 || byte === 36 || byte > 127;
}
/** Mio, Mrd */
// @inline
function mayBeMillions(name: u32): bool {
  return name === 0x6f694d || name === 0x64724d;
}
/** Bits of the bytes above 7F that a number can begin with. */
const BEGINS = memory.data<u32>([0x00000001, 0x00000029, 0x0a000004, 0x00008005]);
/** Whether a number can begin with this byte. @param byte above 7F */
export function mayBegin(byte: u32): bool {
  return ((load<u32>(BEGINS + (((byte >> 5) - 4) << 2)) >> (byte & 31)) & 1) !== 0;
}
