import type { NumberKind } from './number-formats.ts';
import { dateText, durationText, timeText } from './serial-dates.ts';

const [MINUS, POINT, ZERO, NINE] = [45, 46, 48, 57];
/**
 * Numbers whose digits are a whole number below it are all different as doubles, so none of them has a shorter text:
 * they are farther apart than doubles of that size, which have 53 bits.
 */
const ALL_DIFFERENT = 2 ** 52;
/** Digits of such a number, its point, and a zero before it. */
const MOST_CERTAIN = 18;
/** Of a text that may be a number: a double has 1,074 digits behind its point at most. */
const MOST_CHARACTERS = 2_000;

/**
 * The text of a number: the shortest that gives the same double, or what its format makes of it.
 * @param bytes as the sheet has it, from `from` to `to` @param decimalComma with a comma, in quotes as a field of a CSV
 * @returns undefined for what is no number
 */
export function numberText(
  bytes: Buffer,
  from: number,
  to: number,
  kind: NumberKind,
  is1904: boolean,
  decimalComma = false,
): string | undefined {
  if (to - from > MOST_CHARACTERS) return undefined;
  const written = bytes.toString('latin1', from, to).trim();
  const number = written === '' || /[^-+.\dEe]/.test(written) ? Number.NaN : Number(written);
  if (!Number.isFinite(number)) return undefined;
  const text = shown(number, kind, is1904);
  return decimalComma && kind === 'number' && text.includes('.') ? `"${text.replace('.', ',')}"` : text;
}

function shown(number: number, kind: NumberKind, is1904: boolean): string {
  switch (kind) {
    case 'days':
      return dateText(number, is1904, false);
    case 'instants':
      return dateText(number, is1904, true);
    case 'times':
      return timeText(number);
    case 'durations':
      return durationText(number);
    default:
      return String(number);
  }
}

/** Whether it certainly is the shortest text of its double, as most are: 12, -0.5, 1234.75. */
export function isShortest(bytes: Buffer, begin: number, to: number): boolean {
  const from = bytes[begin] === MINUS ? begin + 1 : begin;
  const length = to - from;
  if (length > MOST_CERTAIN || length <= 0) return false;
  let point = -1;
  let digits = 0; // as a whole number
  for (let i = from; i < to; i++) {
    const byte = bytes[i]!;
    if (byte === POINT && point < 0) point = i;
    else if (byte < ZERO || byte > NINE) return false;
    else digits = digits * 10 + byte - ZERO;
  }
  if (digits >= ALL_DIFFERENT) return false;
  if (bytes[from] === ZERO && length > 1) {
    // 0.5, but not 007, and not what is written with an exponent: 0.0000001
    if (point !== from + 1 || length < 3) return false;
    if (bytes[from + 2] === ZERO && bytes[from + 3] === ZERO && bytes[from + 4] === ZERO) return false;
  }
  if (bytes[from] === ZERO && length === 1) return from === begin;
  return point < 0 || (point > from && bytes[to - 1] !== ZERO && point < to - 1);
}
