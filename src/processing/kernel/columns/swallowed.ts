// A quote that was opened by mistake swallows the rows up to the next one. Such a field shows itself: its first line
// has the fields that its row lacks, and each line inside is a row of the table's width. A text that people wrote in
// lines is seldom like that; where the table is narrow more lines are required.

import { shared } from '../memory/shared.ts';
import { Column } from './column-state.ts';

const LF: u32 = 10,
  CR: u32 = 13;
/** Least lines inside: of three columns and more; of two columns in the second, and in the first. */
const LEAST: u32 = 2,
  LEAST_OF_TWO: u32 = 3,
  LEAST_OF_TWO_FIRST: u32 = 20;

/** How many lines a field has when they are rows, as far as they are whole; 0 for any other. */
export function swallowedLines(c: Column, from: usize, length: u32): u32 {
  const s = shared(),
    columns = s.columnCount;
  if (s.isJson || columns < 2) return 0;
  const end = from + length,
    delimiter = i8x16.splat(<i8>s.delimiter);
  let expected = columns - 1 - c.index,
    found: u32 = 0,
    lines: u32 = 0,
    lineBegin = from,
    wasCr = false;
  for (let at = from; at < end; at += 16) {
    const text = v128.load(at),
      inside = end - at < 16 ? ((<u32>1) << u32(end - at)) - 1 : 0xffff;
    const delimiters = <u32>i8x16.bitmask(i8x16.eq(text, delimiter)) & inside;
    let ends =
      <u32>i8x16.bitmask(v128.or(i8x16.eq(text, i8x16.splat(<i8>LF)), i8x16.eq(text, i8x16.splat(<i8>CR)))) & inside;
    let seen: u32 = 0; // bits of this piece that are behind
    for (; ends !== 0; ends &= ends - 1) {
      const bit = <u32>ctz(ends),
        p = at + bit,
        byte = <u32>load<u8>(p);
      const before = ((<u32>1) << bit) - 1;
      found += <u32>popcnt(delimiters & before & ~seen);
      seen = before | ((<u32>1) << bit);
      if (byte === LF && wasCr && p === lineBegin) {
        lineBegin = p + 1;
        wasCr = false;
        continue;
      }
      if (found !== expected) return 0;
      found = 0;
      expected = columns - 1;
      lines++;
      lineBegin = p + 1;
      wasCr = byte === CR;
    }
    found += <u32>popcnt(delimiters & ~seen);
    if (found > expected && lines === 0) return 0;
  }
  const least = columns > 2 ? LEAST : c.index > 0 ? LEAST_OF_TWO : LEAST_OF_TWO_FIRST;
  return lines > least ? lines + 1 : 0;
}
