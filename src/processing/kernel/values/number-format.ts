// Numbers with another decimal separator than the point, or with separators between groups of three digits, where a
// person has said so: [+-]? (digits | groups) [decimal [digits]] [e|E [+-]? digits], or [+-]? decimal digits. Groups
// are one to three digits, the first no zero, then three each behind one and the same separator. They are written
// plainly, and number-parser.ts does the rest.

import { give, take } from '../memory/memory.ts';
import { shared } from '../memory/shared.ts';
import { classifyNumber } from './number-parser.ts';

const POINT: u32 = 46,
  SPACE: u32 = 32,
  APOSTROPHE: u32 = 39;

/** The text that `plain` or `wholeDigits` wrote last. */
export let plainText: usize = 0,
  plainLength: u32 = 0;
/** Separators between groups of the number that was classified last. */
export let groups: u32 = 0;
let room: u32 = 0;

function makeRoom(length: u32): void {
  const least = length + 32;
  if (least <= room) return;
  if (room > 0) give(plainText, room);
  room = max<u32>(1 << (32 - clz(least - 1)), 512);
  plainText = take(room);
}
// @inline
function isDigit(p: usize, end: usize): bool {
  return p < end && <u32>load<u8>(p) - 48 < 10;
}
/**
 * Bytes of the separator of groups at p; 0 for none. A space stands for U+00A0 (A0 in windows-1252) and U+202F as well,
 * an apostrophe for U+2019.
 */
function separatorAt(p: usize, end: usize): u32 {
  const wanted = shared().thousands;
  if (wanted === 0 || p >= end) return 0;
  const byte = <u32>load<u8>(p);
  if (byte === wanted) return 1;
  if (byte < 128) return 0;
  const next: u32 = p + 1 < end ? load<u8>(p, 1) : 0,
    last: u32 = p + 2 < end ? load<u8>(p, 2) : 0;
  if (wanted === SPACE) {
    if (byte === 0xa0) return 1;
    if (byte === 0xc2 && next === 0xa0) return 2;
    return byte === 0xe2 && next === 0x80 && last === 0xaf ? 3 : 0;
  }
  if (wanted !== APOSTROPHE) return 0;
  if (byte === 0x92) return 1;
  return byte === 0xe2 && next === 0x80 && last === 0x99 ? 3 : 0;
}
function isSame(a: usize, b: usize, bytes: u32): bool {
  for (let i: u32 = 0; i < bytes; i++) if (load<u8>(a + i) !== load<u8>(b + i)) return false;
  return true;
}
/** Where the digits before the decimal separator end: plain ones, or groups. */
function wholeEnd(from: usize, end: usize): usize {
  let p = from;
  groups = 0;
  while (isDigit(p, end)) p++;
  const first = p,
    bytes = separatorAt(first, end);
  if (bytes === 0 || first - from - 1 > 2 || load<u8>(from) === 48) return p;
  while (separatorAt(p, end) === bytes && isSame(first, p, bytes)) {
    const group = p + bytes;
    if (!isDigit(group, end) || !isDigit(group + 1, end) || !isDigit(group + 2, end) || isDigit(group + 3, end)) break;
    p = group + 3;
    groups++;
  }
  return p;
}
/** Whether the text is a number of the format. Sets where its whole part ends. */
let whole: usize = 0;
function isFormatted(from: usize, end: usize): bool {
  let p = from;
  if (load<u8>(p) === 43 || load<u8>(p) === 45) p++;
  const begin = p;
  p = whole = wholeEnd(p, end);
  let digits: bool = p > begin;
  if (p < end && <u32>load<u8>(p) === shared().decimal) {
    p++;
    digits = digits || isDigit(p, end);
    while (isDigit(p, end)) p++;
  }
  if (!digits) return false;
  if (p === end) return true;
  if ((load<u8>(p) | 32) !== 101) return false;
  p++;
  if (p < end && (load<u8>(p) === 43 || load<u8>(p) === 45)) p++;
  if (p === end) return false;
  while (isDigit(p, end)) p++;
  return p === end;
}

/** Classifies trimmed text, as classifyNumber does. */
export function classifyFormatted(from: usize, length: u32): u32 {
  const end = from + length;
  if (!isFormatted(from, end)) return 0;
  makeRoom(length);
  let out = plainText;
  for (let p = from; p < end; p++) {
    const byte = <u32>load<u8>(p);
    if (p < whole) {
      if (byte - 48 > 9 && byte !== 43 && byte !== 45) continue;
      store<u8>(out++, <u8>byte);
    } else store<u8>(out++, <u8>(byte === shared().decimal ? POINT : byte));
  }
  plainLength = <u32>(out - plainText);
  return classifyNumber(plainText, plainLength);
}
/** Writes an integer's sign and digits without separators and leading zeros. */
export function wholeDigits(from: usize, length: u32): void {
  makeRoom(length);
  let out = plainText,
    isFirst = true;
  for (let i: u32 = 0; i < length; i++) {
    const byte = <u32>load<u8>(from + i);
    if (byte === 43 || byte === 45) store<u8>(out++, <u8>byte);
    else if (byte - 48 < 10 && (!isFirst || byte !== 48 || i + 1 === length)) {
      store<u8>(out++, <u8>byte);
      isFirst = false;
    }
  }
  plainLength = <u32>(out - plainText);
}
