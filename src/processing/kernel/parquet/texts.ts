// Stored values as text: what the other way of reading writes into its NDJSON, character by character.

import { NUMBER_VALUE, STRING_VALUE, WRITTEN_NUMBER } from '../border/classes.ts';
import { CLOCK, DAY, DOUBLE, FIXED_POINT, FLOAT, INSTANT, UNSIGNED } from '../border/parquet.ts';
import { allocate } from '../memory/memory.ts';
import { attachDigits, putDigitsBefore, putTwo } from './digits.ts';
import { attachFloatTexts, floatBegin, floatEnd, floatKind, writeFloat } from './float-texts.ts';

/** Most bytes of a text of this file, with the 8 bytes before it, and what is written beyond it. */
export const TEXT_ROOM: u32 = 64;
/** Behind the 8 bytes that point to its canonical form. */
const AHEAD: usize = 8;

/** What `writeValue` wrote last: where it begins and ends, and its kind (border/classes.ts); kind 0: it cannot. */
export let textBegin: usize = 0,
  textEnd: usize = 0,
  textKind: u32 = 0;

let days: usize = 0;
/** Days whose text is kept: a table by the lowest bits, text of 10 bytes and the day i32 behind it. */
const DAYS: u32 = 512;
/** Once per thread. */
export function attachTexts(): void {
  attachDigits();
  attachFloatTexts();
  days = allocate(DAYS * 16);
  for (let i: u32 = 0; i < DAYS; i++) store<i32>(days + (i << 4), i32.MIN_VALUE, 12);
}

/**
 * Writes a value of a column to `at`, TEXT_ROOM bytes.
 * @param form how: SIGNED and the others of border/parquet.ts
 * @param scale digits of a second's fraction (INSTANT, CLOCK; + 16: adjusted to UTC) or behind the point (FIXED_POINT)
 */
export function writeValue(at: usize, form: u32, scale: u32, value: i64): void {
  at += AHEAD;
  if (form === DOUBLE || form === FLOAT) {
    writeFloat(at, reinterpret<f64>(value), form === FLOAT);
    textBegin = floatBegin;
    textEnd = floatEnd;
    textKind = floatKind;
    return;
  }
  if (form === INSTANT) {
    writeInstant(at, scale, value);
    return;
  }
  if (form === DAY) {
    textBegin = at;
    textKind = putDay(at, value) ? STRING_VALUE : 0;
    textEnd = at + 10;
    return;
  }
  if (form === CLOCK) {
    writeClock(at, scale, value);
    return;
  }
  const end = at + 40,
    isNegative = form !== UNSIGNED && value < 0,
    digits = <u64>(isNegative ? -value : value);
  let begin = putDigitsBefore(end, digits);
  if (form === FIXED_POINT && scale > 0) {
    writeFixed(begin, end, scale, isNegative);
    return;
  }
  if (isNegative) store<u8>(--begin, 45);
  textBegin = begin;
  textEnd = end;
  textKind = NUMBER_VALUE;
}
/** Digits with a point before the last `scale` of them; the canonical form has no zeros at its end. */
function writeFixed(begin: usize, end: usize, scale: u32, isNegative: bool): void {
  while (end - begin <= <usize>scale) store<u8>(--begin, 48);
  const point = end - scale;
  memory.copy(begin - 1, begin, point - begin);
  begin--;
  store<u8>(point - 1, 46);
  if (isNegative) store<u8>(--begin, 45);
  textBegin = begin;
  textEnd = end;
  let last = end;
  while (load<u8>(last - 1) === 48) last--;
  if (last === point) last--;
  textKind = last === end ? NUMBER_VALUE : WRITTEN_NUMBER;
  store<u32>(begin - 8, <u32>begin);
  store<u32>(begin - 4, <u32>(last - begin));
}

/** The day `days since 1970-01-01` as YYYY-MM-DD. @returns false when its year has not four digits */
function putDay(at: usize, day: i64): bool {
  if (day < -719528 || day > 2932896) return false;
  const kept = days + ((<usize>(<u32>day & (DAYS - 1))) << 4);
  if (load<i32>(kept, 12) !== <i32>day) {
    // H. Hinnant, "chrono-compatible low-level date algorithms": civil_from_days; an era is added for the year 0
    const z = <u32>(day + 719468 + 146097),
      era = z / 146097,
      ofEra = z - era * 146097,
      yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36524 - ofEra / 146096) / 365,
      ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100),
      fromMarch = (5 * ofYear + 2) / 153,
      month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9,
      year = yearOfEra + era * 400 + u32(month <= 2) - 400;
    putTwo(kept, year / 100);
    putTwo(kept + 2, year % 100);
    store<u8>(kept, 45, 4);
    putTwo(kept + 5, month);
    store<u8>(kept, 45, 7);
    putTwo(kept + 8, ofYear - (153 * fromMarch + 2) / 5 + 1);
    store<i32>(kept, <i32>day, 12);
  }
  v128.store(at, v128.load(kept));
  return true;
}
/** hh:mm:ss and the fraction without zeros at its end. @returns where it ends */
// @inline
function putClock(at: usize, ofDay: u32, fraction: u64, digits: u32): usize {
  const minutes = ofDay / 60,
    hours = minutes / 60;
  putTwo(at, hours);
  store<u8>(at, 58, 2);
  putTwo(at + 3, minutes - hours * 60);
  store<u8>(at, 58, 5);
  putTwo(at + 6, ofDay - minutes * 60);
  at += 8;
  if (fraction === 0) return at;
  store<u8>(at, 46);
  const end = at + 1 + digits;
  let begin = putDigitsBefore(end, fraction);
  while (begin > at + 1) store<u8>(--begin, 48);
  let last = end;
  while (load<u8>(last - 1) === 48) last--;
  return last;
}
// @inline
function unitsOf(digits: u32): i64 {
  return digits === 6 ? 1000000 : digits === 3 ? 1000 : 1000000000;
}
function writeInstant(at: usize, scale: u32, value: i64): void {
  const digits = scale & 15,
    units = unitsOf(digits);
  let seconds = value / units,
    fraction = value - seconds * units;
  if (fraction < 0) {
    fraction += units;
    seconds--;
  }
  let day = seconds / 86400,
    ofDay = seconds - day * 86400;
  if (ofDay < 0) {
    ofDay += 86400;
    day--;
  }
  textBegin = at;
  if (!putDay(at, day)) {
    textKind = 0;
    return;
  }
  store<u8>(at, 84, 10);
  let end = putClock(at + 11, <u32>ofDay, <u64>fraction, digits);
  if (scale > 15) store<u8>(end++, 90);
  textEnd = end;
  textKind = STRING_VALUE;
}
function writeClock(at: usize, digits: u32, value: i64): void {
  const units = unitsOf(digits),
    seconds = value / units;
  textBegin = at;
  textKind = value < 0 || seconds >= 360000 ? 0 : STRING_VALUE;
  if (textKind === 0) return;
  textEnd = putClock(at, <u32>seconds, <u64>(value - seconds * units), digits);
}
