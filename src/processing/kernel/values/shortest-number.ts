// The shortest decimal number that is read as a given floating-point number again, of several the nearest, of two that
// are equally near the one with an even last digit: as ECMAScript has it (Number::toString). R. Giulietti, "The
// Schubfach way to render doubles" (2020), in the form of A. Bolz's Drachennest. O(1).
import { isExact, multiplyHigh, powerHigh, powerLow, preparePowers } from './powers-of-ten.ts';

/** What `findShortest` found: digits * 10^exponent. The digits of a fraction have no zeros at their end. */
export let shortestDigits: u64 = 0,
  shortestExponent: i32 = 0;

/** The product of a power and `factor`, rounded to an odd number where it is none. */
// @inline
function roundToOdd(high: u64, low: u64, factor: u64): u64 {
  const rest = high * factor,
    sum = rest + multiplyHigh(low, factor);
  return (multiplyHigh(high, factor) + u64(sum < rest)) | u64(sum > 1);
}

/**
 * @param value positive, not infinite
 * @param isSingle it is a number of single precision: the text must be read as that one
 */
export function findShortest(value: f64, isSingle: bool): void {
  preparePowers();
  let fraction: u64, power: i32, q: i32;
  if (isSingle) {
    const bits = reinterpret<u32>(<f32>value);
    fraction = <u64>(bits & 0x7fffff);
    power = <i32>(bits >> 23);
    q = max(power, 1) - 150;
    if (power > 0) fraction |= 0x800000;
  } else {
    const bits = reinterpret<u64>(value);
    fraction = bits & 0xfffffffffffff;
    power = <i32>(bits >> 52);
    q = max(power, 1) - 1075;
    if (power > 0) fraction |= 0x10000000000000;
  }
  shortestExponent = 0;
  if (q <= 0 && q > -53 && (fraction & (((<u64>1) << (<u64>-q)) - 1)) === 0) {
    shortestDigits = fraction >> <u64>-q; // an integer
    return;
  }
  // below a power of two the next number is half as far as above it
  const isCloser = power > 1 && fraction === (isSingle ? <u64>0x800000 : <u64>0x10000000000000),
    k = (q * 1262611 - (isCloser ? 524031 : 0)) >> 22,
    shift = <u64>(q + ((-k * 1741647) >> 19) + 1);
  let high = powerHigh(-k),
    low = powerLow(-k);
  if (!isExact(-k)) {
    low++;
    high += u64(low === 0);
  }
  // four times the number, and its borders, which count as it where its last bit is 0
  const isOdd = fraction & 1,
    four = fraction << 2,
    lower = roundToOdd(high, low, (four - 2 + u64(isCloser)) << shift) + isOdd,
    middle = roundToOdd(high, low, four << shift),
    upper = roundToOdd(high, low, (four + 2) << shift) - isOdd,
    digits = middle >> 2;
  if (digits >= 10) {
    const fewer = digits / 10,
      isBelow = lower <= fewer * 40,
      isAbove = fewer * 40 + 40 <= upper;
    if (isBelow !== isAbove) {
      trim(fewer + u64(isAbove), k + 1);
      return;
    }
  }
  const isBelow = lower <= digits << 2,
    isAbove = (digits << 2) + 4 <= upper,
    half = (digits << 2) + 2,
    isNearer = middle > half || (middle === half && (digits & 1) !== 0);
  trim(digits + u64(isBelow === isAbove ? isNearer : isAbove), k);
}
/** Without the zeros at the end. */
function trim(digits: u64, exponent: i32): void {
  for (;;) {
    const fewer = digits / 10;
    if (fewer * 10 !== digits) break;
    digits = fewer;
    exponent++;
  }
  shortestDigits = digits;
  shortestExponent = exponent;
}
