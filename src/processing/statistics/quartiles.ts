/**
 * The quartiles of a column of numbers: type 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages" (1996),
 * the default of numpy and pandas. They lie between the numbers at floor and ceiling of (n - 1) * p in sorted order.
 *
 * Nothing is sorted as a whole: rank-selection.ts finds the numbers at these ranks in passes over the column's numbers,
 * with buckets that the kernel counts (kernel/end/number-passes.ts).
 */
export interface Quartiles {
  q1: number;
  median: number;
  q3: number;
}

const positions = (count: number) => [0.25, 0.5, 0.75].map((p) => (count - 1) * p);

/** The ranks, from 0, of the numbers that the quartiles of `count` numbers lie between: two per quartile. */
export const quartileRanks = (count: number): number[] =>
  positions(count).flatMap((h) => [Math.floor(h), Math.min(Math.floor(h) + 1, count - 1)]);

/** @param at the numbers at `quartileRanks(count)` */
export function quartilesOf(at: readonly number[], count: number): Quartiles {
  const [q1, median, q3] = positions(count).map(
    (h, i) => interpolate(at[i * 2]!, at[i * 2 + 1]!, h - Math.floor(h)) || 0,
  ) as [number, number, number];
  return { q1, median, q3 };
}

/** Between two neighbours a <= b, t of the way, rounded as numpy does. */
function interpolate(a: number, b: number, t: number): number {
  const difference = b - a;
  if (!Number.isFinite(difference)) return a * (1 - t) + b * t; // ±1e308: the difference overflows, the result does not
  return t >= 0.5 ? b - difference * (1 - t) : a + difference * t;
}
