// How long texts are, to see whether they were cut: how many have each length, and whether several different ones have
// the greatest. Texts are the values that are not a number, boolean, date or nested value. Past the bound those of
// ASCII are only counted by length: what addLength would add follows from the counts. Memory: two times 6 KiB per
// column past the bound, once per thread for the others.

import { LENGTHS, MOST_DIFFERENT } from '../border/limits.ts';
import { takeTable } from '../memory/memory.ts';
import { addLength, Column } from './column-state.ts';

/** Behind the counts: the greatest length, different texts of it (3: three and more), hashes of two of them. */
const GREATEST: usize = <usize>LENGTHS * 4,
  DIFFERENT: usize = GREATEST + 4,
  HASHES: usize = GREATEST + 8;
const BYTES: u32 = 6144; // of memory.ts, which gives 2^k and 3 * 2^k

/** An empty list, BYTES bytes; it is never given back. */
export function newLengths(): usize {
  return takeTable(BYTES);
}
/** Empties a list. */
export function clearLengths(list: usize): void {
  memory.fill(list, 0, HASHES + 16);
}
/** Adds a text that came n times. */
// @inline
export function countLength(list: usize, points: u32, n: u32, hash: u64): void {
  const at = list + ((<usize>min(points, LENGTHS - 1)) << 2);
  store<u32>(at, load<u32>(at) + n);
  if (points >= load<u32>(list, GREATEST)) addGreatest(list, points, hash);
}
function addGreatest(list: usize, points: u32, hash: u64): void {
  if (points > load<u32>(list, GREATEST)) {
    store<u32>(list, points, GREATEST);
    store<u32>(list, 0, DIFFERENT);
  }
  const n = load<u32>(list, DIFFERENT);
  if (n === MOST_DIFFERENT) return;
  for (let i: u32 = 0; i < n; i++) if (load<u64>(list + HASHES + (i << 3)) === hash) return;
  if (n < 2) store<u64>(list + HASHES + (n << 3), hash);
  store<u32>(list, n + 1, DIFFERENT);
}
/** A text past the bound, instead of addLength. */
// @inline
export function addTextLength(c: Column, points: u32, bytes: u32, n: u32, hash: u64): void {
  if (points === bytes && bytes < LENGTHS - 1) {
    if (c.lengths === 0) c.lengths = newLengths();
    countLength(c.lengths, points, n, hash);
  } else {
    addLength(c, points, bytes, n);
    if (c.otherLengths === 0) c.otherLengths = newLengths();
    countLength(c.otherLengths, points, n, hash);
  }
}
/** After the last row: one list, and what addLength would have added. */
export function settleLengths(c: Column): void {
  const list = c.lengths,
    others = c.otherLengths;
  if (list === 0) {
    c.lengths = others;
    return;
  }
  for (let length: u32 = 0; length < LENGTHS - 1; length++) {
    const n = load<u32>(list + (length << 2));
    if (n > 0) addLength(c, length, length, n);
  }
  if (others === 0) return;
  for (let length: u32 = 0; length < LENGTHS; length++) {
    const at = list + (length << 2);
    store<u32>(at, load<u32>(at) + load<u32>(others + (length << 2)));
  }
  // no text is in both
  const greatest = load<u32>(list, GREATEST),
    other = load<u32>(others, GREATEST);
  if (other === greatest)
    store<u32>(list, min(load<u32>(list, DIFFERENT) + load<u32>(others, DIFFERENT), MOST_DIFFERENT), DIFFERENT);
  if (other > greatest) store<u64>(list, load<u64>(others, GREATEST), GREATEST);
}
