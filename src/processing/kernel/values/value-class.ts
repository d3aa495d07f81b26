// What one value is by its spelling alone, judged on the trimmed text.

import { shared } from '../memory/shared';
import { DAY_OR_VERSION } from './date-spelling';
import { firstBytes, isJson } from './field';
import { CODE, judgeNumber, TEXT } from './number-parser';
import { spelled } from './spelling';
import { GROUPS } from './spelling-classes';
import { judgeTime } from './timestamp-parser';

export const EMPTY: u32 = 0,
  TOKEN: u32 = 1,
  BOOLEAN: u32 = 5,
  NESTED: u32 = 9;
/** Classes from 0 on; those behind NESTED are texts that spell a number or a day in another way (spelling.ts, date-spelling.ts). */
export const CLASSES: u32 = 42;
/** Classes that can be of one type: numbers, booleans, times, text, and objects and arrays of JSON. */
export const NUMBERS: u32 = 0,
  TIMES: u32 = 2,
  TEXTS: u32 = 3;
// @inline
export function groupOf(kind: u32): u32 {
  return kind < BOOLEAN ? NUMBERS : kind === BOOLEAN ? 1 : kind < TEXT ? TIMES : kind === NESTED ? 4 : TEXTS;
}
/** Groups that have examples of their own: texts apart by what they spell (numbers 5, days 6, what may be a number 7, or a day 8), and codes 9. */
export const EXAMPLE_GROUPS: u32 = 10;
// @inline
export function exampleGroupOf(kind: u32): u32 {
  if (kind > NESTED) return kind < GROUPS ? 5 : kind === GROUPS ? 7 : kind < DAY_OR_VERSION ? 6 : 8;
  return kind === CODE ? 9 : groupOf(kind);
}

/** The trimmed text of the value judged last, and which null token it was (from 1; 0: empty). */
export let trimmed: usize = 0,
  trimmedLength: u32 = 0,
  token: u32 = 0;

/** At most 32 tokens of at most 8 bytes, zero behind; the host writes them once. */
export const MAX_TOKENS: u32 = 32;

// @inline
function isSpace(byte: u32): bool {
  return byte === 32 || byte - 9 < 5;
}

export function trimField(from: usize, length: u32): void {
  let end = from + length;
  while (end > from && isSpace(load<u8>(end - 1))) end--;
  while (from < end && isSpace(load<u8>(from))) from++;
  trimmed = from;
  trimmedLength = <u32>(end - from);
}

/** @returns a class; a number's value is in number-parser's `number`, an instant in timestamp-parser's `seconds`. */
export function classify(from: usize, length: u32): u32 {
  trimField(from, length);
  from = trimmed;
  length = trimmedLength;
  const end = from + length;
  token = 0;
  if (length === 0) return isJson ? TEXT : EMPTY; // a string of nothing but spaces is a value
  // no token ends in a digit, and no other is longer than 8 bytes
  if (!isJson && length <= 8 && <u32>load<u8>(end - 1) - 48 > 9) {
    const tokens = shared().tokens;
    const word = i64x2.extract_lane(v128.and(v128.load(from), v128.load(firstBytes + length * 16)), 0);
    for (let i: u32 = 0; i < MAX_TOKENS; i++) {
      const one = load<u64>(tokens + i * 8);
      if (one === 0) break;
      if (one === word) {
        token = i + 1;
        return TOKEN;
      }
    }
  }
  const first = <u32>load<u8>(from);
  if (first - 43 <= 14 && first !== 44 && first !== 47) {
    const kind = judgeNumber(from, length);
    if (kind !== 0) return kind;
    const time = judgeTime(from, length);
    if (time !== 0) return time;
    const other = spelled(from, length);
    return other !== 0 ? other : TEXT;
  }
  if (length === 4 && (load<u32>(from) | 0x20202020) === 0x65757274) return BOOLEAN;
  if (length === 5 && (load<u32>(from) | 0x20202020) === 0x736c6166 && (load<u8>(from, 4) | 32) === 101) return BOOLEAN;
  const other = spelled(from, length);
  return other !== 0 ? other : TEXT;
}
