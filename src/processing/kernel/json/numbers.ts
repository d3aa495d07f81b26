// Numbers of JSON: their grammar, and a canonical form by exact value. It is plain digits with a point when these are
// at most 24 characters (sign not counted) without zeros at the end of a fraction: as most numbers are written. Others
// are their digits without zeros at either end, `e` and an exponent of any size. Zero is `0`. O(digits).

import { NINES, ZEROS } from '../memory/simd-constants.ts';
import { out, reserve, setOut } from './arena.ts';
import { fail } from './strings.ts';

const PLAIN: i64 = 24;
const ZERO: u32 = 48;

// the parts of the number that was read last; the fraction without its point, the exponent without its sign
let negative: bool = false,
  negativeExponent: bool = false,
  hasExponent: bool = false;
let whole: usize = 0,
  wholeEnd: usize = 0,
  fraction: usize = 0,
  fractionEnd: usize = 0,
  exponent: usize = 0,
  exponentEnd: usize = 0;

// @inline
function digits(p: usize): usize {
  for (;;) {
    const others = i8x16.bitmask(i8x16.gt_u(i8x16.sub(v128.load(p), v128.load(ZEROS)), v128.load(NINES)));
    if (others !== 0) return p + <usize>ctz(others);
    p += 16;
  }
  return 0;
}

/** @returns what is behind the number, or 0 */
export function readNumber(p: usize): usize {
  negative = load<u8>(p) === 45;
  if (negative) p++;
  whole = p;
  if (load<u8>(p) === ZERO) p++;
  else {
    p = digits(p);
    if (p === whole) return fail(p);
  }
  wholeEnd = fraction = fractionEnd = p;
  if (load<u8>(p) === 46) {
    fraction = p + 1;
    fractionEnd = p = digits(fraction);
    if (p === fraction) return fail(p);
  }
  hasExponent = (load<u8>(p) | 32) === 101;
  if (hasExponent) {
    p++;
    const sign = load<u8>(p);
    negativeExponent = sign === 45;
    if (sign === 45 || sign === 43) p++;
    exponent = p;
    exponentEnd = p = digits(p);
    if (p === exponent) return fail(p);
  }
  return p;
}
/** Whether the number read last stands in its canonical form. */
export function isCanonical(): bool {
  if (hasExponent) return false;
  if (fraction < fractionEnd) return load<u8>(fractionEnd - 1) !== ZERO && <i64>(fractionEnd - whole) <= PLAIN;
  return <i64>(wholeEnd - whole) <= PLAIN && !(negative && load<u8>(whole) === ZERO);
}

/** Digits from..to of the whole and the fraction one behind the other. */
function putDigits(from: usize, to: usize): void {
  const split = wholeEnd - whole;
  reserve(<u32>(to - from));
  if (from < split) {
    const n = min(to, split) - from;
    memory.copy(out, whole + from, n);
    setOut(out + n);
  }
  if (to > split) {
    const first = max(from, split);
    memory.copy(out, fraction + (first - split), to - first);
    setOut(out + (to - first));
  }
}
// @inline
function put(byte: u32): void {
  store<u8>(out, <u8>byte);
  setOut(out + 1);
}
function putZeros(n: u32): void {
  for (; n > 0; n--) put(ZERO);
}

/** Appends the canonical form of the number read last to the open text. */
export function putCanonical(): void {
  reserve(64);
  const split = wholeEnd - whole,
    all = split + (fractionEnd - fraction);
  let from: usize = 0,
    to = all;
  if (load<u8>(whole) === ZERO) {
    for (from = 1; from < all && load<u8>(fraction + (from - 1)) === ZERO; from++) {}
  }
  while (to > max(from, split) && load<u8>(fraction + (to - 1 - split)) === ZERO) to--;
  if (to <= split) while (to > from && load<u8>(whole + (to - 1)) === ZERO) to--;
  if (from === to) {
    put(ZERO);
    return;
  }
  if (negative) put(45);
  // the value is the digits from..to times ten to the written exponent and this
  const shift = <i64>split - <i64>to,
    n = <i64>(to - from);
  let first = exponent;
  if (hasExponent) while (first < exponentEnd && load<u8>(first) === ZERO) first++;
  const small = !hasExponent || exponentEnd - first <= 15;
  if (!small) {
    putDigits(from, to);
    put(101);
    putLongExponent(first, shift);
    return;
  }
  let e: i64 = 0;
  if (hasExponent) {
    for (let p = first; p < exponentEnd; p++) e = e * 10 + <i64>(load<u8>(p) - ZERO);
    if (negativeExponent) e = -e;
  }
  e += shift;
  const point = n + e; // digits before the point
  if (e >= 0 && point <= PLAIN) {
    putDigits(from, to);
    putZeros(<u32>e);
  } else if (e < 0 && point > 0 && n < PLAIN) {
    putDigits(from, from + <usize>point);
    put(46);
    putDigits(from + <usize>point, to);
  } else if (e < 0 && point <= 0 && 2 - e <= PLAIN) {
    put(ZERO);
    put(46);
    putZeros(<u32>-point);
    putDigits(from, to);
  } else {
    putDigits(from, to);
    reserve(32);
    put(101);
    if (e < 0) {
      put(45);
      e = -e;
    }
    let power: i64 = 1;
    while (power <= e / 10) power *= 10;
    for (; power > 0; power /= 10) put(ZERO + <u32>((e / power) % 10));
  }
}

/** An exponent of more than 15 digits and a shift of fewer, added digit by digit. */
function putLongExponent(first: usize, shift: i64): void {
  const n = exponentEnd - first;
  reserve(<u32>n + 8);
  if (negativeExponent) put(45);
  const from = out,
    opposite = shift < 0 !== negativeExponent;
  put(ZERO);
  memory.copy(out, first, n);
  setOut(out + n);
  let rest = shift < 0 ? -shift : shift;
  for (let p = out - 1; rest > 0; p--) {
    let digit = <i64>(load<u8>(p) - ZERO);
    if (opposite) {
      digit -= rest % 10;
      rest /= 10;
      if (digit < 0) {
        digit += 10;
        rest++;
      }
    } else {
      digit += rest % 10;
      rest /= 10;
      if (digit > 9) {
        digit -= 10;
        rest++;
      }
    }
    store<u8>(p, <u8>(ZERO + digit));
  }
  let zeros: usize = 0;
  while (load<u8>(from + zeros) === ZERO) zeros++;
  memory.copy(from, from + zeros, out - from - zeros);
  setOut(out - zeros);
}
