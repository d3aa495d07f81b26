// Decimal digits of integers, two at a time.
import { allocate } from '../memory/memory.ts';

let pairs: usize = 0;
/** Once per thread. */
export function attachDigits(): void {
  pairs = allocate(200);
  for (let i: u32 = 0; i < 100; i++) {
    store<u8>(pairs + (i << 1), <u8>(48 + i / 10));
    store<u8>(pairs + (i << 1), <u8>(48 + (i % 10)), 1);
  }
}

/** The two digits of n, below 100, the first in the lower byte. */
// @inline
export function twoDigits(n: u32): u32 {
  return load<u16>(pairs + (n << 1));
}
/** Writes them. */
// @inline
export function putTwo(at: usize, n: u32): void {
  store<u16>(at, <u16>twoDigits(n));
}
/** Digits of n, which ends before `end`. @returns where they begin */
// @inline
export function putDigitsBefore(end: usize, n: u64): usize {
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
