// Numbers in other spellings than the plain one of number-parser.ts: with currency, percent, groups of digits, a
// decimal comma and the like. A text that is one is of a class of its own (value-class.ts), so that such values are
// counted and shown like any other kind. One look from left to right; most texts are rejected at their first bytes.
// Bytes that cannot begin a character of UTF-8 are read as windows-1252, in which alone they can stand there.
import {
  COMMA_GROUP,
  CURRENCY,
  DECIMAL_COMMA,
  GROUPS,
  INVISIBLE_AROUND,
  LAKH,
  LIMIT,
  OTHER_DIGITS,
  OTHER_MINUS,
  PARENTHESES,
  PERCENT,
  SUFFIX,
  THOUSANDS,
  TRAILING_MINUS,
} from '../border/classes.ts';
import { spelledDate } from './date-spelling.ts';
import { invisibleAt, invisibleBefore } from './invisible.ts';
import { classifyNumber } from './number-parser.ts';
import { isCapital, isDigit, isLetter, isWord, mayBegin, mayBeSpelled, mayGoOn } from './spelling-glance.ts';

/** Longer texts are never classified as a number or a day. */
export const MOST_BYTES: u32 = 40;

const PLAIN: u32 = 1;

/** Where the text ends, and where reading continues: behind the part recognised last. */
let end: usize = 0,
  at: usize = 0;

// @inline
function byteAt(p: usize): u32 {
  return p < end ? <u32>load<u8>(p) : 0;
}
// @inline
function digitsFrom(p: usize): u32 {
  let n: u32 = 0;
  while (isDigit(byteAt(p + n))) n++;
  return n;
}

/** Classifies trimmed text that is not a plain number, boolean or ISO date. O(bytes). @returns a class, or 0 */
export function spelled(from: usize, length: u32): u32 {
  if (length > MOST_BYTES || length === 0) return 0;
  const first = <u32>load<u8>(from);
  if (isDigit(first)) {
    if (!mayGoOn(from, length)) return 0;
  } else if (isLetter(first)) {
    if (!mayBeSpelled(from)) return 0;
  } else if (first > 127) {
    if (!mayBegin(first)) return 0;
  } else if (
    (first === 43 || first === 45) &&
    length > 1 &&
    isDigit(<u32>load<u8>(from, 1)) &&
    !mayGoOn(from + 1, length - 1)
  )
    return 0;
  const kind = spelledNumber(from, length);
  if (kind !== 0) return kind;
  return isDigit(first) || isLetter(first) ? spelledDate(from, length) : 0;
}

function spelledNumber(from: usize, length: u32): u32 {
  end = from + length;
  at = from;
  const isEnclosed = byteAt(at) === 40;
  if (isEnclosed) {
    if (load<u8>(end - 1) !== 41) return 0;
    at++;
    end--;
  }
  const limit = skipLimit();
  if (limit) skipGap();
  let sign = skipSign();
  const currency = skipCurrency();
  if (currency) {
    skipGap();
    if (sign === 0) sign = skipSign();
  }
  const core = skipCore();
  if (core === 0) {
    if (isEnclosed || limit || currency || sign > 1) return 0;
    return otherDigits(from, length);
  }
  // of what stands behind, each part at most once
  let behind = skipBehindGap(1),
    suffix = false,
    percent = false,
    unit = false;
  if (behind === 1) {
    unit = true;
    behind = 0;
  } else if (behind === 2) {
    suffix = true;
    behind = skipBehindGap(3);
  }
  if (behind === 3) {
    percent = true;
    behind = skipBehindGap(4);
  }
  if (behind === 1) unit = true;
  if (unit && currency) return 0;
  let trailing = false;
  if (at + 1 === end && load<u8>(at) === 45 && sign === 0 && !isEnclosed) {
    trailing = true;
    at++;
  }
  if (at !== end)
    return core === PLAIN && !isEnclosed && !limit && !currency && !unit && !suffix && !percent && !trailing && sign < 2
      ? invisibleAround(from, length)
      : 0;
  if (currency || unit) return CURRENCY;
  if (percent) return PERCENT;
  if (isEnclosed) return PARENTHESES;
  if (limit) return LIMIT;
  if (trailing) return TRAILING_MINUS;
  if (sign > 1) return OTHER_MINUS;
  if (suffix) return SUFFIX;
  return core === PLAIN ? 0 : core;
}

/** `<5`, `>=5`, `~5`, `≤5`, `≥5`, `≈5` */
function skipLimit(): bool {
  const byte = byteAt(at);
  if (byte === 60 || byte === 62 || byte === 126) {
    at += byteAt(at + 1) === 61 && byte !== 126 ? 2 : 1;
    return true;
  }
  if (byte !== 0xe2 || byteAt(at + 1) !== 0x89) return false;
  const last = byteAt(at + 2);
  if (last !== 0xa4 && last !== 0xa5 && last !== 0x88) return false;
  at += 3;
  return true;
}
/** @returns 0 none, 1 plus or minus, 2 another minus: U+2212, U+2013 */
function skipSign(): u32 {
  const byte = byteAt(at);
  if (byte === 43 || byte === 45) {
    at++;
    return 1;
  }
  if (byte !== 0xe2) return 0;
  const second = byteAt(at + 1),
    third = byteAt(at + 2);
  if ((second !== 0x88 || third !== 0x92) && (second !== 0x80 || third !== 0x93)) return 0;
  at += 3;
  return 2;
}
/** Bytes of one space in a number: a plain one, U+00A0, U+202F, U+2009; 0 for none. */
function gapAt(p: usize): u32 {
  const byte = byteAt(p);
  if (byte === 32 || byte === 0xa0) return 1;
  if (byte === 0xc2) return byteAt(p + 1) === 0xa0 ? 2 : 0;
  return byte === 0xe2 && byteAt(p + 1) === 0x80 && (byteAt(p + 2) === 0xaf || byteAt(p + 2) === 0x89) ? 3 : 0;
}
function skipGap(): void {
  at += gapAt(at);
}
/**
 * A part behind the number, with a space before it or none: 1 currency, 2 suffix, 3 percent.
 * @param least parts before are over
 */
function skipBehindGap(least: u32): u32 {
  const before = at;
  skipGap();
  if (skipCurrency()) return 1;
  if (least < 3 && skipSuffix()) return 2;
  if (least < 4 && byteAt(at) === 37) {
    at++;
    return 3;
  }
  at = before;
  return 0;
}
/** k, K, M, B, bn, mn, Mio, Mrd */
function skipSuffix(): bool {
  const first = byteAt(at),
    second = byteAt(at + 1),
    third = byteAt(at + 2);
  let n: u32 = 0;
  if ((first === 98 || first === 109) && second === 110) n = 2;
  else if (first === 77 && ((second === 105 && third === 111) || (second === 114 && third === 100)))
    n = byteAt(at + 3) === 46 ? 4 : 3;
  else if (first === 107 || first === 75 || first === 77 || first === 66) n = 1;
  at += n;
  return n > 0;
}

/**
 * Signs of currencies, letters before a dollar sign (US$, R$), codes of ISO 4217 that are not words, and kr, Rs, Rp,
 * zł, Kč. A sign stays where it is when no number can be next to it.
 */
function skipCurrency(): bool {
  const first = byteAt(at),
    second = byteAt(at + 1),
    third = byteAt(at + 2);
  let n: u32 = 0;
  if (first < 128) {
    if (first === 36) n = 1;
    else if (isCapital(first) && second === 36) n = 2;
    else if (isCapital(first) && isCapital(second)) {
      if (third === 36) n = 3;
      else {
        const code = first | (second << 8) | (third << 16);
        if (isCapital(third) && isWord(code)) n = 3;
      }
    } else if ((first | 32) === 107 && second === 114) n = third === 46 ? 3 : 2;
    else if (first === 82 && (second === 115 || second === 112)) n = third === 46 && second === 115 ? 3 : 2;
    else if (
      (first === 122 && second === 0xc5 && third === 0x82) ||
      (first === 75 && second === 0xc4 && third === 0x8d)
    )
      n = 3;
  } else if (first === 0xc2) n = second === 0xa2 || second === 0xa3 || second === 0xa5 ? 2 : 0;
  else if (first === 0xe2) n = (second === 0x82 && third >= 0xa0) || (second === 0x83 && third - 0x80 < 16) ? 3 : 0;
  else if (first === 0xef)
    n =
      (second === 0xb7 && third === 0xbc) || (second === 0xbc && third === 0x84) || (second === 0xbf && third === 0xa5)
        ? 3
        : 0;
  else if (first === 0xe0) n = second === 0xb8 && third === 0xbf ? 3 : 0;
  else if (first === 0x80 || first === 0xa3 || first === 0xa5) n = 1; // of windows-1252
  at += n;
  return n > 0;
}

/** The digits with their separators. @returns PLAIN, a class for a spelling of its own, or 0 for none */
function skipCore(): u32 {
  const digits = digitsFrom(at),
    first = byteAt(at),
    separator = byteAt(at + digits);
  const isGroup = digits - 1 < 3 && first !== 48,
    begin = at + digits;
  at = begin;
  if (separator === 46) {
    const part = digitsFrom(begin + 1);
    if (isGroup && part === 3) {
      const groups = skipGroups(46, 1);
      if (byteAt(at) === 44 && digitsFrom(at + 1) > 0) {
        at += 1 + digitsFrom(at + 1);
        return THOUSANDS;
      }
      return groups > 1 ? GROUPS : PLAIN;
    }
    if (digits + part === 0) return 0;
    at = begin + 1 + part;
    return PLAIN;
  }
  if (separator === 44) {
    const part = digitsFrom(begin + 1);
    if (isGroup && part === 3) {
      const groups = skipGroups(44, 1);
      if (byteAt(at) !== 46 || digitsFrom(at + 1) === 0) return groups > 1 ? THOUSANDS : COMMA_GROUP;
      at += 1 + digitsFrom(at + 1);
      return THOUSANDS;
    }
    if (isGroup && digits < 3 && part === 2 && byteAt(begin + 3) === 44) {
      at = begin;
      while (byteAt(at) === 44 && digitsFrom(at + 1) === 2) at += 3;
      if (byteAt(at) !== 44 || digitsFrom(at + 1) !== 3) return 0;
      at += 4;
      if (byteAt(at) === 46 && digitsFrom(at + 1) > 0) at += 1 + digitsFrom(at + 1);
      return LAKH;
    }
    if (part > 0 && (digits < 2 || first !== 48)) {
      at = begin + 1 + part;
      return DECIMAL_COMMA;
    }
    return digits > 0 ? PLAIN : 0;
  }
  if (digits === 0) return 0;
  const bytes = groupSeparator(begin);
  if (isGroup && bytes > 0 && digitsFrom(begin + bytes) === 3) {
    const groups = skipGroups(separator, bytes),
      mark = byteAt(at);
    if ((mark === 46 || mark === 44) && digitsFrom(at + 1) > 0) {
      at += 1 + digitsFrom(at + 1);
      return THOUSANDS;
    }
    return separator === 32 && groups > 1 && digits === 3 ? GROUPS : THOUSANDS;
  }
  return PLAIN;
}
/** Bytes of what stands between groups beside point and comma: spaces of all kinds and apostrophes. */
function groupSeparator(p: usize): u32 {
  const byte = byteAt(p);
  if (byte === 39) return 1;
  if (byte === 0xe2 && byteAt(p + 1) === 0x80 && byteAt(p + 2) === 0x99) return 3;
  return gapAt(p);
}
/** Groups of three digits, each behind the very separator that stands at `at`. @returns how many */
function skipGroups(first: u32, bytes: u32): u32 {
  const begin = at;
  let groups: u32 = 0;
  while (byteAt(at) === first && isSame(begin, bytes) && digitsFrom(at + bytes) === 3) {
    at += bytes + 3;
    groups++;
  }
  return groups;
}
function isSame(begin: usize, bytes: u32): bool {
  for (let i: u32 = 1; i < bytes; i++) if (byteAt(at + i) !== <u32>load<u8>(begin + i)) return false;
  return true;
}

/**
 * Digits of another script or of full width: plus or minus, then nothing but such digits, with separators between them.
 */
function otherDigits(from: usize, length: u32): u32 {
  at = from;
  end = from + length;
  if (byteAt(at) === 43 || byteAt(at) === 45) at++;
  if (byteAt(at) < 128) return 0;
  let isOpen = false;
  while (at < end) {
    const digit = otherDigit();
    if (digit > 0) {
      at += digit;
      isOpen = true;
      continue;
    }
    const separator = otherSeparator();
    if (separator === 0 || !isOpen) return at === from || !isOpen ? invisibleAround(from, length) : 0;
    at += separator;
    isOpen = false;
  }
  return isOpen ? OTHER_DIGITS : 0;
}
/** Bytes of a digit that is Arabic, Persian, Devanagari or of full width. */
function otherDigit(): u32 {
  const first = byteAt(at),
    second = byteAt(at + 1),
    third = byteAt(at + 2);
  if (first === 0xd9) return second - 0xa0 < 10 ? 2 : 0;
  if (first === 0xdb) return second - 0xb0 < 10 ? 2 : 0;
  if (first === 0xe0) return second === 0xa5 && third - 0xa6 < 10 ? 3 : 0;
  return first === 0xef && second === 0xbc && third - 0x90 < 10 ? 3 : 0;
}
function otherSeparator(): u32 {
  const first = byteAt(at),
    second = byteAt(at + 1),
    third = byteAt(at + 2);
  if (first === 44 || first === 46) return 1;
  if (first === 0xd9) return second === 0xab || second === 0xac ? 2 : 0;
  return first === 0xef && second === 0xbc && (third === 0x8c || third === 0x8e) ? 3 : 0;
}

/** A plain number behind or before characters that do not show. */
function invisibleAround(from: usize, length: u32): u32 {
  let begin = from,
    last = from + length;
  if (<u32>load<u8>(begin) < 128 && <u32>load<u8>(last - 1) < 128) return 0;
  for (let n = invisibleAt(begin, last); n > 0; n = invisibleAt(begin, last)) begin += n;
  for (let n = invisibleBefore(begin, last); n > 0; n = invisibleBefore(begin, last)) last -= n;
  if (begin === last || last - begin === length) return 0;
  for (let p = begin; p < last; p++) if (isLetter(<u32>load<u8>(p))) return 0;
  const kind = classifyNumber(begin, <u32>(last - begin));
  return kind === 2 || kind === 3 ? INVISIBLE_AROUND : 0;
}
