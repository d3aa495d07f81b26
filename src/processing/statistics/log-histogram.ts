import { BINS } from '../limits.ts';
import { Bins, type HistogramFacts } from './histogram.ts';
import type { NumberBag } from './number-bag.ts';

/**
 * A histogram of 20 bins of equal ratio, for numbers of several orders of magnitude: all are above 0, the greatest is
 * at least 1,000 times the least, and more than half are in one bin of the plain histogram, which shows little then.
 * The edges are those of `numpy.geomspace(min, max, 21)`, to some units of the last place; a number on an edge belongs
 * to the bin above it, the last bin has both its edges.
 *
 * Counted in a pass of its own, of these columns only: kernel/end/number-passes.ts and pair-passes.ts, behind
 * `countBins` of number-bag.ts.
 */

/** The greatest value is at least so many times the least. */
export const LEAST_RATIO = 1_000;
/** More than this share of the values is in one bin of the plain histogram. */
export const MOST_IN_ONE_BIN = 0.5;

/** @param plain the histogram of the same numbers @returns undefined where it shows enough */
export function logHistogram({ min, max, count, stored, pairs }: NumberBag, plain: Bins): HistogramFacts | undefined {
  if (!(min > 0 && max / min >= LEAST_RATIO)) return undefined;
  if (!(Math.max(...plain.counts) > count * MOST_IN_ONE_BIN)) return undefined;
  const bins = new Bins(ratioEdges(min, max));
  stored.countBins(bins);
  pairs.countBins(bins);
  return bins.facts;
}

/** Edges of equal ratio. From the greatest down, since products that begin with a subnormal number would not grow. */
function ratioEdges(min: number, max: number): number[] {
  // the ratio itself may overflow, its fourth root does not
  const fourthRoot = (value: number) => Math.sqrt(Math.sqrt(value));
  const step = fifthRoot(fourthRoot(max) / fourthRoot(min));
  const edges = Array<number>(BINS + 1).fill(max);
  for (let i = BINS - 1; i > 0; i--) edges[i] = Math.max(edges[i + 1]! / step, min);
  edges[0] = min;
  return edges;
}

/**
 * By Newton's method from above, with what IEEE 754 rounds the same everywhere: `Math.pow` may differ between versions
 * of a runtime, and a report must not.
 * @param value at least 1
 */
function fifthRoot(value: number): number {
  for (let root = Math.sqrt(Math.sqrt(value)); ; ) {
    const square = root * root;
    const next = (4 * root + value / (square * square)) / 5;
    if (!(next < root)) return root;
    root = next;
  }
}
