import type { Value } from '../processing/profile-types.ts';
import { invisibleCharacters } from '../processing/text/invisible.ts';
import { cut } from '../processing/text/trim.ts';

const QUOTED_CODE_POINTS = 60;

/** A value in a sentence: in quotes, shortened, on one line, with invisible characters shown. */
export const quoted = (value: string): string =>
  `"${cut(invisibleCharacters.show(value.replace(/[\r\n]+/g, ' ')), QUOTED_CODE_POINTS)}"`;

// toLocaleString is avoided: its first use takes longer than the rest of a small report
const grouped = (digits: string): string => digits.replace(/\B(?=(?:\d{3})+$)/g, ',');

/** A count with thousands separators. */
export const whole = (count: number): string => grouped(String(count));

/** A share as a percentage that never rounds to all or nothing. */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return 'less than 0.1 %';
  if (share < 1 && share > 0.999) return 'more than 99.9 %';
  return `${Number((share * 100).toFixed(1))} %`;
}

/** A number for people: integers with all their digits, others to seven significant ones. */
export function figure(value: Value | string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return grouped(String(value));
  const size = Math.abs(value);
  if (size >= 1e15 || size < 1e-6) return value.toExponential(4);
  const digits = size >= 1e6 ? Math.ceil(Math.log10(size)) + 1 : 7;
  const [integer, fraction] = String(Number(value.toPrecision(digits))).split('.');
  return fraction === undefined ? grouped(integer!) : `${grouped(integer!)}.${fraction}`;
}

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];
/** A size in powers of 1,000. */
export function byteSize(bytes: number): string {
  let unit = 0;
  for (; bytes >= 1_000 && unit < UNITS.length - 1; unit++) bytes /= 1_000;
  return `${unit === 0 ? bytes : bytes.toFixed(1)} ${UNITS[unit]}`;
}
