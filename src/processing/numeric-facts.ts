import { EXAMPLES } from './limits.ts';
import { momentsOf } from './moments.ts';
import type { NumberBag } from './number-bag.ts';
import { Histogram } from './numpy-histogram.ts';
import { fences } from './outliers.ts';
import type { NumericFacts, Value } from './profile-types.ts';
import { ranked } from './quartile-selection.ts';
import { interpolate } from './quartiles.ts';

export interface Extreme {
  row: number;
  value: number;
}

/**
 * All that a report says of a column's numbers, from the bag of them and its ten largest and ten smallest.
 * @param exact the number of a row with all its digits, or of the smallest or largest number
 */
export function numericFacts(
  bag: NumberBag,
  extremes: Extreme[],
  exact: { min: Value; max: Value; ofRow(row: number): Value | undefined },
): NumericFacts {
  const { count, min, max, pairs } = bag;
  const { mean, std } = momentsOf(bag);
  const positions = [0.25, 0.5, 0.75].map((p) => (count - 1) * p);
  const ranks = positions.flatMap((h) => [Math.floor(h), Math.min(Math.floor(h) + 1, count - 1)]);
  const at = ranked(bag, ranks);
  const [q1, median, q3] = positions.map((h, i) => interpolate(at[i * 2]!, at[i * 2 + 1]!, h - Math.floor(h)) || 0) as [
    number,
    number,
    number,
  ];
  const { lowerFence, upperFence } = fences(q1, q3);
  const histogram = new Histogram(min, max);
  const { counts } = histogram;
  let zeros = 0;
  let negatives = 0;
  let outside = 0;
  pairs.values.forEach((value, i) => {
    const times = pairs.counts[i]!;
    counts[histogram.binOf(value)]! += times;
    if (value === 0) zeros += times;
    if (value < 0) negatives += times;
    if (value < lowerFence || value > upperFence) outside += times;
  });
  const stored = bag.stored.spread(histogram, lowerFence, upperFence);
  zeros += stored.zeros;
  negatives += stored.negatives;
  outside += stored.outside;
  const distance = ({ value }: Extreme) => (value > upperFence ? value - upperFence : lowerFence - value);
  const examples = [...new Map(extremes.map((entry) => [entry.row, entry])).values()]
    .filter(({ value }) => value > upperFence || value < lowerFence)
    // distances may be infinite
    .sort((a, b) => (distance(a) === distance(b) ? a.row - b.row : distance(b) > distance(a) ? 1 : -1))
    .slice(0, EXAMPLES)
    .map(({ row, value }) => ({ row, value: exact.ofRow(row) ?? (value || 0) }));
  return {
    min: exact.min || 0,
    max: exact.max || 0,
    mean,
    std,
    quartiles: { q1, median, q3 },
    zeros,
    negatives,
    histogram: { edges: histogram.edges.map((edge) => edge || 0), counts },
    outliers: { count: outside, lowerFence: lowerFence || 0, upperFence: upperFence || 0, examples },
  };
}
