// Days and times as text: ISO 8601, a fraction of a second with as many digits as it takes.

import type { TimeUnit } from './value-type.ts';

const DAY_SECONDS = 86_400n;
const two = (value: number) => (value < 10 ? `0${value}` : `${value}`);

/**
 * A day of the proleptic Gregorian calendar; years outside 0000 to 9999 have a sign and at least six digits, as in
 * ISO 8601 and ECMAScript.
 * @param days since 1970-01-01
 */
export function dayText(days: number): string {
  // Howard Hinnant's civil_from_days: eras of 400 years from March 1 of year 0
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const day = z - era * 146_097;
  const yearOfEra = Math.floor(
    (day - Math.floor(day / 1_460) + Math.floor(day / 36_524) - Math.floor(day / 146_096)) / 365,
  );
  const dayOfYear = day - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${yearText(year)}-${two(month)}-${two(dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1)}`;
}
function yearText(year: number): string {
  if (year >= 0 && year <= 9_999) return `${year}`.padStart(4, '0');
  return `${year < 0 ? '-' : '+'}${`${Math.abs(year)}`.padStart(6, '0')}`;
}

const PER_SECOND: Record<TimeUnit, bigint> = { MILLIS: 1_000n, MICROS: 1_000_000n, NANOS: 1_000_000_000n };
const DIGITS: Record<TimeUnit, number> = { MILLIS: 3, MICROS: 6, NANOS: 9 };

/** Quotient and remainder with a remainder that is never negative. */
function divide(value: bigint, by: bigint): [bigint, bigint] {
  const rest = ((value % by) + by) % by;
  return [(value - rest) / by, rest];
}

/** `2024-05-31T13:00:00.5`, with `Z` where it is adjusted to UTC. @param value units since 1970-01-01T00:00:00 */
export function timestampText(value: bigint, unit: TimeUnit, isUtc: boolean): string {
  const [seconds, fraction] = divide(value, PER_SECOND[unit]);
  const [days, ofDay] = divide(seconds, DAY_SECONDS);
  return `${dayText(Number(days))}T${clock(Number(ofDay), fraction, unit)}${isUtc ? 'Z' : ''}`;
}

/** `13:00:00.5`. @param value units since midnight */
export function timeText(value: bigint, unit: TimeUnit): string {
  if (value < 0n) return `-${timeText(-value, unit)}`;
  const [seconds, fraction] = divide(value, PER_SECOND[unit]);
  return clock(Number(seconds), fraction, unit);
}
function clock(seconds: number, fraction: bigint, unit: TimeUnit): string {
  const text = `${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return fraction === 0n ? text : `${text}.${`${fraction}`.padStart(DIGITS[unit], '0').replace(/0+$/, '')}`;
}

const JULIAN_EPOCH = 2_440_588n;
const DAY_NANOS = 86_400_000_000_000n;

/** Of INT96: nanoseconds of the day, then the Julian day. Whether it is in UTC is not stored. */
export const int96Text = (nanos: bigint, julianDay: number): string =>
  timestampText((BigInt(julianDay) - JULIAN_EPOCH) * DAY_NANOS + nanos, 'NANOS', false);
