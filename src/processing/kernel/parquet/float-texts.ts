// Floating-point numbers as text.

import { NUMBER_VALUE, WRITTEN_NUMBER } from '../border/classes.ts';
import { closeText, openText, out, start } from '../json/arena.ts';
import { putCanonical, readNumber } from '../json/numbers.ts';
import { allocate } from '../memory/memory.ts';
import { ZEROS } from '../memory/simd-constants.ts';
import { findShortest, shortestDigits, shortestExponent } from '../values/shortest-number.ts';
import { putDigitsBefore } from './digits.ts';

/** What `writeFloat` wrote last: as textBegin, textEnd and textKind of texts.ts. */
export let floatBegin: usize = 0,
  floatEnd: usize = 0,
  floatKind: u32 = 0;

let scratch: usize = 0,
  powers: usize = 0;
/** Once per thread. */
export function attachFloatTexts(): void {
  scratch = allocate(96);
  powers = allocate(23 * 8);
  let power: f64 = 1;
  for (let i: u32 = 0; i < 23; i++) {
    store<f64>(powers + (i << 3), power);
    power *= 10;
  }
}

/** Two texts of up to 15 digits (6 in single precision) are never the same number. */
const FEW: f64 = 1e15,
  FEW_SINGLE: f64 = 1e6;
/** The number written last had more digits: the next one will, too. */
let hasMany: bool = false;
/** The shortest text of a double, as ECMAScript writes it, but -0 with its sign. */
export function writeFloat(at: usize, value: f64, isSingle: bool): void {
  const size = Math.abs(value);
  floatKind = 0;
  if (!(size < Infinity)) return;
  if (size === 0) {
    if (1 / value > 0) {
      writePlaces(at, 0, 0, false);
      return;
    }
    floatBegin = at;
    store<u16>(at, 0x302d);
    floatEnd = at + 2;
    floatKind = WRITTEN_NUMBER;
    store<u32>(at - 8, <u32>at + 1);
    store<u32>(at - 4, 1);
    return;
  }
  if (!hasMany && writeFew(at, size, isSingle, value < 0)) return;
  findShortest(size, isSingle);
  hasMany = shortestDigits >= <u64>(isSingle ? FEW_SINGLE : FEW);
  writeDigits(at, shortestDigits, shortestExponent, value < 0);
}
/**
 * Money and the like: the number of fewest places behind the point whose quotient gives it again. There is no other as
 * short.
 */
function writeFew(at: usize, size: f64, isSingle: bool, isNegative: bool): bool {
  if (size < 1e-6 || size >= 1e15) return false;
  const few = isSingle ? FEW_SINGLE : FEW;
  for (let places: u32 = 0; places < 22; places++) {
    const power = load<f64>(powers + (places << 3)),
      scaled = size * power,
      whole = nearest(scaled);
    if (whole >= few && (places > 0 || whole !== size || (isSingle && whole >= 16777216))) return false;
    if (Math.abs(whole - scaled) > scaled * (isSingle ? 6e-8 : 4e-16)) continue;
    const again = whole / power;
    if (isSingle ? <f64>(<f32>again) !== size : again !== size) continue;
    writePlaces(at, <u64>whole, places, isNegative);
    return true;
  }
  return false;
}
/** digits * 10^exponent, up to 17 digits, as Number::toString of ECMAScript has it: at most 24 characters. */
function writeDigits(at: usize, digits: u64, exponent: i32, isNegative: bool): void {
  const from = putDigitsBefore(scratch + 32, digits),
    n = <i32>(scratch + 32 - from),
    point = n + exponent,
    first = v128.load(from),
    rest = v128.load(from, 16);
  floatBegin = at;
  floatKind = NUMBER_VALUE;
  if (isNegative) store<u8>(at++, 45);
  if (point > 21 || point <= -6) {
    writeScientific(at, from, n, point - 1);
    return;
  }
  if (point <= 0) {
    v128.store(at, v128.load(ZEROS));
    store<u8>(at, 46, 1);
    at += 2 - point;
  }
  v128.store(at, first);
  v128.store(at, rest, 16);
  floatEnd = at + n;
  if (point <= 0) return;
  if (exponent < 0) {
    v128.store(at + point, v128.load(from + point), 1);
    v128.store(at + point, v128.load(from + point, 16), 17);
    store<u8>(at + point, 46);
    floatEnd++;
    return;
  }
  v128.store(at + n, v128.load(ZEROS));
  v128.store(at + n, v128.load(ZEROS), 16);
  floatEnd = at + point;
}
/** n digits at `from`, a point behind the first, and an exponent. Their canonical form is another one. */
function writeScientific(at: usize, from: usize, n: i32, exponent: i32): void {
  store<u8>(at++, load<u8>(from));
  if (n > 1) {
    store<u8>(at, 46);
    v128.store(at, v128.load(from, 1), 1);
    at += n;
  }
  store<u8>(at, 101);
  store<u8>(at, exponent < 0 ? 45 : 43, 1);
  const end = scratch + 48,
    digits = putDigitsBefore(end, <u64>abs(exponent));
  memory.copy(at + 2, digits, end - digits);
  floatEnd = at + 2 + (end - digits);
  store<u64>(floatEnd, 0); // what was there before may be digits
  readNumber(floatBegin);
  floatKind = WRITTEN_NUMBER;
  openText();
  putCanonical();
  store<u32>(floatBegin - 8, <u32>start);
  store<u32>(floatBegin - 4, <u32>(out - start));
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
  floatBegin = begin;
  floatEnd = end;
  floatKind = NUMBER_VALUE;
}
