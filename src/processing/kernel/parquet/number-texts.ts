// The text of a number of few digits, made in a register: its key is known without writing it down.
import { allocate } from '../memory/memory.ts';
import { TENS, ZEROS } from '../memory/simd-constants.ts';

/** Most digits of such a number, those before the point among them. */
const MOST_DIGITS: u32 = 15;
/** Numbers below this one have few digits. */
export const FEW_DIGITS: u64 = 1_000_000_000_000_000;
/** For each number of places behind the point, and of digits, which of 16 bytes go where: 16 x 16 x 16 bytes. */
let layouts: usize = 0;
/** Powers of ten, as doubles. */
let powers: usize = 0;

const TEN_THOUSANDTHS = memory.data<u32>([10486, 10486, 10486, 10486], 16),
  HUNDREDS = memory.data<u32>([100, 100, 100, 100], 16),
  TENTHS = memory.data<u16>([103, 103, 103, 103, 103, 103, 103, 103], 16);

/** Once per thread. */
export function attachNumberTexts(): void {
  layouts = allocate(16 * 16 * 16);
  for (let places: u32 = 0; places < 16; places++)
    for (let digits: u32 = 0; digits < 16; digits++)
      for (let i: u32 = 0; i < 16; i++) {
        // the digits stand at the right end of the 16 bytes, the point in the first
        const before = digits - places,
          from = i < before ? 16 - digits + i : i === before ? 0 : 15 - digits + i;
        store<u8>(
          layouts + (places << 8) + (digits << 4) + i,
          places < digits && i < digits + u32(places > 0) ? <u8>from : 0x80,
        );
      }
  powers = allocate(16 * 8);
  let power: f64 = 1;
  for (let i: u32 = 0; i < 16; i++) {
    store<f64>(powers + (i << 3), power);
    power *= 10;
  }
}

/** What `layOut` made: the text as its key has it, and its length. */
export let textLow: u64 = 0,
  textHigh: u64 = 0,
  textBytes: u32 = 0;
/**
 * Makes the text of `whole` / 10^places, `whole` below FEW_DIGITS.
 * @param places up to 14; 0 for an integer, which has no point
 * @returns false when it has more than 16 characters
 */
// @inline
export function layOut(whole: u64, places: u32, isNegative: bool): bool {
  const high = <u32>(whole / 100000000),
    low = <u32>(whole - <u64>high * 100000000),
    a = high / 10000,
    c = low / 10000;
  // four times four digits, then eight times two, then sixteen
  const fours = i64x2.replace_lane(
      i64x2.splat(<i64>a | ((<i64>(high - a * 10000)) << 32)),
      1,
      <i64>c | ((<i64>(low - c * 10000)) << 32),
    ),
    hundreds = i32x4.shr_u(i32x4.mul(fours, v128.load(TEN_THOUSANDTHS)), 20),
    twos = v128.or(hundreds, i32x4.shl(i32x4.sub(fours, i32x4.mul(hundreds, v128.load(HUNDREDS))), 16)),
    tens = i16x8.shr_u(i16x8.mul(twos, v128.load(TENTHS)), 10),
    ones = v128.or(tens, i16x8.shl(i16x8.sub(twos, i16x8.mul(tens, v128.load(TENS))), 8)),
    significant = 16 - <u32>ctz(i8x16.bitmask(i8x16.ne(ones, i8x16.splat(0))) | 0x8000),
    digits = max(significant, places + 1);
  const text = i8x16.swizzle(
    i8x16.replace_lane(v128.or(ones, v128.load(ZEROS)), 0, 46),
    v128.load(layouts + ((<usize>places) << 8) + ((<usize>digits) << 4)),
  );
  textLow = i64x2.extract_lane(text, 0);
  textHigh = i64x2.extract_lane(text, 1);
  textBytes = digits + u32(places > 0);
  if (!isNegative) return true;
  textHigh = (textHigh << 8) | (textLow >> 56);
  textLow = (textLow << 8) | 45;
  return ++textBytes <= 16;
}

/** What `findFew` found: a number is `fewDigits` / 10^`fewPlaces`, the text's double is `fewNumber`. */
export let fewDigits: u64 = 0,
  fewPlaces: u32 = 0,
  fewNumber: f64 = 0;
/** Places that nearly all numbers of a column have at the most, those that came last. */
let usualPlaces: u32 = 0;
/** Below it no two texts are one number: 15 digits, 6 of single precision. */
const FEW: f64 = 1e15,
  FEW_SINGLE: f64 = 1e6;
/** ECMAScript writes smaller ones with an exponent. */
const LEAST: f64 = 1e-6;

/**
 * Finds the shortest text of a number that has few digits: with the fewest places behind the point whose quotient is
 * the number again. There is no other as short (float-texts.ts).
 * @param size not negative, and not -0
 */
// @inline
export function findFew(size: f64, isSingle: bool): bool {
  const few = isSingle ? FEW_SINGLE : FEW;
  if (size < LEAST) {
    fewDigits = fewPlaces = 0;
    fewNumber = size;
    return size === 0;
  }
  if (!(size < few)) return false;
  if (!isFew(size, usualPlaces, isSingle) && !search(size, isSingle)) return false;
  // without zeros at its end
  if (fewPlaces > 0) dropZeros();
  return true;
}
// @inline
function isFew(size: f64, places: u32, isSingle: bool): bool {
  const power = load<f64>(powers + ((<usize>places) << 3)),
    whole = nearest(size * power),
    number = whole / power;
  const again = isSingle ? <f64>(<f32>number) : number;
  if (whole >= (isSingle ? FEW_SINGLE : FEW) || again !== size) return false;
  fewDigits = <u64>whole;
  fewPlaces = places;
  fewNumber = number;
  return true;
}
function search(size: f64, isSingle: bool): bool {
  for (let places: u32 = 0; places < MOST_DIGITS; places++) {
    if (!isFew(size, places, isSingle)) continue;
    usualPlaces = places;
    return true;
  }
  return false;
}
// @inline
function dropZeros(): void {
  let digits = fewDigits,
    places = fewPlaces;
  for (;;) {
    const fewer = digits / 10;
    if (fewer * 10 !== digits) break;
    digits = fewer;
    if (--places === 0) break;
  }
  if (places + 3 < usualPlaces) usualPlaces = places;
  fewDigits = digits;
  fewPlaces = places;
}
