// Powers of ten with 128 bits: 10^e is between T and T + 1 times 2^(floor(log2(10^e)) - 127), and T where that is
// exact, e from 0 to 55. Made when a number first needs them, which takes some 0.1 ms. Memory: 11 KiB per thread.
import { allocate } from '../memory/memory.ts';

export const LEAST_POWER: i32 = -342;
const MOST_POWER: i32 = 324,
  MOST_EXACT: u32 = 55;

/** Words of a number of up to 1,056 bits, the lowest first, and zeros below it. */
const WORDS: u32 = 33,
  BELOW: u32 = 4;
let table: usize = 0,
  big: usize = 0;

/** Must come before powerHigh and powerLow. */
// @inline
export function preparePowers(): void {
  if (table === 0) makePowers();
}
/** The upper 64 bits of T. */
// @inline
export function powerHigh(e: i32): u64 {
  return load<u64>(table + ((<usize>(e - LEAST_POWER)) << 4), 8);
}
/** The lower 64 bits. */
// @inline
export function powerLow(e: i32): u64 {
  return load<u64>(table + ((<usize>(e - LEAST_POWER)) << 4));
}
/** Whether T is all of the power. */
// @inline
export function isExact(e: i32): bool {
  return <u32>e <= MOST_EXACT;
}

// @inline
function word(i: u32): u64 {
  return <u64>load<u32>(big + (i << 2));
}
/** The 128 highest bits of `big`. Five to a power has those of ten to it. */
function keep(e: i32): void {
  let top = BELOW + WORDS - 1;
  while (word(top) === 0) top--;
  const shift = <u64>clz(<u32>word(top)),
    at = table + ((<usize>(e - LEAST_POWER)) << 4);
  store<u64>(at, (((word(top) << 32) | word(top - 1)) << shift) | (word(top - 2) >> (32 - shift)), 8);
  store<u64>(at, (((word(top - 2) << 32) | word(top - 3)) << shift) | (word(top - 4) >> (32 - shift)));
}
function makePowers(): void {
  const bytes = (BELOW + WORDS) << 2;
  big = allocate(bytes);
  table = allocate((<u32>(MOST_POWER - LEAST_POWER + 1)) << 4);
  memory.fill(big, 0, bytes);
  store<u32>(big + (BELOW << 2), 1);
  for (let e = 0; e <= MOST_POWER; e++) {
    keep(e);
    let carry: u64 = 0;
    for (let i = BELOW; i < BELOW + WORDS; i++) {
      carry += word(i) * 5;
      store<u32>(big + (i << 2), <u32>carry);
      carry >>= 32;
    }
  }
  // 2^1024 divided by five again and again: the quotient of a quotient is that of the product, rounded down as well
  memory.fill(big, 0, bytes);
  store<u32>(big + ((BELOW + WORDS - 1) << 2), 1);
  for (let e = -1; e >= LEAST_POWER; e--) {
    let rest: u64 = 0;
    for (let i = BELOW + WORDS - 1; i >= BELOW; i--) {
      rest = (rest << 32) | word(i);
      const quotient = rest / 5;
      store<u32>(big + (i << 2), <u32>quotient);
      rest -= quotient * 5;
    }
    keep(e);
  }
}

/** The upper 64 bits of a product. */
// @inline
export function multiplyHigh(a: u64, b: u64): u64 {
  const a0 = a & 0xffffffff,
    a1 = a >> 32,
    b0 = b & 0xffffffff,
    b1 = b >> 32,
    middle = a1 * b0 + ((a0 * b0) >> 32),
    other = a0 * b1 + (middle & 0xffffffff);
  return a1 * b1 + (middle >> 32) + (other >> 32);
}
