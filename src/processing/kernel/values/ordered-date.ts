// Dates that are not written as ISO 8601 has them, in the order of their parts that a person has named: 31.12.2025,
// 12/31/25 4:05 PM. A year of four digits in front, and English names of months, say their order themselves: 2025/1/3,
// 31 Dec 2025. Years of two digits: 69 to 99 are of the 20th century, 00 to 68 of the 21st (POSIX strptime, %y).

import { DATE, DATETIME } from '../border/classes.ts';
import { DAY_FIRST, MONTH_FIRST, NO_ORDER, YEAR_FIRST } from '../border/value-rules.ts';
import { monthAt, monthEnd } from './date-spelling.ts';
import { daysFrom, daysIn, setInstant } from './timestamp-parser.ts';

/** As spelling.ts has it: a longer text is no date. */
const MOST_BYTES: u32 = 40;
const SLASH: u32 = 47,
  DOT: u32 = 46,
  DASH: u32 = 45,
  SPACE: u32 = 32,
  COMMA: u32 = 44,
  COLON: u32 = 58;
/** Years of two digits below it are of the 21st century. */
const PIVOT: u32 = 69;

let at: usize = 0,
  end: usize = 0,
  width: u32 = 0;
let year: u32 = 0,
  month: u32 = 0,
  day: u32 = 0;
/** Seconds since the day began, minus the zone's offset. */
let time: i64 = 0,
  fraction: u64 = 0;

// @inline
function byteAt(p: usize): u32 {
  return p < end ? <u32>load<u8>(p) : 0;
}
/** Reads up to `most` digits from `at` on; how many is in `width`. */
function digits(most: u32): u32 {
  let value: u32 = 0;
  for (width = 0; width < most; width++) {
    const digit = byteAt(at) - 48;
    if (digit > 9) break;
    value = value * 10 + digit;
    at++;
  }
  return value;
}
/** A year of four digits or two. @returns false when it has others */
function setYear(value: u32, digits: u32): bool {
  if (digits !== 4 && digits !== 2) return false;
  year = digits === 4 ? value : value < PIVOT ? 2000 + value : 1900 + value;
  return true;
}

/**
 * Parses trimmed text; the instant goes to timestamp-parser's `seconds`.
 * @param order without one, only dates that say it themselves
 * @returns DATE, DATETIME or 0
 */
export function orderedTime(from: usize, length: u32, order: u32): u32 {
  if (length > MOST_BYTES || length < 6) return 0;
  at = from;
  end = from + length;
  const first = byteAt(at);
  if (first - 48 < 10 ? !numberFirst(order) : (first | 32) - 97 > 25 || !nameFirst()) return 0;
  if (!isDay()) return 0;
  time = 0;
  fraction = 0;
  const hasTime = at < end;
  if (hasTime && !readTime()) return 0;
  setInstant(daysFrom(year, month, day) * 86400 + time, fraction);
  return hasTime ? DATETIME : DATE;
}
function numberFirst(order: u32): bool {
  const first = digits(4),
    firstWidth = width,
    separator = byteAt(at);
  if (firstWidth === 3) return false;
  at++;
  if (firstWidth < 4 && (separator === SPACE || separator === DASH) && byteAt(at) - 48 > 9)
    return firstWidth < 3 && nameSecond(first, separator);
  if (separator !== SLASH && separator !== DOT && separator !== DASH) return false;
  const second = digits(2),
    secondWidth = width;
  if (secondWidth === 0 || byteAt(at) !== separator) return false;
  at++;
  const third = digits(4),
    thirdWidth = width;
  if (thirdWidth === 0) return false;
  if (firstWidth === 4 || order === YEAR_FIRST) {
    month = second;
    day = third;
    return thirdWidth <= 2 && setYear(first, firstWidth);
  }
  if (order === NO_ORDER) return false;
  day = order === DAY_FIRST ? first : second;
  month = order === DAY_FIRST ? second : first;
  return setYear(third, thirdWidth);
}
/** 31 May 2024, 31-May-24; `at` is behind the day and the separator */
function nameSecond(first: u32, separator: u32): bool {
  day = first;
  month = monthAt(at, end);
  if (month === 0) return false;
  at = monthEnd;
  if (separator === SPACE && byteAt(at) === COMMA) at++;
  if (byteAt(at) !== separator) return false;
  at++;
  const value = digits(4);
  return setYear(value, width);
}
/** May 31, 2024; May 31st 2024 */
function nameFirst(): bool {
  month = monthAt(at, end);
  if (month === 0) return false;
  at = monthEnd;
  if (byteAt(at) !== SPACE) return false;
  at++;
  day = digits(2);
  if (width === 0) return false;
  const both = byteAt(at) | (byteAt(at + 1) << 8);
  if (both === 0x7473 || both === 0x646e || both === 0x6472 || both === 0x6874) at += 2; // st, nd, rd, th
  if (byteAt(at) === COMMA) at++;
  if (byteAt(at) !== SPACE) return false;
  at++;
  const value = digits(4);
  return width === 4 && setYear(value, 4);
}

/** `:` and two digits below sixty. @returns 60 for anything else */
function sixty(): u32 {
  if (byteAt(at) !== COLON) return 60;
  at++;
  const value = digits(2);
  return width === 2 ? min<u32>(value, 60) : 60;
}
/** What stands behind the day: T, a space, or a comma and a space, then hours and minutes and what may follow. */
function readTime(): bool {
  if (byteAt(at) === 84) at++;
  else {
    if (byteAt(at) === COMMA) at++;
    if (byteAt(at) !== SPACE) return false;
    at++;
  }
  let hour = digits(2);
  if (width === 0) return false;
  const minute = sixty();
  if (hour > 23 || minute > 59) return false;
  time = minute * 60;
  if (byteAt(at) === COLON) {
    const second = sixty();
    if (second > 59) return false;
    time += second;
    if ((byteAt(at) === DOT || byteAt(at) === COMMA) && !readFraction()) return false;
  }
  const half = readHalf();
  if (half !== 0) {
    if (hour - 1 > 11) return false;
    hour = (hour % 12) + (half === 112 ? 12 : 0);
  }
  time += hour * 3600;
  return at === end || readZone();
}
function readFraction(): bool {
  at++;
  const first = at;
  let unit: u64 = 100000000000000000;
  for (; byteAt(at) - 48 < 10; at++) {
    fraction += unit * (<u64>load<u8>(at) - 48);
    unit /= 10;
  }
  return at > first;
}
/** AM, pm, a.m., with a space before it or none. @returns the letter `a` or `p`; 0 when there is none */
function readHalf(): u32 {
  let p = byteAt(at) === SPACE ? at + 1 : at;
  const letter = byteAt(p) | 32;
  if (letter !== 97 && letter !== 112) return 0;
  p++;
  const isPointed = byteAt(p) === DOT;
  if (isPointed) p++;
  if ((byteAt(p) | 32) !== 109) return 0;
  p++;
  if (isPointed && byteAt(p) === DOT) p++;
  at = p;
  return letter;
}
/** Z, or `±hh[:]mm`, with a space before it or none. */
function readZone(): bool {
  if (byteAt(at) === SPACE) at++;
  const sign = byteAt(at++);
  if (sign === 90) return at === end;
  if (sign !== 43 && sign !== DASH) return false;
  const hours = digits(2);
  if (width !== 2 || hours > 23) return false;
  if (byteAt(at) === COLON) at++;
  const minutes = digits(2);
  if (width !== 2 || minutes > 59 || at !== end) return false;
  const offset = <i64>(hours * 3600 + minutes * 60);
  time += sign === 43 ? -offset : offset;
  return true;
}

/**
 * Eight digits as a day, in a column that was said to hold days: with the year in front where that is a day, as ISO
 * 8601 has it, else in the order that was said. Of years from 1900 to 2099 only one of the two is a day.
 */
export function compactDay(from: usize, length: u32, order: u32): bool {
  if (length !== 8) return false;
  at = from;
  end = from + length;
  const all = digits(8);
  if (width !== 8) return false;
  year = all / 10000;
  month = (all / 100) % 100;
  day = all % 100;
  if (!isDay() && (order === DAY_FIRST || order === MONTH_FIRST)) {
    const first = all / 1000000,
      second = (all / 10000) % 100;
    year = all % 10000;
    day = order === DAY_FIRST ? first : second;
    month = order === DAY_FIRST ? second : first;
  }
  if (!isDay()) return false;
  setInstant(daysFrom(year, month, day) * 86400, 0);
  return true;
}
// @inline
function isDay(): bool {
  return month - 1 <= 11 && day - 1 < daysIn(year, month);
}
