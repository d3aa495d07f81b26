import { DELIMITERS } from '../../processing/limits.ts';
import type { ReadOptions } from '../../processing/options/read-options.ts';
import type { Glimpse } from '../../processing/profile-types.ts';
import { isNullToken } from '../../processing/text/null-tokens.ts';
import type { ColumnReport } from '../document.ts';
import { WORDS } from './sentinels.ts';
import {
  dataRows,
  isDate,
  isNumber,
  isYear,
  named,
  numberOf,
  readNumber,
  type Source,
  type Suggest,
  samples,
} from './suggestion.ts';

const LEAST_SHARE = 0.95;
const COMMA_NUMBER = /^[-+]?(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d+)?$/;
const isComma = ({ type, resembles }: ColumnReport) =>
  type === 'text' && resembles?.type === 'number' && resembles.spellings[0]?.like === 'decimal comma';
const isNumeric = (column: ColumnReport) => column.type === 'integer' || column.type === 'decimal' || isComma(column);
const isDated = ({ type, resembles, count }: ColumnReport) =>
  type === 'date' || type === 'datetime' || (resembles?.type === 'date' && resembles.matching >= count * LEAST_SHARE);

/** A name of a column of numbers as a number; NaN where it is none. */
function numberIn({ report }: Source, column: ColumnReport, name: string): number {
  if (isComma(column)) return COMMA_NUMBER.test(name) ? numberOf(name, true) : Number.NaN;
  return isNumber(name) || report.options?.decimal || report.options?.thousands ? readNumber(report, name) : Number.NaN;
}
/** Whether a name is like the values of a column of numbers or dates. */
const isLikeValues = (source: Source, column: ColumnReport, name: string): boolean =>
  isNumeric(column) ? !Number.isNaN(numberIn(source, column, name)) : isDate(name);

/** Numbers that rise or fall from one to the next. */
const isOrdered = (numbers: readonly number[]) =>
  numbers.every((n, i) => i === 0 || n > numbers[i - 1]!) || numbers.every((n, i) => i === 0 || n < numbers[i - 1]!);
/** Whole numbers at equal distances, such as 0 1 2. */
const isSeries = ([one = 0, two = 0, ...others]: readonly number[]) =>
  one !== two && [one, two, ...others].every((n, i) => Number.isInteger(n) && n - one === i * (two - one));
const LEAST_ORDERED = 4;

/** Numbers that are the names of a wide table: years, 1 2 3, wavelengths. The rows below are not like them. */
function isScale(names: readonly number[], areWhole: boolean, rows: readonly number[][]): boolean {
  if (names.length === 0) return false;
  if (names.every(isYear)) return true;
  if (names.length === 1) return false;
  const few = (isLike: (numbers: readonly number[]) => boolean) => rows.filter(isLike).length < rows.length / 2;
  if (areWhole && isSeries(names) && few(isSeries)) return true;
  if (names.length < LEAST_ORDERED || !isOrdered(names)) return false;
  return few(isOrdered);
}

/** How many of the names lie where the values of their columns do. */
function areInside(source: Source, numeric: readonly ColumnReport[], names: readonly number[]): boolean {
  const inside = numeric.filter((column, i) => {
    const values = isComma(column) ? samples(source, column).map((value) => numberOf(value, true)) : [];
    const seen = values.filter((value) => !Number.isNaN(value));
    const least = isComma(column) ? Math.min(...seen) : Number(column.min);
    const most = isComma(column) ? Math.max(...seen) : Number(column.max);
    const room = Math.max(most - least, 1);
    return names[i]! >= least - room && names[i]! <= most + room;
  });
  return inside.length >= numeric.length * 0.75;
}

/** The first row is one like the others: its numbers and dates stand above numbers and dates. */
function hasValues(source: Source, names: readonly string[]): boolean {
  const { columns } = source.report;
  const typed = columns.filter((column) => {
    const name = names[column.position - 1]!;
    const isMissing = WORDS.has(name) || isNullToken(name) || source.report.options?.more_null_tokens?.includes(name);
    return (isNumeric(column) || isDated(column)) && !isMissing;
  });
  if (typed.length === 0 || !typed.every((column) => isLikeValues(source, column, names[column.position - 1]!)))
    return false;
  const numeric = typed.filter(isNumeric);
  const numbersOf = (fields: readonly string[]) =>
    numeric.map((column) => numberIn(source, column, fields[column.position - 1] ?? ''));
  const numbers = numbersOf(names);
  const areWhole = numeric.every(({ position }) => /^\d+$/.test(names[position - 1]!));
  const rows = dataRows(source.glimpse!).map(({ fields }) => numbersOf(fields));
  if (typed.length === numeric.length && isScale(numbers, areWhole, rows)) return false;
  return areInside(source, numeric, numbers);
}

/** All columns are text, and the names of most are values below: each as often as the others where it is a header. */
function occursBelow({ report: { columns, row_count: count }, glimpse }: Source, names: readonly string[]): boolean {
  if (columns.length < 2 || columns.some((column) => isNumeric(column) || isDated(column))) return false;
  const rows = [...dataRows(glimpse!), ...glimpse!.last.filter(({ line }) => line > glimpse!.first.at(-1)!.line)];
  const header = names.join('\0');
  if (rows.some(({ fields }) => fields.join('\0') === header)) return false;
  const times = columns.map(({ type, top_values: top }, i) =>
    type === 'text' ? (top.find(({ value }) => value.trim() === names[i])?.count ?? 0) : 0,
  );
  const found = times.filter((each) => each > 0);
  if (found.length <= columns.length / 2) return false;
  // a header that is repeated further down than the rows that are shown
  const isRepeated = found.length === columns.length && new Set(found).size === 1 && rows.length < count;
  return !isRepeated;
}

/** The line above the first row has one delimiter as often as all rows have it: there it is the header. */
function isHeaderAbove({ first, titleRows }: Glimpse): boolean {
  const lines = first.slice(Math.max(titleRows - 1, 0)).map(({ fields }) => fields.join(' '));
  const counts = (delimiter: string) => new Set(lines.map((line) => line.split(delimiter).length));
  return titleRows > 0 && DELIMITERS.some((each) => lines[0]!.includes(each) && counts(each).size === 1);
}
/** Titles above a first row that is no header have to be passed over, by the lines of the file. */
function withoutTitles({ first, titleRows }: Glimpse): ReadOptions {
  return titleRows === 0 ? { header: false } : { header: false, skip_rows: first[titleRows]!.line - 1 };
}

/** The first row is one like the others, or has values that the others have. */
export const noHeader: Suggest = (source) => {
  const { report, glimpse } = source;
  const names = glimpse?.first[glimpse.titleRows]?.fields;
  const { columns, row_count } = report;
  if (!glimpse || !names || row_count === 0 || names.length !== columns.length || names.includes('')) return [];
  if (report.options?.header !== undefined || isHeaderAbove(glimpse)) return [];
  const areValues = hasValues(source, names);
  if (!areValues && !occursBelow(source, names)) return [];
  const why = areValues ? 'has numbers and dates where the rows have them' : 'has values that the rows have too';
  const titles = glimpse.titleRows === 0 ? '' : `, and what stands above it is passed over`;
  return [
    {
      code: 'no_header',
      message:
        `The first row (${named(names.map((name) => ({ name })))}) ${why} → ` + `it becomes row 1 of the data${titles}`,
      columns: [],
      evidence: { columns: columns.length, title_rows: glimpse.titleRows },
      options: withoutTitles(glimpse),
    },
  ];
};
