import type { ReadOptions } from '../../processing/options/read-options.ts';
import type { ColumnReport } from '../document.ts';
import { type Source, samples } from './suggestion.ts';

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

/**
 * What a null token does to a column that it is not meant for: how many values it would make null, as far as they are
 * seen, and whether they are values there.
 */
export function tokenIn(source: Source, column: ColumnReport, token: string): { count: number; hurts: boolean } {
  const { type, top_values: top, min, max } = column;
  const found = top.find(({ value }) => value.trim() === token)?.count ?? 0;
  const shown = found > 0 ? 0 : samples(source, column).filter((value) => value === token).length;
  const count = found || shown;
  const number = Number(token);
  if (type === 'integer' || type === 'decimal') {
    if (Number.isNaN(number)) return { count, hurts: false };
    return { count, hurts: Number(min) <= number && number <= Number(max) };
  }
  if (count === 0) return { count, hurts: false };
  const values = new Set(samples(source, column));
  const isSign = ['-', '–'].includes(token) && values.has('+');
  return { count, hurts: isSign || MARKS.has(token) || /\d/.test(token) };
}
