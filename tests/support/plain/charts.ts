import type { DateHistogram } from '../../../src/processing/statistics/date-histogram.ts';
import type { HistogramFacts } from '../../../src/processing/statistics/histogram.ts';
import type { OutlierSide } from '../../../src/processing/statistics/outliers.ts';

/** What charts are drawn from, in the plainest way: every value is looked at for every bin. */

/** Whole numbers, a bar for every value; undefined where there are too many or too large ones. */
export function plainValues(values: number[]): HistogramFacts | undefined {
  const different = [...new Set(values.map((value) => value || 0))].sort((a, b) => a - b);
  if (different.length > 50 || different.some((value) => Math.abs(value) > 2 ** 51)) return undefined;
  const edges = [...new Set(different.flatMap((value) => [value - 0.5, value + 0.5]))];
  return { edges, counts: countsBetween(edges, values) };
}

/** How many values are in each bin; one on an edge belongs to the bin above it, the last bin has both its edges. */
export const countsBetween = (edges: number[], values: number[]): number[] =>
  edges
    .slice(1)
    .map(
      (edge, i) =>
        values.filter((value) => value >= edges[i]! && (value < edge || (i === edges.length - 2 && value === edge)))
          .length,
    );

/** Whether numbers have a histogram of equal ratio. @param counts of their plain histogram */
export const hasPlainLog = (values: number[], counts: number[]): boolean =>
  Math.min(...values) > 0 &&
  Math.max(...values) / Math.min(...values) >= 1_000 &&
  Math.max(...counts) > values.length * 0.5;

/** The outliers above a fence; of those below it the negative numbers. */
function plainSide(values: number[], fence: number): OutlierSide | undefined {
  const outside = values.filter((value) => value > fence);
  if (outside.length === 0) return undefined;
  const width = (Math.max(...outside) - fence) / 10;
  const bins = outside.map(
    (value) => Array.from({ length: 9 }, (_, i) => fence + (i + 1) * width).filter((edge) => value >= edge).length,
  );
  return {
    count: outside.length,
    counts: Array.from({ length: 10 }, (_, bin) => bins.filter((each) => each === bin).length),
  };
}
/** The outliers of both sides, and the last values between the fences. */
export function plainOutside(values: number[], lowerFence: number, upperFence: number) {
  const inside = values.filter((value) => value >= lowerFence && value <= upperFence);
  return {
    lowestInside: Math.min(...inside) || 0,
    highestInside: Math.max(...inside) || 0,
    below: plainSide(
      values.map((value) => -value),
      -lowerFence,
    ),
    above: plainSide(values, upperFence),
  };
}

/**
 * Each unit: how a date goes to its beginning, from the beginning of the next finer one, and how to the next;
 * characters of its text behind the year.
 */
const UNITS: [DateHistogram['unit'], begin: (date: Date) => void, next: (date: Date) => void, behind: number][] = [
  ['minute', (date) => date.setUTCSeconds(0, 0), (date) => date.setUTCMinutes(date.getUTCMinutes() + 1), 12],
  ['hour', (date) => date.setUTCMinutes(0), (date) => date.setUTCHours(date.getUTCHours() + 1), 12],
  ['day', (date) => date.setUTCHours(0), (date) => date.setUTCDate(date.getUTCDate() + 1), 6],
  ['month', (date) => date.setUTCDate(1), (date) => date.setUTCMonth(date.getUTCMonth() + 1), 3],
  ['year', (date) => date.setUTCMonth(0), (date) => date.setUTCFullYear(date.getUTCFullYear() + 1), 0],
  ['decade', ...ofYears(10)],
  ['century', ...ofYears(100)],
];
function ofYears(n: number): [(date: Date) => void, (date: Date) => void, number] {
  return [
    (date) => date.setUTCFullYear(Math.floor(date.getUTCFullYear() / n) * n),
    (date) => date.setUTCFullYear(date.getUTCFullYear() + n),
    0,
  ];
}
/** The year, and so many characters behind it. */
function edgeText(date: Date, behind: number): string {
  const text = date.toISOString();
  return text.slice(0, text.indexOf('-', 1) + behind);
}

/** @param seconds instants, whole seconds since 1970 in UTC @param isDates they have no hours */
export function plainDates(seconds: number[], isDates: boolean): DateHistogram {
  const [min, max] = [Math.min(...seconds) * 1_000, Math.max(...seconds) * 1_000];
  const from = new Date(min);
  for (const [unit, begin, next, behind] of UNITS) {
    begin(from);
    if (isDates && (unit === 'minute' || unit === 'hour')) continue;
    const edges = [new Date(from)];
    while (edges.at(-1)!.getTime() <= max && edges.length <= 121) {
      const edge = new Date(edges.at(-1)!);
      next(edge);
      edges.push(edge);
    }
    if (edges.length > 121) continue;
    const counts = edges.slice(1).map((edge, i) => {
      const [first, end] = [edges[i]!.getTime() / 1_000, edge.getTime() / 1_000];
      return seconds.filter((second) => second >= first && second < end).length;
    });
    return { unit, edges: edges.map((edge) => edgeText(edge, behind)), counts };
  }
  throw new Error('There are at most 100 centuries.');
}
