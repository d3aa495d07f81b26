import type { ReadOptions } from '../../processing/options/read-options.ts';
import type { ColumnReport } from '../document.ts';
import { isNumber, readNumber, type Source, samples } from './suggestion.ts';

// Options of numbers and null tokens are of the whole file: what they do to the columns that they are not meant for.

/** Whether a column's numbers are written as text, whose separators are read; those of typed files keep theirs. */
function isWritten({ report }: Source, { evidence, stored_type: stored }: ColumnReport): boolean {
  const { format } = report.file;
  if (format === 'json' || format === 'ndjson') return (evidence?.strings ?? 0) > 0;
  if (format === 'parquet') return stored === undefined || /^(?:STRING|UTF8|ENUM|JSON)/.test(stored);
  return format !== 'xlsx';
}

/** What another separator does to a column: nothing, another value, or no number any more. */
export function separatorHurts(
  source: Source,
  column: ColumnReport,
  { decimal = '.', thousands }: Pick<ReadOptions, 'decimal' | 'thousands'>,
): boolean {
  if (!isWritten(source, column)) return false;
  if (column.type === 'decimal') return decimal === ',' && column.point_groups === undefined;
  if (column.type !== 'text') return false;
  const values = samples(source, column);
  if (values.length === 0) return false;
  const groups = thousands === undefined ? undefined : groupsOf(thousands, decimal);
  const read = values.filter((value) => groups?.test(value) || (decimal === ',' && /^[-+]?\d+,\d+$/.test(value)));
  const isAny = read.length + values.filter((value) => /^[-+]?\d+$/.test(value)).length;
  return read.length > 0 && isAny > values.length * 0.9;
}

/** Numbers with these separators between groups. */
export const groupsOf = (thousands: string, decimal: string): RegExp =>
  new RegExp(`^[-+]?\\d{1,3}(?:\\${thousands}\\d{3})+(?:\\${decimal}\\d+)?$`);

/** Tokens that other columns have as values of their own, whatever they mean elsewhere. */
export const MARKS: ReadonlySet<string> = new Set(['x', '*', ':', '+']);

/** A number of a column and how often it is seen. */
export interface Counted {
  number: number;
  token: string;
  count: number;
}

/** Whether numbers are at the end of a column's range, far from the others that are seen, and no other is near them. */
export function standApart(column: ColumnReport, group: readonly Counted[], others: readonly Counted[]): boolean {
  const { min, max, negatives, histogram } = column;
  const least = Math.min(...group.map(({ number }) => number));
  const most = Math.max(...group.map(({ number }) => number));
  const isLow = least < 0;
  const isEnd = isLow ? Number(min) === least : Number(max) === most && Math.abs(Number(min)) < least;
  const isFar = others.every(({ number }) => (isLow ? number > most / 3 : number < least / 3));
  if (!isEnd || !isFar) return false;
  // below numbers that are all above 0 they are far from them, however far these reach
  if (isLow && negatives === group.reduce((times, { count }) => times + count, 0)) return true;
  return !histogram || isAlone(histogram.counts, isLow);
}
/** Whether the half of a histogram has nothing but its outermost bin. */
const isAlone = (counts: readonly number[], isLow: boolean) =>
  (isLow ? counts : counts.toReversed()).slice(1, counts.length / 2).every((each) => each === 0);

/** Whether a number is no value of a column: none that it has, or at the end of its range and far from all others. */
function isNoValue({ report }: Source, column: ColumnReport, number: number): boolean {
  const [min, max] = [Number(column.min), Number(column.max)];
  if (number < min || number > max) return true;
  if (min === max) return number < 0;
  const all = column.top_values.map(({ value, count }) => ({
    number: readNumber(report, value),
    token: value.trim(),
    count,
  }));
  const own = all.filter((each) => each.number === number);
  const negatives = all.filter((each) => each.number < 0).reduce((times, { count }) => times + count, 0);
  if (number < 0 && own.length === 0 && negatives === column.negatives) return true;
  const group = own.length > 0 ? own : [{ number, token: String(number), count: 1 }];
  return standApart(
    column,
    group,
    all.filter((each) => each.number !== number),
  );
}

/**
 * What a null token does to a column that it is not meant for: how many values it would make null, as far as they are
 * seen, and whether they are values there.
 */
export function tokenIn(source: Source, column: ColumnReport, token: string): { count: number; hurts: boolean } {
  const { type, top_values: top, min, max } = column;
  const found = top.find(({ value }) => value.trim() === token)?.count ?? 0;
  const shown = found > 0 ? 0 : samples(source, column).filter((value) => value === token).length;
  const number = Number(token);
  if (type === 'integer' || type === 'decimal') {
    if (Number.isNaN(number)) return { count: found || shown, hurts: false };
    const isEnd = Number(min) === number || Number(max) === number;
    return { count: found || shown || Number(isEnd), hurts: !isNoValue(source, column, number) };
  }
  const count = found || shown;
  if (count === 0) return { count, hurts: false };
  const values = new Set(samples(source, column));
  const isSign = ['-', '–'].includes(token) && values.has('+');
  // a number among words is as little a value as it is elsewhere
  const isCode = /\d/.test(token) && [...values].some((value) => value !== token && isNumber(value));
  return { count, hurts: isSign || MARKS.has(token) || isCode };
}
