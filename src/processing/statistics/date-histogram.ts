/**
 * Dates and datetimes by calendar units of UTC (without a zone: UTC): the finest unit of which at most DATE_BARS
 * (limits.ts) reach from the earliest to the latest, no finer than a day where the column's type is date. Without gaps,
 * so bars stand where time does. The calendar is that of ISO 8601, Gregorian at all times; a decade begins with a year
 * that ends in 0, a century with one that ends in 00.
 *
 * Counted while rows are read, past the bound, and otherwise from the counted values: kernel/columns/date-counts.ts,
 * which chooses the unit. Values that are not dates are left out.
 */
export interface DateHistogram {
  unit: DateUnit;
  /** The beginning of every unit, and the end of the last, in ISO 8601. */
  edges: string[];
  counts: number[];
}

/** From the finest to the coarsest: each holds whole units of the one before it. The kernel has their numbers. */
export const DATE_UNITS = ['minute', 'hour', 'day', 'month', 'year', 'decade', 'century'] as const;
type DateUnit = (typeof DATE_UNITS)[number];

/**
 * @param first number of the first unit: minutes, hours and days from 1970 on; months, years, decades and centuries
 * from year 0 on
 * @param counts of it and those after it
 */
export function dateHistogram(unit: DateUnit, first: number, counts: number[]): DateHistogram {
  return { unit, edges: Array.from({ length: counts.length + 1 }, (_, i) => edgeOf(unit, first + i)), counts };
}

/** The beginning of a unit. */
function edgeOf(unit: DateUnit, number: number): string {
  if (unit === 'minute') return instantText(number * 60).slice(0, -':00.000Z'.length);
  if (unit === 'hour') return instantText(number * 3_600).slice(0, -':00.000Z'.length);
  if (unit === 'day') return instantText(number * 86_400).slice(0, -'T00:00:00.000Z'.length);
  if (unit !== 'month') return yearText(number * (unit === 'century' ? 100 : unit === 'decade' ? 10 : 1));
  const year = Math.floor(number / 12);
  return `${yearText(year)}-${String(number - year * 12 + 1).padStart(2, '0')}`;
}
const instantText = (seconds: number) => new Date(seconds * 1_000).toISOString();

/** As `Date` writes years: outside 0000 to 9999, which time zones may lead to, with a sign and six digits. */
function yearText(year: number): string {
  if (year >= 0 && year <= 9_999) return String(year).padStart(4, '0');
  return `${year < 0 ? '-' : '+'}${String(Math.abs(year)).padStart(6, '0')}`;
}
