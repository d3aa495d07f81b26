// Dates `YYYY-MM-DD` and datetimes `date[T ]hh:mm[:ss[.digits]][Z|±hh[:]mm]`: the instant as seconds and a fraction.
import { DATE, DATETIME } from '../border/classes.ts';
import { LOW_BYTES, TENS, ZEROS } from '../memory/simd-constants.ts';

/** What parseTime and packStamp found: seconds since 1970 UTC, and the first 18 digits of the fraction as 10^-18 s. */
export let seconds: i64 = 0,
  fraction: u64 = 0;

/** Sets what was found elsewhere. */
export function setInstant(at: i64, rest: u64): void {
  seconds = at;
  fraction = rest;
}

// @inline
function two(at: usize): u32 {
  const a = <u32>load<u8>(at) - 48,
    b = <u32>load<u8>(at, 1) - 48;
  return a > 9 || b > 9 ? 999 : a * 10 + b;
}
/** Days of a month, 1 to 12, in the Gregorian calendar. */
export function daysIn(year: u32, month: u32): u32 {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
/** Days from 1970-01-01 (H. Hinnant, "chrono-compatible low-level date algorithms"). */
export function daysFrom(year: u32, month: u32, day: u32): i64 {
  // an era of 400 years, 146,097 days, is added: January of year 0 belongs to the year before
  const y = year + 400 - u32(month <= 2),
    era = y / 400,
    ofEra = y - era * 400,
    ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return <i64>(era * 146097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear) - (719468 + 146097);
}

/** Parses trimmed text. @returns DATE, DATETIME or 0 */
export function parseTime(from: usize, length: u32): u32 {
  if (length < 10 || load<u8>(from, 4) !== 45 || load<u8>(from, 7) !== 45) return 0;
  const century = two(from),
    rest = two(from + 2),
    month = two(from + 5),
    day = two(from + 8);
  if (century > 99 || rest > 99 || month - 1 > 11) return 0;
  const year = century * 100 + rest;
  if (day - 1 >= daysIn(year, month)) return 0;
  seconds = daysFrom(year, month, day) * 86400;
  fraction = 0;
  if (length === 10) return DATE;
  if (length < 16 || (load<u8>(from, 10) !== 32 && load<u8>(from, 10) !== 84) || load<u8>(from, 13) !== 58) return 0;
  const hour = two(from + 11),
    minute = two(from + 14);
  if (hour > 23 || minute > 59) return 0;
  seconds += hour * 3600 + minute * 60;
  const end = from + length;
  let at = from + 16;
  if (at < end && load<u8>(at) === 58) {
    if (end - at < 3) return 0;
    const second = two(at + 1);
    if (second > 59) return 0;
    seconds += second;
    at += 3;
    if (at < end && load<u8>(at) === 46) {
      let unit: u64 = 100000000000000000;
      const first = ++at;
      for (; at < end && <u32>load<u8>(at) - 48 < 10; at++) {
        fraction += unit * (<u64>load<u8>(at) - 48);
        unit /= 10;
      }
      if (at === first) return 0;
    }
  }
  if (at === end) return DATETIME;
  const sign = load<u8>(at++);
  if (sign === 90) return at === end ? DATETIME : 0;
  if (sign !== 43 && sign !== 45) return 0;
  if (end - at !== 4 && (end - at !== 5 || load<u8>(at, 2) !== 58)) return 0;
  const hours = two(at),
    minutes = two(end - 2);
  if (hours > 23 || minutes > 59) return 0;
  const offset = <i64>(hours * 3600 + minutes * 60);
  seconds += sign === 43 ? -offset : offset;
  return DATETIME;
}

// `YYYY-MM-DD hh:mm`: lowest byte and range of each character, the places of the digits, and of year, year, month, day,
// hour and minute the lowest value, the range, and the place in a number that rises with the instant
const LOW = memory.data<u8>([48, 48, 48, 48, 45, 48, 48, 45, 48, 48, 0, 48, 48, 58, 48, 48], 16);
const RANGE = memory.data<u8>([9, 9, 9, 9, 0, 9, 9, 0, 9, 9, 255, 9, 9, 0, 9, 9], 16);
const DIGITS = memory.data<u8>([0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 128, 128, 128, 128], 16);
const LEAST = memory.data<u16>([0, 0, 1, 1, 0, 0, 0, 0], 16);
const SPAN = memory.data<u16>([99, 99, 11, 30, 23, 59, 0, 0], 16);
const PLACES = memory.data<u8>([10, 8, 6, 4, 2, 0, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128], 16);
const COLON: u32 = 58;

/**
 * A stamp of 19 characters, `YYYY-MM-DD hh:mm:ss`, the common spelling.
 * @returns a number that rises with the instant, its fields in bytes, or 0 for anything else; fields beyond their
 * ranges and days that a month does not have are anything else
 */
// @inline
export function packStamp(from: usize): u64 {
  const text = v128.load(from),
    separator = load<u8>(from, 10),
    tail = load<u32>(from, 15);
  const ten = ((tail >> 16) & 255) - 48,
    one = (tail >> 24) - 48;
  if (((tail >> 8) & 255) !== COLON || ten > 5 || one > 9 || (separator !== 32 && separator !== 84)) return 0;
  if (!i8x16.all_true(i8x16.le_u(i8x16.sub(text, v128.load(LOW)), v128.load(RANGE)))) return 0;
  const digits = i8x16.swizzle(i8x16.sub(text, v128.load(ZEROS)), v128.load(DIGITS));
  const twos = i16x8.add(i16x8.mul(v128.and(digits, v128.load(LOW_BYTES)), v128.load(TENS)), i16x8.shr_u(digits, 8));
  if (!i16x8.all_true(i16x8.le_u(i16x8.sub(twos, v128.load(LEAST)), v128.load(SPAN)))) return 0;
  if (<u32>i16x8.extract_lane_u(twos, 3) > 28) {
    const year = <u32>i16x8.extract_lane_u(twos, 0) * 100 + <u32>i16x8.extract_lane_u(twos, 1);
    if (<u32>i16x8.extract_lane_u(twos, 3) > daysIn(year, <u32>i16x8.extract_lane_u(twos, 2))) return 0;
  }
  // the highest bit of the lowest byte distinguishes the earliest instant from 0
  return (i64x2.extract_lane(i8x16.swizzle(twos, v128.load(PLACES)), 0) << 8) | (ten * 10 + one) | 128;
}
