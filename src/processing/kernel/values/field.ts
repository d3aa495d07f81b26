// A field's bytes, and the key that stands for them: up to 16 bytes the text itself, above a hash of 120 bits.
// Text has no NUL byte, so the keys of short text, of long text and of the empty field are never equal.
import { allocate, give, take } from '../memory/memory.ts';
import { shared } from '../memory/shared.ts';
import { CONTINUATIONS, QUOTES } from '../memory/simd-constants.ts';

const QUOTE: u32 = 34,
  SPACE: u32 = 32;
const K1: u64 = 0x9e3779b97f4a7c15,
  K2: u64 = 0xc2b2ae3d27d4eb4f,
  K3: u64 = 0x165667b19e3779f9,
  K4: u64 = 0xd6e8feb86659fd93;
/** Key of the empty field. */
const EMPTY: u64 = 1 << 56;

/** 17 masks of 16 bytes: the first n bytes. */
export let firstBytes: usize = 0;
/** What readField found: the text after unquoting, and its key. */
export let text: usize = 0,
  textLength: u32 = 0,
  keyLow: u64 = 0,
  keyHigh: u64 = 0;

/** Fields are values of JSON: nothing is unquoted, and nothing is null. */
export let isJson: bool = false;

let unquoted: usize = 0,
  unquotedBytes: u32 = 0;

/** Once per thread. */
export function attachFields(): void {
  firstBytes = shared().firstBytes;
  isJson = shared().isJson !== 0;
}
/** Makes the masks of firstBytes. Once per job. */
export function prepareFields(): void {
  firstBytes = allocate(17 * 16);
  shared().firstBytes = firstBytes;
  for (let n: u32 = 0; n <= 16; n++)
    for (let i: u32 = 0; i < 16; i++) store<u8>(firstBytes + n * 16 + i, i < n ? 255 : 0);
}

/** Whether a field's text differs from its bytes: it begins with a space or a quote. */
// @inline
export function isQuotedOrSpaced(low: u64): bool {
  return (low & 0xfd) === SPACE;
}
/** Whether a field needs readField: it begins with a space or a quote, is empty, or is longer than 16 bytes. */
// @inline
export function isSpecial(low: u64, length: u32): bool {
  return (low & 0xfd) === SPACE || length - 1 > 15;
}
/** The 64-bit hash of a key: a bijection for text of up to 8 bytes. */
// @inline
export function hashOf(low: u64, high: u64): u64 {
  let x = low ^ (high * K2);
  x *= K1;
  x ^= x >> 32;
  x *= K3;
  return x ^ (x >> 29);
}

/** Reads the field in [from, from + length): a quoted one is unquoted. 16 bytes beyond must be readable. */
export function readField(from: usize, length: u32): void {
  let begin = from;
  const end = from + length;
  if (!isJson) while (begin < end && load<u8>(begin) === SPACE) begin++;
  if (!isJson && begin < end && load<u8>(begin) === QUOTE) unquote(begin + 1, end);
  else {
    text = from;
    textLength = length;
  }
  findKey();
}
/** Sets the text whose key findKey makes, instead of reading a field. */
export function setText(at: usize, length: u32): void {
  text = at;
  textLength = length;
}
/** The key of `textLength` bytes from `text` on. */
export function findKey(): void {
  if (textLength === 0) {
    keyLow = EMPTY;
    keyHigh = 0;
  } else if (textLength <= 16) {
    const bytes = v128.and(v128.load(text), v128.load(firstBytes + textLength * 16));
    keyLow = i64x2.extract_lane(bytes, 0);
    keyHigh = i64x2.extract_lane(bytes, 1);
  } else longKey(text, textLength);
}

/** The bytes from after the opening quote: doubled quotes are one, what follows the closing quote is kept. */
function unquote(from: usize, end: usize): void {
  text = from;
  if (end > from && load<u8>(end - 1) === QUOTE) {
    // nearly always: one closing quote at the end and none inside, so the text is where it is
    const last = end - 1,
      quotes = v128.load(QUOTES);
    let found = i8x16.splat(0),
      at = from;
    for (; at + 32 <= last; at += 32)
      found = v128.or(found, v128.or(i8x16.eq(v128.load(at), quotes), i8x16.eq(v128.load(at, 16), quotes)));
    if (at + 16 <= last) {
      found = v128.or(found, i8x16.eq(v128.load(at), quotes));
      at += 16;
    }
    if (at < last)
      found = v128.or(found, v128.and(i8x16.eq(v128.load(at), quotes), v128.load(firstBytes + (last - at) * 16)));
    if (!v128.any_true(found)) {
      textLength = <u32>(last - from);
      return;
    }
  }
  const most = <u32>(end - from) + 32;
  if (unquotedBytes < most) {
    if (unquoted !== 0) give(unquoted, unquotedBytes);
    unquotedBytes = max<u32>(1 << (32 - clz(most)), 4096);
    unquoted = take(unquotedBytes);
  }
  // pieces up to the next quote: a doubled one is text, the first other one closes, and all behind it is text
  let out = unquoted,
    begin = from,
    isDoubled = true;
  const quotes = v128.load(QUOTES);
  while (isDoubled) {
    let at = begin,
      found = i8x16.bitmask(i8x16.eq(v128.load(at), quotes));
    while (found === 0 && at + 16 < end) {
      at += 16;
      found = i8x16.bitmask(i8x16.eq(v128.load(at), quotes));
    }
    at = found === 0 ? end : min(at + <usize>ctz(found), end);
    isDoubled = at + 1 < end && load<u8>(at + 1) === QUOTE;
    const length = at - begin + usize(isDoubled);
    for (let i: usize = 0; i < length; i += 16) v128.store(out + i, v128.load(begin + i)); // up to 16 bytes more
    out += length;
    begin = at + 1 + usize(isDoubled);
  }
  if (begin < end) {
    memory.copy(out, begin, end - begin);
    out += end - begin;
  }
  text = unquoted;
  textLength = <u32>(out - unquoted);
}

function longKey(from: usize, length: u32): void {
  findLongKey(from, length);
}
/**
 * The key of a text over 16 bytes. Two multiply-rotate lanes over 16 bytes per step, the last step overlapping; a zero
 * byte first distinguishes it from short text.
 */
// @inline
export function findLongKey(from: usize, length: u32): void {
  let a = K3 ^ <u64>length,
    b = K4 + <u64>length;
  const last = from + length - 16;
  for (let p = from; p < last; p += 16) {
    const low = load<u64>(p),
      high = load<u64>(p, 8);
    a = rotl<u64>((a ^ low) * K1, 27) + high * K4;
    b = rotl<u64>((b + high) * K2, 31) ^ (low * K3);
    b ^= b >> 29;
  }
  endLongKey(a, b, load<u64>(last), load<u64>(last, 8));
}
/** The same of a text of 17 to 32 bytes: its first 16 bytes and its last. */
// @inline
export function findKeyOfTwo(length: u32, low: u64, high: u64, lastLow: u64, lastHigh: u64): void {
  let b = rotl<u64>((K4 + <u64>length + high) * K2, 31) ^ (low * K3);
  b ^= b >> 29;
  endLongKey(rotl<u64>((K3 ^ <u64>length ^ low) * K1, 27) + high * K4, b, lastLow, lastHigh);
}
// @inline
function endLongKey(a: u64, b: u64, low: u64, high: u64): void {
  a = rotl<u64>((a ^ low) * K1, 27) + high * K4;
  b = rotl<u64>((b + high) * K2, 31) ^ (low * K3);
  a ^= b >> 32;
  a *= K1;
  a ^= a >> 29;
  b ^= a >> 31;
  b *= K3;
  b ^= b >> 32;
  keyLow = a << 8;
  keyHigh = b | 1;
}

/** The key of an object or array: always the long form, and never that of a text. */
export function nestedKey(from: usize, length: u32): void {
  if (length >= 16) longKey(from, length);
  else {
    const bytes = v128.and(v128.load(from), v128.load(firstBytes + length * 16));
    keyLow = (i64x2.extract_lane(bytes, 0) * K1) << 8;
    keyHigh = ((i64x2.extract_lane(bytes, 1) * K2) ^ i64x2.extract_lane(bytes, 0)) | 1;
  }
  keyLow ^= K4 << 8;
}

/** Length of a text of up to 16 bytes by its key. */
export function keyLength(low: u64, high: u64): u32 {
  if (low === EMPTY && high === 0) return 0; // of JSON: an empty string
  return high !== 0 ? 16 - <u32>(clz(high) >> 3) : 8 - <u32>(clz(low) >> 3);
}

/**
 * The same where bytes may be wrong: a U+FFFD is shown for each wrong one, or for as many as a character may begin
 * with.
 */
function shownCharacters(from: usize, length: u32): u32 {
  const end = from + length;
  let n: u32 = 0;
  while (from < end) {
    const first = <u32>load<u8>(from++);
    n++;
    // C0 80 stands for U+0000 of UTF-16, ED A0 80 to ED BF BF for half a pair: each is shown as one
    const bytes =
      first < 0xc2 || first > 0xf4
        ? first === 0xc0 && from < end && load<u8>(from) === 0x80
          ? 2
          : 1
        : first < 0xe0
          ? 2
          : first < 0xf0
            ? 3
            : 4;
    for (let i = 1; i < bytes && from < end; i++) {
      const low: u32 = i > 1 ? 0x80 : first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80,
        high: u32 = i === 1 && first === 0xf4 ? 0x8f : 0xbf;
      const byte = <u32>load<u8>(from);
      if (byte < low || byte > high) break;
      from++;
    }
  }
  return n;
}
// @inline
function sumOf(bytes: v128): u32 {
  const fours = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes));
  return (
    i32x4.extract_lane(fours, 0) +
    i32x4.extract_lane(fours, 1) +
    i32x4.extract_lane(fours, 2) +
    i32x4.extract_lane(fours, 3)
  );
}
/** Bytes below 14 in the text that codePoints read last: line ends and tabulators, the rest is hardly ever there. */
export let breaks: u32 = 0;
/**
 * Bytes of that text that are not continuation bytes of UTF-8. When that is all of them, the text has neither
 * characters of several bytes nor the bytes A0 and AD.
 */
export let beginnings: u32 = 0;
/** Pieces of 16 bytes whose bytes are counted in bytes. */
const PIECES: usize = 255;
/**
 * Unicode code points in UTF-8, as they are shown. Nearly every text is ASCII without line ends, which three operations
 * per piece find out.
 */
export function codePoints(from: usize, length: u32): u32 {
  const end = from + length;
  let all = i8x16.splat(0),
    least = i8x16.splat(-1),
    at = from;
  for (; at + 16 <= end; at += 16) {
    const bytes = v128.load(at);
    all = v128.or(all, bytes);
    least = i8x16.min_u(least, bytes);
  }
  if (at < end) {
    const bytes = v128.load(at),
      inside = v128.load(firstBytes + (end - at) * 16);
    all = v128.or(all, v128.and(bytes, inside));
    least = i8x16.min_u(least, v128.or(bytes, v128.not(inside)));
  }
  if (i8x16.bitmask(all) !== 0 || v128.any_true(i8x16.lt_u(least, i8x16.splat(14)))) return countPoints(from, length);
  breaks = 0;
  beginnings = length;
  return length;
}
function countPoints(from: usize, length: u32): u32 {
  const begin = from,
    end = from + length,
    continuation = v128.load(CONTINUATIONS),
    fourteen = i8x16.splat(14);
  let n: u32 = 0,
    few: u32 = 0;
  while (from + 16 <= end) {
    const stop = min(end - 16, from + 16 * (PIECES - 1));
    let points = i8x16.splat(0),
      found = i8x16.splat(0);
    for (; from <= stop; from += 16) {
      const bytes = v128.load(from);
      points = i8x16.sub(points, i8x16.gt_s(bytes, continuation));
      found = i8x16.sub(found, i8x16.lt_u(bytes, fourteen));
    }
    n += sumOf(points);
    if (v128.any_true(found)) few += sumOf(found);
  }
  if (from < end) {
    const bytes = v128.load(from),
      inside = v128.load(firstBytes + (end - from) * 16);
    n += popcnt(i8x16.bitmask(v128.and(i8x16.gt_s(bytes, continuation), inside)));
    few += popcnt(i8x16.bitmask(v128.and(i8x16.lt_u(bytes, fourteen), inside)));
  }
  breaks = few;
  beginnings = n;
  if (shared().hasWrongBytes !== 0) return shownCharacters(begin, length);
  return n;
}
