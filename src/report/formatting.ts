import type { Value } from '../processing/statistics/value.ts';
import { invisibleCharacters } from '../processing/text/invisible.ts';
import { cut } from '../processing/text/trim.ts';

/** The severity of an alert as people read it: "info" of report.json is a note. */
export const SEVERITY_WORDS = { error: 'error', warning: 'warning', info: 'note' } as const;

/** What is said of a dataset without rows, of which nothing can stand out. */
export const NO_ROWS = 'There are no rows.';

const QUOTED_CODE_POINTS = 60;

/** A value in a sentence: in quotes, shortened, on one line, with invisible characters shown. */
export const quoted = (value: string): string =>
  `"${cut(invisibleCharacters.show(value.replace(/[\r\n]+/g, ' ')), QUOTED_CODE_POINTS)}"`;

// toLocaleString is avoided: its first use takes longer than the rest of a small report
const grouped = (digits: string): string => digits.replace(/\B(?=(?:\d{3})+$)/g, ',');

/** A count with thousands separators: 1,234,567. */
export const whole = (count: number): string => grouped(String(count));

/**
 * A count with its noun: "1 duplicate row", "1,234 rows".
 * @param many the plural where it is not the noun with an s: `countOf(7, 'null', 'null')` is "7 null"
 */
export const countOf = (count: number, noun: string, many?: string): string =>
  `${whole(count)} ${plural(count, noun, many)}`;

/** The noun of a count: `row` of 1, else `rows`. */
export const plural = (count: number, noun: string, many = `${noun}s`): string => (count === 1 ? noun : many);

/**
 * A share from 0 to 1 as a percentage with at most one decimal place: "13 %", "0.2 %". It never rounds to nothing or to
 * all: "<0.1 %", ">99.9 %".
 */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return '<0.1 %';
  if (share < 1 && share > 0.999) return '>99.9 %';
  return `${Number((share * 100).toFixed(1))} %`;
}

/** A part of a whole as a percentage (`percent`); "0 %" of nothing. */
export const shareOf = (count: number, all: number): string => percent(all === 0 ? 0 : count / all);

/**
 * A count, its noun and its share of `all`, in the one form that page, terminal, Markdown and alerts use:
 * "116 values (13 %)", "7 null (0.2 %)". Nouns as in `countOf`.
 */
export const countWithShare = (count: number, all: number, noun: string, many?: string): string =>
  `${countOf(count, noun, many)} (${shareOf(count, all)})`;

/** Significant digits of a number that is shown. */
const DIGITS = 4;
/** From here on integers are rounded: a number of more digits is not read but counted. */
const MOST_WHOLE = 1e15;
/** Below this, zeros behind the point take more room than an exponent. */
const LEAST_PLAIN = 1e-4;

/**
 * A number for people, rounded to four significant digits, never in front of the point: 32.2042 is 32.2, 0.0123456 is
 * 0.01235, 12345.678 is 12,346. Integers below 10^15 have all digits, with thousands separators; beyond that, and for
 * fractions below 0.0001, there is an exponent: 1.235e+18. A text (a date as it stands in the file) stays as it is.
 *
 * For values of the data in examples, and wherever all digits are wanted (titles, exports): `allDigits`.
 */
export function figure(value: Value | string): string {
  if (typeof value === 'string') return value;
  const text = plainFigure(value);
  const [integer, fraction] = text.split('.');
  if (text.includes('e') || !Number.isFinite(Number(value))) return text;
  return fraction === undefined ? grouped(integer!) : `${grouped(integer!)}.${fraction}`;
}

/** The digits of a figure, without separators: of years. */
export function plainFigure(value: Value): string {
  const number = Number(value);
  const size = Math.abs(number);
  if (!Number.isFinite(number)) return typeof value === 'bigint' ? String(value) : String(number);
  if (size >= MOST_WHOLE || (size > 0 && size < LEAST_PLAIN))
    return number.toExponential(DIGITS - 1).replace(/\.?0+e/, 'e');
  if (Number.isInteger(number)) return String(number);
  return String(Number(size >= 10 ** (DIGITS - 1) ? number.toFixed(0) : number.toPrecision(DIGITS)));
}

/** Significant digits that a double has in any case. */
const DOUBLE_DIGITS = 15;
/** A computed number that has no more digits than this when it is rounded to those has only rounding errors behind. */
const MEANT_DIGITS = 12;

/**
 * A number with all its digits, without separators; a text as it is. Rounding errors are no digits: 516.4200000000001
 * is 516.42. For titles of rounded figures, exports, and values of the data in examples.
 */
export function allDigits(value: Value | string): string {
  if (typeof value !== 'number' || Number.isInteger(value) || !Number.isFinite(value)) return String(value);
  const rounded = String(Number(value.toPrecision(DOUBLE_DIGITS)));
  const digits = rounded.replace(/e.*$/, '').replace(/^-?0*\.?0*|[-.]/g, '').length;
  return digits <= MEANT_DIGITS ? rounded : String(value);
}

/** Whether `figure` shows other digits than the number has: a title with all of them adds something. */
export const isRounded = (value: Value | string): boolean =>
  typeof value !== 'string' && plainFigure(value) !== allDigits(value);

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];
/**
 * Bytes in powers of 1,000, from 1 kB on with one decimal place: "512 bytes", "12.3 kB".
 * @param bytes of a rate they may be a fraction
 */
export function byteSize(bytes: number): string {
  let unit = 0;
  // 999,950 bytes are 1.0 MB: 1000.0 kB would be the next unit
  for (; bytes >= (unit === 0 ? 1_000 : 999.95) && unit < UNITS.length - 1; unit++) bytes /= 1_000;
  if (unit === 0) return countOf(Math.round(bytes), 'byte');
  return `${bytes.toFixed(1)} ${UNITS[unit]}`;
}
