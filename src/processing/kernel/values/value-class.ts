// The class of a value (border/classes.ts), from its trimmed text.

import {
  BOOLEAN,
  BOOLEANS,
  CODE,
  CODES,
  DAY_OR_VERSION,
  DAYS_OR_VERSIONS,
  EMPTY,
  GROUPS,
  NESTED,
  NESTED_VALUES,
  NUMBERS,
  NUMBERS_OR_IDENTIFIERS,
  SPELLED_DAYS,
  SPELLED_NUMBERS,
  TEXT,
  TEXTS,
  TIMES,
  TOKEN,
} from '../border/classes.ts';
import { MAX_TOKENS, TOKEN_BYTES } from '../border/limits.ts';
import { shared } from '../memory/shared.ts';
import { firstBytes, isJson } from './field.ts';
import { classifyNumber } from './number-parser.ts';
import { spelled } from './spelling.ts';
import { parseTime } from './timestamp-parser.ts';
import { isRuled, ruledClass, ruledToken, setLiteral } from './value-rules.ts';

/** The group of a class that counts for a column's type: NUMBERS to NESTED_VALUES. */
// @inline
export function groupOf(kind: u32): u32 {
  return kind < BOOLEAN
    ? NUMBERS
    : kind === BOOLEAN
      ? BOOLEANS
      : kind < TEXT
        ? TIMES
        : kind === NESTED
          ? NESTED_VALUES
          : TEXTS;
}
/** The group of a class that has examples of its own, below EXAMPLE_GROUPS. */
// @inline
export function exampleGroupOf(kind: u32): u32 {
  if (kind > NESTED)
    return kind < GROUPS
      ? SPELLED_NUMBERS
      : kind === GROUPS
        ? NUMBERS_OR_IDENTIFIERS
        : kind < DAY_OR_VERSION
          ? SPELLED_DAYS
          : DAYS_OR_VERSIONS;
  return kind === CODE ? CODES : groupOf(kind);
}

/** The trimmed text of the value classified last, and which null token it was (from 1; 0: empty). */
export let trimmed: usize = 0,
  trimmedLength: u32 = 0,
  token: u32 = 0;

// @inline
function isSpace(byte: u32): bool {
  return byte === 32 || byte - 9 < 5;
}

/** Cuts white space of ASCII at both ends: the result is in `trimmed` and `trimmedLength`. */
export function trimField(from: usize, length: u32): void {
  let end = from + length;
  while (end > from && isSpace(load<u8>(end - 1))) end--;
  while (from < end && isSpace(load<u8>(from))) from++;
  trimmed = from;
  trimmedLength = <u32>(end - from);
}

/** How a value's class is found: from its text, or it is an object or a list, or a number that isTwofold. */
export const BY_TEXT: u32 = 0,
  AS_NESTED: u32 = 1,
  AS_LITERAL: u32 = 2;
/** The class of a value that is not what its text alone says. */
export function classifyAs(way: u32, from: usize, length: u32): u32 {
  if (way === AS_NESTED) return NESTED;
  setLiteral(way === AS_LITERAL);
  const kind = classify(from, length);
  setLiteral(false);
  return kind;
}

/** @returns a class; a number's value is in number-parser's `number`, an instant in timestamp-parser's `seconds`. */
export function classify(from: usize, length: u32): u32 {
  trimField(from, length);
  from = trimmed;
  length = trimmedLength;
  const end = from + length;
  if (isRuled) {
    const kind = ruledClass(from, length);
    token = ruledToken;
    return kind;
  }
  token = 0;
  if (length === 0) return isJson ? TEXT : EMPTY; // a string of nothing but spaces is a value
  // no token ends in a digit, and no other is longer than 8 bytes
  if (!isJson && length <= TOKEN_BYTES && <u32>load<u8>(end - 1) - 48 > 9) {
    const tokens = shared().tokens;
    const word = i64x2.extract_lane(v128.and(v128.load(from), v128.load(firstBytes + length * 16)), 0);
    for (let i: u32 = 0; i < MAX_TOKENS; i++) {
      const one = load<u64>(tokens + i * TOKEN_BYTES);
      if (one === 0) break;
      if (one === word) {
        token = i + 1;
        return TOKEN;
      }
    }
  }
  const first = <u32>load<u8>(from);
  if (first - 43 <= 14 && first !== 44 && first !== 47) {
    const kind = classifyNumber(from, length);
    if (kind !== 0) return kind;
    const time = parseTime(from, length);
    if (time !== 0) return time;
    const other = spelled(from, length);
    return other !== 0 ? other : TEXT;
  }
  if (length === 4 && (load<u32>(from) | 0x20202020) === 0x65757274) return BOOLEAN;
  if (length === 5 && (load<u32>(from) | 0x20202020) === 0x736c6166 && (load<u8>(from, 4) | 32) === 101) return BOOLEAN;
  const other = spelled(from, length);
  return other !== 0 ? other : TEXT;
}
