import { type Column, isNumeric, isTime } from './report.ts';

/** In characters. */
const LEAST = 7;
const MOST = 36;
const EXTRA = 3;

/** Characters of the values, as far as the report tells. */
function valueCharacters(column: Column): number {
  const tops = Math.max(0, ...column.top_values.map(({ value }) => value.length));
  if (isNumeric(column) || isTime(column)) return Math.max(tops, `${column.min}`.length, `${column.max}`.length);
  const { length } = column;
  return length ? Math.max(Math.min(length.max, length.mean * 1.3), Math.min(tops, MOST)) : tops;
}

/** The width of a column in characters, from its name and the report's facts about its values. */
export const charactersOf = (column: Column): number =>
  Math.max(LEAST, Math.min(MOST, Math.max(column.name.length, valueCharacters(column)) + EXTRA));

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
