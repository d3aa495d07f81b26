import { type Column, isNumeric, isTime } from './report.ts';

/** In characters. */
const LEAST = 7;
const MOST = 36;
const EXTRA = 3;
/** Of a character of the type in a heading. */
const TYPE_SIZE = 0.85;
/** Of a row whose values are wrapped. */
const LEAST_LINES = 2;
const MOST_LINES = 5;

/** Characters of the values, as far as the report tells. */
function valueCharacters(column: Column): number {
  const tops = Math.max(0, ...column.top_values.map(({ value }) => value.length));
  if (isNumeric(column) || isTime(column)) return Math.max(tops, `${column.min}`.length, `${column.max}`.length);
  const { length } = column;
  return length ? Math.max(Math.min(length.max, length.mean * 1.3), Math.min(tops, MOST)) : tops;
}

/** Characters of a heading: the name, and the type in smaller ones. */
const headingCharacters = ({ name, type }: Column): number => Math.ceil(name.length + TYPE_SIZE * type.length);

/** The width of a column in characters, from its heading and the report's facts about its values. */
export const charactersOf = (column: Column): number =>
  Math.max(LEAST, Math.min(MOST, Math.max(headingCharacters(column), valueCharacters(column)) + EXTRA));

/** Lines that the values of a column take when they are wrapped, as far as the report tells. */
const linesOf = (column: Column): number => {
  const { length } = column;
  return length ? Math.ceil(Math.min(length.max, length.mean * 2) / (charactersOf(column) - EXTRA)) : 1;
};

/** Lines of a row whose values are wrapped: all rows have the same, so that their places are known. */
export const wrappedLines = (columns: Column[]): number =>
  columns.reduce((lines, column) => Math.min(MOST_LINES, Math.max(lines, linesOf(column))), LEAST_LINES);

/** Where columns of these widths begin, and at last where they end. */
export function leftsOf(widths: number[]): number[] {
  const lefts = [0];
  for (const width of widths) lefts.push(lefts.at(-1)! + width);
  return lefts;
}

/** The columns that are seen between two places. */
export function columnsBetween(lefts: number[], from: number, to: number): [first: number, last: number] {
  let low = 0;
  let high = lefts.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lefts[middle]! <= from) low = middle;
    else high = middle - 1;
  }
  let last = low;
  while (last < lefts.length - 2 && lefts[last + 1]! < to) last++;
  return [low, last];
}

/** How far to scroll to the side so that a column is seen whole: as little as possible. @param width that is seen */
export function leftToSee(lefts: number[], column: number, left: number, width: number): number {
  const [start = 0, end = start] = lefts.slice(column, column + 2);
  return Math.min(start, Math.max(left, end - width));
}
