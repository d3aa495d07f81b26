// Lines and characters of the bytes that have been taken: errors are reported by line and character. O(bytes).
import { CONTINUATIONS, LFS } from '../memory/simd-constants.ts';

let lineFeeds: u32 = 0,
  characters: u32 = 0;

/**
 * Counts the line feeds of `length` bytes, and the characters behind the last one (of all bytes when there is none):
 * placeLines() and placeCharacters(). 16 bytes beyond must be readable. O(bytes).
 */
export function countPlaces(from: usize, length: u32): void {
  const end = from + length,
    lf = v128.load(LFS),
    continuation = v128.load(CONTINUATIONS);
  let behind = from;
  lineFeeds = 0;
  for (let p = from; p < end; p += 16) {
    let found = <u32>i8x16.bitmask(i8x16.eq(v128.load(p), lf));
    if (end - p < 16) found &= (1 << u32(end - p)) - 1;
    if (found === 0) continue;
    lineFeeds += popcnt(found);
    behind = p + 32 - <usize>clz(found);
  }
  characters = 0;
  for (let p = behind; p < end; p += 16) {
    let first = <u32>i8x16.bitmask(i8x16.gt_s(v128.load(p), continuation));
    if (end - p < 16) first &= (1 << u32(end - p)) - 1;
    characters += popcnt(first);
  }
}
/** Line feeds that countPlaces found. */
export function placeLines(): u32 {
  return lineFeeds;
}
/** Characters behind the last of them, in code points. */
export function placeCharacters(): u32 {
  return characters;
}
