// Stored values as text: what the other way of reading writes into its NDJSON, character by character.

import { NUMBER_VALUE, STRING_VALUE, WRITTEN_NUMBER } from '../border/classes.ts';
import { CLOCK, DAY, DOUBLE, FIXED_POINT, FLOAT, INSTANT, UNSIGNED } from '../border/parquet.ts';
import { formatFloat } from '../host.ts';
import { closeText, openText, out, start } from '../json/arena.ts';
import { isCanonical, putCanonical, readNumber } from '../json/numbers.ts';
import { allocate } from '../memory/memory.ts';

/** Most bytes of a text of this file, with the 8 bytes before it, and what is written beyond it. */
export const TEXT_ROOM: u32 = 64;
/** Behind the 8 bytes that point to its canonical form. */
const AHEAD: usize = 8;

/** What `writeValue` wrote last: where it begins and ends, and its kind (border/classes.ts); kind 0: it cannot. */
export let textBegin: usize = 0,
  textEnd: usize = 0,
  textKind: u32 = 0;

let pairs: usize = 0,
  days: usize = 0,
  powers: usize = 0;
/** Days whose text is kept: a table by the lowest bits, text of 10 bytes and the day i32 behind it. */
const DAYS: u32 = 512;
/** Once per thread. */
export function attachTexts(): void {
  pairs = allocate(200);
  for (let i: u32 = 0; i < 100; i++) {
    store<u8>(pairs + (i << 1), <u8>(48 + i / 10));
    store<u8>(pairs + (i << 1), <u8>(48 + (i % 10)), 1);
  }
  days = allocate(DAYS * 16);
  for (let i: u32 = 0; i < DAYS; i++) store<i32>(days + (i << 4), i32.MIN_VALUE, 12);
  powers = allocate(23 * 8);
  let power: f64 = 1;
  for (let i: u32 = 0; i < 23; i++) {
    store<f64>(powers + (i << 3), power);
    power *= 10;
  }
}

// @inline
function putTwo(at: usize, n: u32): void {
  store<u16>(at, load<u16>(pairs + (n << 1)));
}
/** Digits of n, which ends before `end`. @returns where they begin */
// @inline
function putDigitsBefore(end: usize, n: u64): usize {
  while (n > 0xffffffff) {
    const rest = n / 100;
    end -= 2;
    putTwo(end, <u32>(n - rest * 100));
    n = rest;
  }
  let small = <u32>n;
  while (small > 99) {
    const rest = small / 100;
    end -= 2;
    putTwo(end, small - rest * 100);
    small = rest;
  }
  if (small > 9) {
    end -= 2;
    putTwo(end, small);
  } else store<u8>(--end, <u8>(48 + small));
  return end;
}

/**
 * Writes a value of a column to `at`, TEXT_ROOM bytes.
 * @param form how: SIGNED and the others of border/parquet.ts
 * @param scale digits of a second's fraction (INSTANT, CLOCK; + 16: adjusted to UTC) or behind the point (FIXED_POINT)
 */
export function writeValue(at: usize, form: u32, scale: u32, value: i64): void {
  at += AHEAD;
  if (form === DOUBLE || form === FLOAT) {
    writeDouble(at, reinterpret<f64>(value), form === FLOAT);
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

/** Fractions whose digits are beyond this are written by the host: not every text of more digits is the shortest. */
const FEW: f64 = 1e15,
  FEW_SINGLE: f64 = 1e6;
/**
 * The shortest text of a double: the number of fewest places behind the point whose quotient gives it again. Two texts
 * of up to 15 digits (6 in single precision) are never the same number, so there is no other as short.
 */
function writeDouble(at: usize, value: f64, isSingle: bool): void {
  const size = Math.abs(value),
    few = isSingle ? FEW_SINGLE : FEW;
  textKind = 0;
  if (!(size < Infinity)) return;
  if (size >= 1e-6 && size < 1e15) {
    for (let places: u32 = 0; places < 22; places++) {
      const power = load<f64>(powers + (places << 3)),
        scaled = size * power,
        whole = nearest(scaled);
      if (whole >= few && (places > 0 || whole !== size || (isSingle && whole >= 16777216))) break;
      if (Math.abs(whole - scaled) > scaled * (isSingle ? 6e-8 : 4e-16)) continue;
      const again = whole / power;
      if (isSingle ? <f64>(<f32>again) !== size : again !== size) continue;
      writePlaces(at, <u64>whole, places, value < 0);
      return;
    }
  } else if (size === 0) {
    if (1 / value < 0) {
      textBegin = at;
      store<u16>(at, 0x302d);
      textEnd = at + 2;
      textKind = WRITTEN_NUMBER;
      store<u32>(at - 8, <u32>at + 1);
      store<u32>(at - 4, 1);
    } else writePlaces(at, 0, 0, false);
    return;
  }
  const length = formatFloat(value, u32(isSingle), <u32>at);
  textBegin = at;
  textEnd = at + length;
  store<u64>(textEnd, 0); // what was there before may be digits
  readNumber(at);
  textKind = NUMBER_VALUE;
  if (isCanonical()) return;
  textKind = WRITTEN_NUMBER;
  openText();
  putCanonical();
  store<u32>(at - 8, <u32>start);
  store<u32>(at - 4, <u32>(out - start));
  closeText();
}
// @inline
function writePlaces(at: usize, digits: u64, places: u32, isNegative: bool): void {
  const end = at + 32;
  let begin = putDigitsBefore(end, digits);
  if (places > 0) {
    while (end - begin <= <usize>places) store<u8>(--begin, 48);
    const before = end - begin - places,
      moved = begin - 1;
    for (let i: usize = 0; i < before; i++) store<u8>(moved + i, load<u8>(begin + i));
    begin = moved;
    store<u8>(begin + before, 46);
  }
  if (isNegative) store<u8>(--begin, 45);
  textBegin = begin;
  textEnd = end;
  textKind = NUMBER_VALUE;
}
