const DAY_MS = 86_400_000;
/** Day 0 of both ways to count, in days from 1970-01-01: of 1900 it is the one before 1900-01-01. */
const [ZERO_1900, ZERO_1904] = [-25_568, -24_107];
/** 9999-12-31. */
const [LAST_1900, LAST_1904] = [2_958_465, 2_957_003];
/** The day 1900-02-29, which there was none of: Lotus 1-2-3 counted it, and Excel does. */
const NO_DAY = 60;

const two = (number: number) => (number < 10 ? `0${number}` : String(number));

/** Milliseconds as `hh:mm:ss`, with a fraction where there is one, hours without end. */
function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const text = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const fraction = ms % 1000;
  return fraction === 0 ? text : `${text}.${String(fraction).padStart(3, '0').replace(/0+$/, '')}`;
}

/** A duration, to the millisecond: its hours have no end. @param days may be negative */
export function durationText(days: number): string {
  const ms = Math.round(Math.abs(days) * DAY_MS);
  if (!Number.isSafeInteger(ms)) return String(days);
  return `${days < 0 && ms > 0 ? '-' : ''}${clock(ms)}`;
}

/**
 * A time of day, to the millisecond: what is left of a date and time when its date is not shown.
 * @param serial days; negative ones, which only some workbooks have, are times before midnight with a sign
 */
export function timeText(serial: number): string {
  const ms = Math.round(Math.abs(serial) * DAY_MS);
  if (!Number.isSafeInteger(ms)) return String(serial);
  const time = ms % DAY_MS;
  return `${serial < 0 && time > 0 ? '-' : ''}${clock(time)}`;
}

/**
 * A date as `YYYY-MM-DD`, or with its time as `YYYY-MM-DDThh:mm:ss`, to the millisecond; what Excel cannot show as a
 * date stays a number.
 * @param serial days since the workbook's day 0
 * @param hasTime the time is shown where it is midnight too
 */
export function dateText(serial: number, is1904: boolean, hasTime: boolean): string {
  const last = is1904 ? LAST_1904 : LAST_1900;
  if (!(serial >= 0 && serial < last + 1)) return String(serial);
  let day = Math.floor(serial);
  let ms = Math.round((serial - day) * DAY_MS);
  if (ms === DAY_MS && day < last) {
    day++;
    ms = 0;
  } else if (ms === DAY_MS) ms--; // there is no day behind the last one
  const time = ms > 0 || hasTime ? `T${clock(ms)}` : '';
  if (!is1904 && day === NO_DAY) return `1900-02-29${time}`;
  const zero = is1904 ? ZERO_1904 : day > NO_DAY ? ZERO_1900 - 1 : ZERO_1900;
  const days = zero + day;
  return `${isoDay(days)}${time}`;
}

/** @param days from 1970-01-01; the years of workbooks have four digits */
function isoDay(days: number): string {
  // days to civil, by Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const month = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * month + 2) / 5) + 1;
  const year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${two(month < 10 ? month + 3 : month - 9)}-${two(day)}`;
}
