// The double nearest to a decimal number of up to 19 digits. D. Lemire, "Number parsing at a gigabyte per second"
// (2021), after M. Eisel. O(1).
import { LEAST_POWER, multiplyHigh, powerHigh, powerLow, preparePowers } from './powers-of-ten.ts';

const MOST: i32 = 308;

/**
 * The double nearest to digits * 10^exponent.
 * @param digits not 0
 * @returns NaN where this way does not tell (two doubles are nearly equally near), or it is not a normal double
 */
export function nearestNumber(digits: u64, exponent: i32): f64 {
  if (exponent < LEAST_POWER || exponent > MOST) return NaN;
  preparePowers();
  const zeros = clz(digits);
  digits <<= zeros;
  const power = powerHigh(exponent);
  let high = multiplyHigh(digits, power),
    low = digits * power;
  if ((high & 0x1ff) === 0x1ff && low + digits < digits) {
    const more = powerLow(exponent),
      sum = low + multiplyHigh(digits, more);
    high += u64(sum < low);
    low = sum;
    if ((high & 0x1ff) === 0x1ff && low === u64.MAX_VALUE && digits * more + digits < digits) return NaN;
  }
  const top = high >> 63;
  let mantissa = high >> (top + 9),
    two = ((217706 * exponent) >> 16) + 64 + 1023 - <i32>zeros - <i32>(1 ^ top);
  if (low === 0 && (high & 0x1ff) === 0 && (mantissa & 3) === 1) return NaN;
  mantissa = (mantissa + (mantissa & 1)) >> 1;
  if (mantissa >> 53 !== 0) {
    mantissa >>= 1;
    two++;
  }
  if (two < 1 || two > 2046) return NaN;
  return reinterpret<f64>(((<u64>two) << 52) | (mantissa & 0xfffffffffffff));
}
