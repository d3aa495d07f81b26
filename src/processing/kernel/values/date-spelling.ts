// Days, alone or with a time, that are not written as ISO 8601 has them: each spelling is a class of its own. The day
// must exist and its year lie in 1700-2199 (of two digits: 2000-2099): numbers of documents and substances have the
// same form.
import {
  COMPACT,
  DAY_DASH,
  DAY_DOT,
  DAY_OR_VERSION,
  DAY_SLASH,
  DAY_THEN_NAME,
  EITHER_DASH,
  EITHER_SLASH,
  ISO_COMMA,
  ISO_HALF_DAY,
  ISO_OTHER_TIME,
  ISO_UNPADDED,
  ISO_ZONE,
  MONTH_DASH,
  MONTH_NAME_FIRST,
  MONTH_SLASH,
  YEAR_DOT,
  YEAR_SLASH,
} from '../border/classes.ts';
import { daysIn } from './timestamp-parser.ts';

const SLASH: u32 = 47,
  DOT: u32 = 46,
  DASH: u32 = 45,
  SPACE: u32 = 32,
  COMMA: u32 = 44;

let at: usize = 0,
  end: usize = 0;
/** What the time behind a day has: a fraction behind a comma, a zone in letters, AM or PM; whether there is one. */
let hasComma: bool = false,
  hasZone: bool = false,
  hasHalf: bool = false,
  hasTime: bool = false;

// @inline
function byteAt(p: usize): u32 {
  return p < end ? <u32>load<u8>(p) : 0;
}
/** Reads up to `most` digits from `at` on. @returns their number in `width`, and their value */
let width: u32 = 0;
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
// @inline
function isDigitAt(): bool {
  return byteAt(at) - 48 < 10;
}
/** @param year of four digits or two */
function exists(year: u32, yearWidth: u32, month: u32, day: u32): bool {
  const full = yearWidth === 2 ? 2000 + year : year;
  return full >= 1700 && full < 2200 && month - 1 < 12 && day - 1 < daysIn(full, month);
}

/** Classifies text of at most 40 bytes that begins with a letter or digit. @returns a class, or 0 */
export function spelledDate(from: usize, length: u32): u32 {
  at = from;
  end = from + length;
  if (!isDigitAt()) return nameFirst();
  const first = digits(8),
    firstWidth = width,
    separator = byteAt(at);
  if (firstWidth === 8) return separator === 84 ? compact(first) : 0;
  if (firstWidth === 4)
    return separator === DASH || separator === SLASH || separator === DOT ? yearFirst(first, separator) : 0;
  if (firstWidth > 2) return 0;
  at++;
  if (separator === SLASH || separator === DOT || separator === DASH) {
    if (!isDigitAt()) return separator === DASH ? nameSecond(first, separator) : 0;
    const second = digits(2),
      secondWidth = width;
    if (byteAt(at) !== separator) return 0;
    at++;
    const year = digits(4),
      yearWidth = width;
    if ((yearWidth !== 4 && (yearWidth !== 2 || separator === DASH)) || !isTail()) return 0;
    const isDayFirst = exists(year, yearWidth, second, first),
      isMonthFirst = exists(year, yearWidth, first, second);
    if (separator === DOT) {
      if (!isDayFirst) return 0;
      const isPadded = firstWidth === 2 && secondWidth === 2 && (first < 10 || second < 10);
      return yearWidth === 4 || isPadded ? DAY_DOT : DAY_OR_VERSION;
    }
    if (isDayFirst && isMonthFirst) return separator === SLASH ? EITHER_SLASH : EITHER_DASH;
    if (isDayFirst) return separator === SLASH ? DAY_SLASH : DAY_DASH;
    return isMonthFirst ? (separator === SLASH ? MONTH_SLASH : MONTH_DASH) : 0;
  }
  return separator === SPACE ? nameSecond(first, separator) : 0;
}

function yearFirst(year: u32, separator: u32): u32 {
  at++;
  const month = digits(2),
    monthWidth = width;
  if (monthWidth === 0 || byteAt(at) !== separator) return 0;
  at++;
  const day = digits(2),
    dayWidth = width;
  if (dayWidth === 0 || !isTail() || !exists(year, 4, month, day)) return 0;
  if (separator === SLASH) return YEAR_SLASH;
  if (separator === DOT) return YEAR_DOT;
  if (monthWidth < 2 || dayWidth < 2) return ISO_UNPADDED;
  if (hasComma) return ISO_COMMA;
  if (hasHalf) return ISO_HALF_DAY;
  if (hasZone) return ISO_ZONE;
  return hasTime ? ISO_OTHER_TIME : 0;
}
/** 20240531T100000Z */
function compact(day: u32): u32 {
  at++;
  const time = digits(6),
    timeWidth = width;
  if (timeWidth !== 4 && timeWidth !== 6) return 0;
  const minutes = timeWidth === 6 ? time / 100 : time;
  if (minutes / 100 > 23 || minutes % 100 > 59 || (timeWidth === 6 && time % 100 > 59)) return 0;
  if (byteAt(at) === DOT) {
    at++;
    digits(9);
    if (width === 0) return 0;
  }
  if (byteAt(at) === 90) at++;
  return at === end && exists(day / 10000, 4, (day / 100) % 100, day % 100) ? COMPACT : 0;
}

const NAMES = memory.data<u32>([
  0x6e616a, 0x626566, 0x72616d, 0x727061, 0x79616d, 0x6e756a, 0x6c756a, 0x677561, 0x706573, 0x74636f, 0x766f6e,
  0x636564,
]);
/** January to December behind their first three letters, zero behind. */
const RESTS = memory.data<u64>([
  0x79726175, 0x7972617572, 0x6863, 0x6c69, 0, 0x65, 0x79, 0x747375, 0x7265626d6574, 0x7265626f, 0x7265626d65,
  0x7265626d65,
]);
/** A month by its English name, whole or by three letters (Sept too), with a point or none. @returns 1 to 12, or 0 */
function monthName(): u32 {
  if (at + 3 > end) return 0;
  const name = byteAt(at) | (byteAt(at + 1) << 8) | (byteAt(at + 2) << 16) | 0x202020;
  let month: u32 = 0;
  for (let i: u32 = 0; i < 12; i++) if (load<u32>(NAMES + (i << 2)) === name) month = i + 1;
  if (month === 0) return 0;
  at += 3;
  let rest: u64 = 0,
    n: u32 = 0;
  for (; n < 7; n++) {
    const letter = byteAt(at + n) | 32;
    if (letter - 97 > 25) break;
    rest |= (<u64>letter) << (n << 3);
  }
  if (rest !== 0 && rest !== load<u64>(RESTS + ((month - 1) << 3)) && !(month === 9 && rest === 0x74)) return 0;
  at += n;
  if (byteAt(at) === DOT) at++;
  return month;
}
/** Where the name ends that monthAt found. */
export let monthEnd: usize = 0;
/** As monthName, of a text from there on. @returns 1 to 12, or 0 */
export function monthAt(from: usize, to: usize): u32 {
  at = from;
  end = to;
  const month = monthName();
  monthEnd = at;
  return month;
}
/** May 31, 2024; May 31st 2024 */
function nameFirst(): u32 {
  const month = monthName();
  if (month === 0 || byteAt(at) !== SPACE) return 0;
  at++;
  const day = digits(2);
  if (width === 0) return 0;
  skipOrdinal();
  if (byteAt(at) === COMMA) at++;
  if (byteAt(at) !== SPACE) return 0;
  at++;
  const year = digits(4);
  return width === 4 && isTail() && exists(year, 4, month, day) ? MONTH_NAME_FIRST : 0;
}
/** 31 May 2024, 31-May-24; `at` is behind the day and the separator */
function nameSecond(day: u32, separator: u32): u32 {
  const month = monthName();
  if (month === 0) return 0;
  if (separator === SPACE && byteAt(at) === COMMA) at++;
  if (byteAt(at) !== separator) return 0;
  at++;
  const year = digits(4);
  return (width === 4 || width === 2) && isTail() && exists(year, width === 2 ? 2 : 4, month, day) ? DAY_THEN_NAME : 0;
}
/** st, nd, rd, th */
function skipOrdinal(): void {
  const both = byteAt(at) | (byteAt(at + 1) << 8);
  if (both === 0x7473 || both === 0x646e || both === 0x6472 || both === 0x6874) at += 2;
}

/**
 * Nothing, or a time: behind T, a space, or a comma and a space; hours of one digit or two, AM or PM, a zone. Keeps
 * `width`.
 */
function isTail(): bool {
  const before = width,
    is = tail();
  width = before;
  return is;
}
function tail(): bool {
  hasComma = hasZone = hasHalf = hasTime = false;
  if (at === end) return true;
  if (byteAt(at) === 84) at++;
  else {
    if (byteAt(at) === COMMA) at++;
    if (byteAt(at) !== SPACE) return false;
    at++;
  }
  hasTime = true;
  const hour = digits(2);
  if (width === 0 || hour > 23 || !isSixty()) return false;
  if (byteAt(at) === 58) {
    if (!isSixty()) return false;
    const mark = byteAt(at);
    if (mark === DOT || mark === COMMA) {
      hasComma = mark === COMMA;
      at++;
      digits(9);
      if (width === 0) return false;
    }
  }
  if (isHalf(byteAt(at) === SPACE ? at + 1 : at)) hasHalf = true;
  if (at === end) return true;
  if (byteAt(at) === SPACE) at++;
  const sign = byteAt(at);
  if (sign === 43 || sign === DASH) {
    at++;
    const hours = digits(2);
    if (width !== 2 || hours > 23) return false;
    if (byteAt(at) === 58) at++;
    const minutes = digits(2);
    return width === 2 && minutes < 60 && at === end;
  }
  const first = at;
  while (byteAt(at) - 65 < 26) at++;
  hasZone = at - first > 1;
  return at === end && (hasZone ? at - first < 6 : at > first && byteAt(first) === 90);
}
/** `:` and two digits below sixty */
function isSixty(): bool {
  if (byteAt(at) !== 58) return false;
  at++;
  const value = digits(2);
  return width === 2 && value < 60;
}
/** AM, pm, a.m. from there on: `at` moves behind it. */
function isHalf(p: usize): bool {
  const letter = byteAt(p) | 32;
  if (letter !== 97 && letter !== 112) return false;
  p++;
  if (byteAt(p) === DOT) p++;
  if ((byteAt(p) | 32) !== 109) return false;
  p++;
  if (byteAt(p) === DOT) p++;
  at = p;
  return true;
}
