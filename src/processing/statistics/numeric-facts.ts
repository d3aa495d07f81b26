import { EXAMPLES } from '../limits.ts';
import type { NumericFacts, Value } from '../profile-types.ts';
import { Histogram } from './histogram.ts';
import { deviationOf, meanOf, momentScale } from './moments.ts';
import type { NumberBag } from './number-bag.ts';
import { fences } from './outliers.ts';
import { interpolate } from './quartiles.ts';
import { RankSelection } from './rank-selection.ts';

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
  const positions = [0.25, 0.5, 0.75].map((p) => (count - 1) * p);
  const selection = new RankSelection(
    bag,
    positions.flatMap((h) => [Math.floor(h), Math.min(Math.floor(h) + 1, count - 1)]),
  );
  const histogram = new Histogram(min, max);
  const { counts } = histogram;
  const scale = momentScale(bag);
  // three passes over the stored numbers, which may be on disk
  const survey = pairs.survey(bag.stored.survey(scale, selection.buckets, histogram), scale, histogram);
  if (survey.buckets) selection.counted(survey.buckets);
  const center = meanOf(bag, scale, survey);
  const { mean: scaledMean, rest } = center;
  const stored = bag.stored.collect(scale, scaledMean, rest, selection.wanted);
  const collection = pairs.collect(stored, scale, scaledMean, rest);
  const at = selection.numbers(collection.gathered);
  const std = deviationOf(bag, center, collection);
  const mean = min === max ? min : scaledMean / scale || 0;
  const [q1, median, q3] = positions.map((h, i) => interpolate(at[i * 2]!, at[i * 2 + 1]!, h - Math.floor(h)) || 0) as [
    number,
    number,
    number,
  ];
  const { lowerFence, upperFence } = fences(q1, q3);
  const { zeros, negatives } = survey;
  const outside = bag.stored.countOutside(lowerFence, upperFence) + pairs.countOutside(lowerFence, upperFence);
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
