// Characters that do not show, or look like a space without being one: which of them a value has. ASCII is skipped (the
// number of code points shows it); other values are searched 16 bytes at a time for the first two bytes of such a
// character.

import { CURRENCY, INVISIBLE_AROUND } from '../border/classes.ts';
import {
  LATIN_A0,
  LATIN_AD,
  MARK_00A0,
  MARK_00AD,
  MARK_205F,
  MARK_2000,
  MARK_2028,
  MARK_2800,
  MARK_3000,
  MARK_FEFF,
} from '../border/marks.ts';

/** No mark of border/marks.ts. */
const NONE: u32 = 255;

/** Marks of the value looked at last: bit i for the character of number i. */
export let marks: u64 = 0;
/** Sets `marks` as if findMarks had found them. */
export function setMarks(found: u64): void {
  marks = found;
}

/** Number and bytes of the character at p, when it is one of them. */
let number: u32 = 0,
  bytes: u32 = 0;
function identify(p: usize, end: usize): void {
  const first = <u32>load<u8>(p),
    second = p + 1 < end ? <u32>load<u8>(p + 1) : 0,
    third = p + 2 < end ? <u32>load<u8>(p + 2) : 0;
  number = NONE;
  bytes = 3;
  if (first === 0xc2) {
    bytes = 2;
    if (second === 0xa0 || second === 0xad) number = second === 0xad ? MARK_00AD : MARK_00A0;
  } else if (first === 0xe2) {
    if (second === 0x80) {
      if (third - 0x80 < 16) number = MARK_2000 + third - 0x80;
      else if (third - 0xa8 < 8) number = MARK_2028 + third - 0xa8;
    } else if (second === 0x81) {
      if (third - 0x9f < 17) number = MARK_205F + third - 0x9f;
    } else if (second === 0xa0 && third === 0x80) number = MARK_2800;
  } else if (first === 0xef && second === 0xbb && third === 0xbf) number = MARK_FEFF;
}
/**
 * Bytes of such a character at p that begins with C2, E2 or EF, as those do that stand beside numbers, or A0 of
 * windows-1252; 0 for any other.
 */
export function invisibleAt(p: usize, end: usize): u32 {
  const first = p < end ? <u32>load<u8>(p) : 0;
  if (first === 0xa0) return 1;
  if (first !== 0xc2 && first !== 0xe2 && first !== 0xef) return 0;
  identify(p, end);
  return number === NONE ? 0 : bytes;
}
/** Bytes of such a character that ends before p; 0 for any other. */
export function invisibleBefore(begin: usize, p: usize): u32 {
  for (let n: u32 = 3; n > 1; n--) if (p >= begin + n && invisibleAt(p - n, p) === n) return n;
  return p > begin + 1 && load<u8>(p - 1) === 0xa0 && <u32>load<u8>(p - 2) < 128 ? 1 : 0;
}

// @inline
function isWideSpace(at: usize, length: u32): bool {
  return length > 2 && (load<u32>(at) & 0xffffff) === 0x8080e3;
}
// @inline
function matches(text: v128, byte: u32): v128 {
  return i8x16.eq(text, i8x16.splat(<i8>byte));
}
/** Where a character of the list may begin, but for U+3000. */
// @inline
function begins(text: v128, next: v128): v128 {
  return v128.or(matches(text, 0xc2), v128.or(matches(text, 0xe2), v128.and(matches(text, 0xef), matches(next, 0xbb))));
}
/**
 * Finds the marks of a value that is not ASCII. Reads up to 16 bytes beyond.
 * @param kind its class
 * @returns whether it has any
 */
export function findMarks(from: usize, length: u32, kind: u32): bool {
  const end = from + length;
  let found = i8x16.splat(0);
  for (let at = from; at < end; at += 16) {
    // C2 and E2, EF, and A0 or AD (and six that are rare) behind ASCII
    const text = v128.load(at);
    if (i8x16.bitmask(text) === 0) continue; // long texts are ASCII mostly
    const next = v128.load(at, 1),
      byte = <u32>load<u8>(at);
    if (byte === 0xa0 || byte === 0xad) return findAll(from, length, kind); // the piece before may have been ASCII
    const begin = v128.or(
      i8x16.eq(v128.and(text, i8x16.splat(<i8>0xdf)), i8x16.splat(<i8>0xc2)),
      v128.and(matches(text, 0xef), matches(next, 0xbb)),
    );
    const latin = v128.andnot(
      i8x16.eq(v128.and(next, i8x16.splat(<i8>0xf2)), i8x16.splat(<i8>0xa0)),
      i8x16.shr_s(text, 7),
    );
    found = v128.or(found, v128.or(begin, latin));
  }
  const first = <u32>load<u8>(from);
  if (v128.any_true(found) || first === 0xe3 || first === 0xa0 || first === 0xad || <u32>load<u8>(end - 3) === 0xe3)
    return findAll(from, length, kind);
  marks = 0;
  return false;
}
function findAll(from: usize, length: u32, kind: u32): bool {
  const end = from + length;
  // the space of Chinese and Japanese does not show at the ends only
  marks = isWideSpace(from, length) || isWideSpace(end - 3, length) ? (<u64>1) << MARK_3000 : 0;
  let before: u32 = 0; // the byte before is above 7F
  for (let at = from; at < end; at += 16) {
    const text = v128.load(at);
    let above = <u32>i8x16.bitmask(text);
    if (end - at < 16) above &= ((<u32>1) << u32(end - at)) - 1;
    if (above === 0) {
      before = 0;
      continue;
    }
    const next = v128.load(at, 1);
    // a byte of 80-BF cannot begin a character of UTF-8: the text is windows-1252
    const latin = above & ~((above << 1) | before) & ~(<u32>i8x16.bitmask(i8x16.gt_s(text, i8x16.splat(-65))));
    if (latin !== 0) noteLatin(from, at, end, latin, kind);
    before = above >> 15;
    let places = <u32>i8x16.bitmask(begins(text, next)) & above;
    for (; places !== 0; places &= places - 1) noteAt(from, at + <usize>ctz(places), end, kind);
  }
  return marks !== 0;
}
function noteLatin(from: usize, at: usize, end: usize, places: u32, kind: u32): void {
  for (; places !== 0; places &= places - 1) {
    const p = at + <usize>ctz(places),
      isSpace = load<u8>(p) === 0xa0;
    if (!isSpace && load<u8>(p) !== 0xad) continue;
    if (isSpace && isSpelledNumber(kind) && p !== from && p + 1 !== end) continue;
    marks |= (<u64>1) << (isSpace ? LATIN_A0 : LATIN_AD);
  }
}
function noteAt(from: usize, p: usize, end: usize, kind: u32): void {
  identify(p, end);
  if (number === NONE) return;
  const one = number,
    isInside = p !== from && p + bytes !== end;
  // joiners join letters of other scripts, and pictures
  if (
    (one === MARK_2000 + 12 || one === MARK_2000 + 13) &&
    isInside &&
    <u32>load<u8>(p - 1) > 127 &&
    <u32>load<u8>(p + bytes) > 127
  )
    return;
  if (isSpaceOfNumbers(one) && isInside && isSpelledNumber(kind)) return;
  // where words run from right to left marks of direction are part of writing
  if (isDirection(one) && hasRightToLeft(from, end)) return;
  marks |= (<u64>1) << one;
}
// @inline
function isSpelledNumber(kind: u32): bool {
  return kind >= CURRENCY && kind < INVISIBLE_AROUND;
}
/** U+00A0, U+2009, U+202F */
// @inline
function isSpaceOfNumbers(one: u32): bool {
  return one === MARK_00A0 || one === MARK_2000 + 9 || one === MARK_2028 + 7;
}
/** U+200E, U+200F, U+202A-202E, U+2066-2069 */
// @inline
function isDirection(one: u32): bool {
  return one === MARK_2000 + 14 || one === MARK_2000 + 15 || one - (MARK_2028 + 2) < 5 || one - (MARK_205F + 7) < 4;
}
/** Letters of U+05C0-07FF: Hebrew, Arabic, Syriac and their kind. */
function hasRightToLeft(from: usize, end: usize): bool {
  for (let p = from; p < end; p++) if (<u32>load<u8>(p) - 0xd7 < 9) return true;
  return false;
}
