// Numbers: [+-]? (digits [. [digits]] | . digits) [e|E [+-]? digits]. Up to 16 characters in one SIMD register: one
// shuffle takes the point out and moves the digits to the right, four steps add neighbours up. The double is digits /
// 10^d, exact operands and so the nearest double (Clinger 1990). What is longer or has an exponent is parsed digit by
// digit (nearest-number.ts), and by the host where that does not tell.
import { CODE, DECIMAL, INTEGER, TEXT } from '../border/classes.ts';
import { parseNumber } from '../host.ts';
import { allocate } from '../memory/memory.ts';
import { shared } from '../memory/shared.ts';
import { HUNDREDS, LOW_BYTES, NINES, POINTS, TENS, ZEROS } from '../memory/simd-constants.ts';
import { nearestNumber } from './nearest-number.ts';

/** What parseDigits and classifyNumber found. */
export let number: f64 = 0,
  hasPoint: bool = false;

const NOT_A_NUMBER: u32 = 0;
export const MAX_SAFE: f64 = 9007199254740991;

/** Shuffles for each position of the point (16: none) and each length: 17 x 17 x 16 bytes. */
let shuffles: usize = 0;
let powers: usize = 0;

/** Once per thread. */
export function attachNumbers(): void {
  shuffles = shared().shuffles;
  powers = shared().powers;
}
/** Makes the tables of shuffles and powers of ten, 5 KiB. Once per job. */
export function prepareNumbers(): void {
  shuffles = allocate(17 * 17 * 16);
  for (let point = 0; point <= 16; point++)
    for (let length = 0; length <= 16; length++)
      for (let i = 0; i < 16; i++) {
        let from = length - 16 + i; // the digits to the right end
        if (point < length && from <= point) from--; // the point itself is left out
        store<u8>(shuffles + (point * 17 + length) * 16 + i, from >= 0 && from < length ? <u8>from : 0x80);
      }
  powers = allocate(17 * 8);
  let power: f64 = 1;
  for (let i = 0; i <= 16; i++) {
    store<f64>(powers + i * 8, power);
    power *= 10;
  }
  shared().shuffles = shuffles;
  shared().powers = powers;
}

/**
 * Digits with at most one point, 1 to 16 characters of the register, no sign. The value goes to `number`.
 * @returns false when they are something else, or too many digits for an exact quotient
 */
// @inline
export function parseDigits(bytes: v128, length: u32, negative: bool): bool {
  const digits = i8x16.sub(bytes, v128.load(ZEROS));
  const all = (1 << length) - 1;
  const points = i8x16.bitmask(i8x16.eq(bytes, v128.load(POINTS))) & all;
  const others = i8x16.bitmask(i8x16.le_u(digits, v128.load(NINES))) & all;
  if ((others | points) !== all || (points & (points - 1)) !== 0 || others === 0) return false;
  const point = points === 0 ? 16 : <u32>ctz(points);
  const right = i8x16.swizzle(digits, v128.load(shuffles + (point * 17 + length) * 16));
  const twos = i16x8.add(i16x8.mul(v128.and(right, v128.load(LOW_BYTES)), v128.load(TENS)), i16x8.shr_u(right, 8));
  const fours = i32x4.dot_i16x8_s(twos, v128.load(HUNDREDS));
  const high = <u64>i32x4.extract_lane(fours, 0) * 10000 + <u64>i32x4.extract_lane(fours, 1);
  const low = <u64>i32x4.extract_lane(fours, 2) * 10000 + <u64>i32x4.extract_lane(fours, 3);
  const value = high * 100000000 + low;
  if (value > 9007199254740991) return false;
  let exact = <f64>(negative ? -(<i64>value) : <i64>value);
  hasPoint = points !== 0;
  if (hasPoint) exact /= load<f64>(powers + (length - 1 - point) * 8);
  number = exact;
  return true;
}

/** Classifies trimmed text that begins like a number. The value goes to `number`. */
export function classifyNumber(from: usize, length: u32): u32 {
  const sign = <u32>load<u8>(from),
    isSigned = sign === 43 || sign === 45,
    plain = from + usize(isSigned),
    rest = length - u32(isSigned);
  if (rest - 1 < 16 && parseDigits(v128.load(plain), rest, sign === 45)) {
    if (load<u8>(plain) === 48 && rest > 1 && load<u8>(plain, 1) !== 46) return CODE;
    return hasPoint ? DECIMAL : INTEGER;
  }
  return classifyLongNumber(from, length);
}

/** Digits of a number that fit in 64 bits; an exponent beyond the other is infinite or 0, whatever it is. */
const MOST_DIGITS: u32 = 19,
  MOST_EXPONENT: u32 = 99_999;
/** The digits read so far, without zeros before them, as a number while there are few enough. */
let whole: u64 = 0,
  significant: u32 = 0;
/** @returns behind the digits at `at` */
function readDigits(at: usize, end: usize): usize {
  for (; at < end; at++) {
    const digit = <u32>load<u8>(at) - 48;
    if (digit > 9) break;
    if ((significant | digit) === 0) continue;
    if (++significant <= MOST_DIGITS) whole = whole * 10 + digit;
  }
  return at;
}
/** Slow and complete. */
function classifyLongNumber(from: usize, length: u32): u32 {
  let at = from;
  const end = from + length,
    isNegative = load<u8>(at) === 45;
  if (load<u8>(at) === 43 || isNegative) at++;
  const first = at;
  whole = 0;
  significant = 0;
  at = readDigits(at, end);
  let digits = <u32>(at - first),
    exponent: i32 = 0,
    hasExponent = false;
  const leadingZero = digits > 1 && load<u8>(first) === 48;
  hasPoint = at < end && load<u8>(at) === 46;
  if (hasPoint) {
    const point = at + 1;
    at = readDigits(point, end);
    digits += <u32>(at - point);
    exponent = -(<i32>(at - point));
  }
  if (digits === 0) return NOT_A_NUMBER;
  if (at < end) {
    if ((load<u8>(at) | 32) !== 101) return NOT_A_NUMBER;
    hasExponent = true;
    at++;
    const isSmall = at < end && load<u8>(at) === 45;
    if (at < end && (load<u8>(at) === 43 || isSmall)) at++;
    if (at === end) return NOT_A_NUMBER;
    let power: u32 = 0;
    for (; at < end; at++) {
      const digit = <u32>load<u8>(at) - 48;
      if (digit > 9) return NOT_A_NUMBER;
      power = min(power * 10 + digit, MOST_EXPONENT);
    }
    exponent += isSmall ? -(<i32>power) : <i32>power;
  }
  number = significant === 0 || significant > MOST_DIGITS ? NaN : nearestNumber(whole, exponent);
  if (!isFinite(number)) number = parseNumber(from, length);
  else if (isNegative) number = -number;
  if (!isFinite(number)) return TEXT;
  if (leadingZero) return CODE;
  hasPoint = hasPoint || hasExponent;
  return hasPoint ? DECIMAL : INTEGER;
}
