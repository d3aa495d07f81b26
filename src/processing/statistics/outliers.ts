import { EXAMPLES } from '../limits.ts';
import type { NumberBag, Value } from './number-bag.ts';
import type { Quartiles } from './quartiles.ts';

/**
 * The outliers of a column of numbers: those outside Tukey's fences, 1.5 interquartile ranges below the first and above
 * the third quartile (Tukey, "Exploratory Data Analysis", 1977). The quartiles are those of quartiles.ts, not Tukey's
 * hinges.
 *
 * - How many there are is counted in a pass of its own, when the fences are known: kernel/end/number-passes.ts and
 *   pair-passes.ts, behind `countOutside` of number-bag.ts.
 * - Examples come from the ten largest and the ten smallest numbers, which are kept with their rows while rows are
 *   read: kernel/columns/extremes.ts. The ten farthest outliers are always among them.
 * - The alert about them: src/report/alerts/outliers.ts.
 */
export interface Outliers {
  count: number;
  lowerFence: number;
  upperFence: number;
  /** The farthest ones first. */
  examples: { row: number; value: Value }[];
}

/** One of the largest or smallest numbers. */
export interface Extreme {
  row: number;
  value: number;
}

/** Interquartile ranges between a quartile and its fence. */
export const FENCE_FACTOR = 1.5;
/** Bins between a fence and the farthest value. */
export const SIDE_BINS = 10;

const finite = (value: number) => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));

/** `q + factor * (q3 - q1)`, by quarters where the range overflows: scaling by a power of two is exact there. */
function fence(q: number, factor: number, q1: number, q3: number): number {
  const direct = q + factor * (q3 - q1);
  return Number.isFinite(direct) ? direct : finite((q / 4 + factor * (q3 / 4 - q1 / 4)) * 4);
}

/** Finite: the largest double where a fence would be beyond it. */
export function fences(q1: number, q3: number): { lowerFence: number; upperFence: number } {
  return { lowerFence: fence(q1, -FENCE_FACTOR, q1, q3), upperFence: fence(q3, FENCE_FACTOR, q1, q3) };
}

/**
 * @param extremes the ten largest and the ten smallest numbers; one may be among both
 * @param exactOf the number of a row with all its digits, where its double does not have them
 */
export function outliersOf(
  { stored, pairs }: NumberBag,
  { q1, q3 }: Quartiles,
  extremes: readonly Extreme[],
  exactOf: (row: number) => Value | undefined,
): Outliers {
  const { lowerFence, upperFence } = fences(q1, q3);
  const count = stored.countOutside(lowerFence, upperFence) + pairs.countOutside(lowerFence, upperFence);
  const distance = ({ value }: Extreme) => (value > upperFence ? value - upperFence : lowerFence - value);
  const examples = [...new Map(extremes.map((entry) => [entry.row, entry])).values()]
    .filter(({ value }) => value > upperFence || value < lowerFence)
    // distances may be infinite
    .sort((a, b) => (distance(a) === distance(b) ? a.row - b.row : distance(b) > distance(a) ? 1 : -1))
    .slice(0, EXAMPLES)
    .map(({ row, value }) => ({ row, value: exactOf(row) ?? (value || 0) }));
  return { count, lowerFence: lowerFence || 0, upperFence: upperFence || 0, examples };
}
