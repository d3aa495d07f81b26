import { EXAMPLES, SIDE_BINS } from '../limits.ts';
import { equalEdges } from './histogram.ts';
import type { NumberBag, OutlierBins, Outside } from './number-bag.ts';
import type { Quartiles } from './quartiles.ts';
import type { Value } from './value.ts';

/**
 * The outliers of a column of numbers: those outside Tukey's fences, 1.5 interquartile ranges below the first and above
 * the third quartile (Tukey, "Exploratory Data Analysis", 1977). The quartiles are those of quartiles.ts, not Tukey's
 * hinges.
 *
 * - How many there are is counted in a pass of its own, when the fences are known: kernel/end/number-passes.ts and
 *   pair-passes.ts, behind `outside` of number-bag.ts. On each side they are counted in ten bins of equal width between
 *   the fence and the farthest, the bin at the fence first; an outlier on an edge belongs to the bin farther out, the
 *   last bin has both its edges. The same pass finds the last numbers within the fences.
 * - Examples come from the ten largest and the ten smallest numbers, which are kept with their rows while rows are
 *   read: kernel/columns/extremes.ts. The ten farthest outliers are always among them.
 * - The alert about them: src/report/alerts/outliers.ts.
 */
export interface Outliers {
  count: number;
  lowerFence: number;
  upperFence: number;
  /** Least and greatest number within the fences, the ends of a box plot's whiskers; there always is one. */
  lowestInside: Value;
  highestInside: Value;
  /** Undefined where there is none on that side. */
  below: OutlierSide | undefined;
  above: OutlierSide | undefined;
  /** The farthest ones first. */
  examples: { row: number; value: Value }[];
}

export interface OutlierSide {
  count: number;
  /** By bin, from the fence outward. */
  counts: number[];
}

/** One of the largest or smallest numbers. */
export interface Extreme {
  row: number;
  value: number;
}

/** Interquartile ranges between a quartile and its fence. */
export const FENCE_FACTOR = 1.5;

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

/** A third pass before its first number. */
export const noneOutside = (): Outside => ({
  lowestInside: Number.POSITIVE_INFINITY,
  highestInside: Number.NEGATIVE_INFINITY,
  below: Array(SIDE_BINS).fill(0),
  above: Array(SIDE_BINS).fill(0),
});

/** Inner edges of the bins from a fence outward; none where no number lies beyond it. */
const innerEdges = (fence: number, farthest: number) => equalEdges(fence, farthest, SIDE_BINS).slice(1, -1);

function outlierBins(min: number, max: number, lowerFence: number, upperFence: number): OutlierBins {
  return {
    lowerFence,
    upperFence,
    // mirrored, so that the edges below are those that the negative numbers would have above
    below: innerEdges(-lowerFence, -Math.min(min, lowerFence)).map((edge) => -edge),
    above: innerEdges(upperFence, Math.max(max, upperFence)),
  };
}

function sideOf(counts: number[]): OutlierSide | undefined {
  const count = counts.reduce((a, b) => a + b, 0);
  return count === 0 ? undefined : { count, counts };
}

/**
 * @param extremes the ten largest and the ten smallest numbers; one may be among both
 * @param exact minimum, maximum and the number of a row with all their digits, where its double does not have them
 */
export function outliersOf(
  { min, max, stored, pairs }: NumberBag,
  { q1, q3 }: Quartiles,
  extremes: readonly Extreme[],
  exact: { min: Value; max: Value; ofRow(row: number): Value | undefined },
): Outliers {
  const { lowerFence, upperFence } = fences(q1, q3);
  const bins = outlierBins(min, max, lowerFence, upperFence);
  const hasOutliers = min < lowerFence || max > upperFence;
  const outside = hasOutliers ? pairs.outside(stored.outside(bins), bins) : noneOutside();
  const below = sideOf(outside.below);
  const above = sideOf(outside.above);
  const distance = ({ value }: Extreme) => (value > upperFence ? value - upperFence : lowerFence - value);
  const examples = [...new Map(extremes.map((entry) => [entry.row, entry])).values()]
    .filter(({ value }) => value > upperFence || value < lowerFence)
    // distances may be infinite
    .sort((a, b) => (distance(a) === distance(b) ? a.row - b.row : distance(b) > distance(a) ? 1 : -1))
    .slice(0, EXAMPLES)
    .map(({ row, value }) => ({ row, value: exact.ofRow(row) ?? (value || 0) }));
  return {
    count: (below?.count ?? 0) + (above?.count ?? 0),
    lowerFence: lowerFence || 0,
    upperFence: upperFence || 0,
    // of an integer beyond 2^53 that is not an end of the column only the double is kept
    lowestInside: (below ? outside.lowestInside : exact.min) || 0,
    highestInside: (above ? outside.highestInside : exact.max) || 0,
    below,
    above,
    examples,
  };
}
