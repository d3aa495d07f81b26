// The class of a value where a person has said something of values: null texts, separators of numbers, the order of
// dates, the type of the column. Without any of it value-class.ts alone decides.

import {
  BOOLEAN,
  CODE,
  DATE,
  DATETIME,
  DECIMAL,
  EMPTY,
  INTEGER,
  NESTED,
  NUMBER_VALUE,
  TEXT,
  TOKEN,
  WRITTEN_NUMBER,
} from '../border/classes.ts';
import {
  ANY_TYPE,
  BOOLEAN_TYPE,
  DATE_TYPE,
  DATETIME_TYPE,
  DECIMAL_TYPE,
  INTEGER_TYPE,
  JSON_TYPE,
  NO_ORDER,
  TEXT_TYPE,
} from '../border/value-rules.ts';
import { isNested } from '../host.ts';
import { shared } from '../memory/shared.ts';
import { isJson } from './field.ts';
import { nullText } from './null-texts.ts';
import { classifyFormatted, groups } from './number-format.ts';
import { classifyNumber, hasPoint } from './number-parser.ts';
import { compactDay, orderedTime } from './ordered-date.ts';
import { spelled } from './spelling.ts';
import { parseTime } from './timestamp-parser.ts';

/** Whether the column whose values are classified next has rules, and the type that it was given. */
export let isRuled: bool = false;
let declared: u32 = ANY_TYPE;
/** The values that are classified next are of a column that was given this type. */
// @inline
export function useRules(type: u32): void {
  declared = type;
  isRuled = shared().hasRules !== 0;
}

/** The values that are classified next are numbers of JSON, whose point is the decimal separator whatever is said. */
let isLiteral: bool = false;
export function setLiteral(is: bool): void {
  isLiteral = is;
}
/**
 * Whether a number of JSON would be another one as a string: 1.234 where points stand between groups. Such a number is
 * counted apart from the string.
 */
export function isTwofold(kind: u32, from: usize, length: u32): bool {
  return (kind === NUMBER_VALUE || kind === WRITTEN_NUMBER) && classifyFormatted(from, length) !== 0 && groups > 0;
}

/** Which null text the value was that ruledClass was asked for last, from 1. */
export let ruledToken: u32 = 0;

/** The class of trimmed text, as value-class.ts has it. */
export function ruledClass(from: usize, length: u32): u32 {
  ruledToken = 0;
  if (length === 0 && !isJson) return EMPTY;
  ruledToken = nullText(from, length);
  if (ruledToken !== 0) return TOKEN;
  if (length === 0 || declared === TEXT_TYPE) return TEXT;
  if (declared === JSON_TYPE) return isNestedText(from, length) ? NESTED : TEXT;
  const kind = plainClass(from, length);
  if (declared !== ANY_TYPE) return fitting(kind, from, length);
  return kind === 0 ? spelledClass(from, length) : kind;
}
// @inline
function spelledClass(from: usize, length: u32): u32 {
  const other = spelled(from, length);
  return other !== 0 ? other : TEXT;
}
/** A number, boolean, date or datetime by the rules; TEXT when it is none whatever it looks like; 0 otherwise. */
function plainClass(from: usize, length: u32): u32 {
  const s = shared(),
    first = <u32>load<u8>(from);
  if (s.decimal !== 0 || first - 43 <= 14) {
    // of JSON a number itself has a point whatever is said
    let kind: u32 = s.decimal !== 0 && !isLiteral && mayBeFormatted(first) ? classifyFormatted(from, length) : 0;
    if (kind === 0 && (s.decimal === 0 || isJson) && first - 43 <= 14 && first !== 44 && first !== 47)
      kind = classifyNumber(from, length);
    if (kind !== 0) return kind;
  }
  if (first - 48 < 10) {
    const time = parseTime(from, length);
    if (time !== 0) return time;
  }
  if (s.dateOrder !== NO_ORDER || declared === DATE_TYPE || declared === DATETIME_TYPE) {
    const time = orderedTime(from, length, s.dateOrder);
    if (time !== 0) return time;
  }
  if (length === 4 && (load<u32>(from) | 0x20202020) === 0x65757274) return BOOLEAN;
  if (length === 5 && (load<u32>(from) | 0x20202020) === 0x736c6166 && (load<u8>(from, 4) | 32) === 101) return BOOLEAN;
  return 0;
}
// @inline
function mayBeFormatted(first: u32): bool {
  return first - 48 < 10 || first === 43 || first === 45 || first === shared().decimal;
}
/** The class of a value in a column that was given a type: what does not fit is a text. */
function fitting(kind: u32, from: usize, length: u32): u32 {
  const isNumber = kind === INTEGER || kind === DECIMAL || kind === CODE;
  if (declared === INTEGER_TYPE || declared === DECIMAL_TYPE) {
    if (!isNumber) return TEXT;
    // digits behind a leading zero are a number where that is said
    if (kind === INTEGER || (kind === CODE && !hasPoint && !hasExponent(from, length))) return INTEGER;
    return declared === DECIMAL_TYPE ? DECIMAL : TEXT;
  }
  if (declared === BOOLEAN_TYPE) return kind === BOOLEAN ? BOOLEAN : TEXT;
  if (isNumber && compactDay(from, length, shared().dateOrder)) kind = DATE;
  if (kind === DATE) return DATE;
  return kind === DATETIME && declared === DATETIME_TYPE ? DATETIME : TEXT;
}
function hasExponent(from: usize, length: u32): bool {
  for (let i: u32 = 0; i < length; i++) if ((load<u8>(from + i) | 32) === 101) return true;
  return false;
}
/** Whether the text is an object or a list of JSON. */
function isNestedText(from: usize, length: u32): bool {
  const first = <u32>load<u8>(from),
    last = <u32>load<u8>(from + length - 1);
  return ((first === 0x7b && last === 0x7d) || (first === 0x5b && last === 0x5d)) && isNested(from, length) !== 0;
}
