import type { HistogramFacts } from './histogram.ts';
import type { NumberBag } from './number-bag.ts';

/**
 * A histogram of whole numbers with a bar for every value: edges half a unit to both sides of each, and a bin of count
 * 0 between two that are not neighbours. For columns of type integer with at most 50 different values, by value: 5 and
 * +5 are one. Looking for the 51st ends at the first numbers of a column that has more.
 */

/** Different values at most. */
export const MOST_VALUES = 50;
/** Farther from 0 a value and a half is no double. */
const MOST_WITH_HALF = 2 ** 51;

/** @param bag of whole numbers @returns undefined where they have more different values, or too large ones */
export function valueHistogram(bag: NumberBag): HistogramFacts | undefined {
  if (bag.min < -MOST_WITH_HALF || bag.max > MOST_WITH_HALF) return undefined;
  const counts = countsByValue(bag);
  return counts && histogramOf(counts);
}

/** How often each value occurs, unless there are more than MOST_VALUES. */
function countsByValue({ pairs, stored }: NumberBag): Map<number, number> | undefined {
  const counts = new Map<number, number>();
  const { all } = pairs;
  for (let i = 0; i < all.length && counts.size <= MOST_VALUES; i += 2)
    counts.set(all[i]!, (counts.get(all[i]!) ?? 0) + all[i + 1]!);
  if (counts.size <= MOST_VALUES)
    stored.forEachChunk((values) => {
      for (const value of values) {
        counts.set(value, (counts.get(value) ?? 0) + 1);
        if (counts.size > MOST_VALUES) return false;
      }
      return true;
    });
  return counts.size <= MOST_VALUES ? counts : undefined;
}

function histogramOf(counts: Map<number, number>): HistogramFacts {
  const histogram: HistogramFacts = { edges: [], counts: [] };
  for (const [value, count] of [...counts].sort(([a], [b]) => a - b)) {
    const last = histogram.edges.at(-1);
    if (last !== undefined && last < value - 0.5) histogram.counts.push(0);
    if (last !== value - 0.5) histogram.edges.push(value - 0.5);
    histogram.edges.push(value + 0.5);
    histogram.counts.push(count);
  }
  return histogram;
}
