import type { NumericFacts, Value } from '../profile-types.ts';
import { Histogram } from './histogram.ts';
import { logHistogram } from './log-histogram.ts';
import { deviationOf, meanOf, momentScale } from './mean-and-std.ts';
import type { NumberBag } from './number-bag.ts';
import { type Extreme, outliersOf } from './outliers.ts';
import { quartileRanks, quartilesOf } from './quartiles.ts';
import { RankSelection } from './rank-selection.ts';
import { valueHistogram } from './value-histogram.ts';

/**
 * All that a report states of a column's numbers, in three passes over those that are stored, which may be on disk:
 * sums, histogram and buckets; deviations and the numbers at the quartiles' ranks; outliers. A fourth counts bins of
 * equal ratio where the histogram shows little. Each fact is defined in the file of its name.
 * @param extremes the ten largest and the ten smallest numbers
 * @param exact minimum, maximum and the number of a row with all their digits
 * @param isWhole all are whole numbers: the column's type is integer
 */
export function numericFacts(
  bag: NumberBag,
  extremes: Extreme[],
  exact: { min: Value; max: Value; ofRow(row: number): Value | undefined },
  isWhole: boolean,
): NumericFacts {
  const { count, min, max, pairs, stored } = bag;
  const selection = new RankSelection(bag, quartileRanks(count));
  const histogram = new Histogram(min, max);
  const scale = momentScale(bag);
  const survey = pairs.survey(stored.survey(scale, selection.buckets, histogram), scale, histogram);
  if (survey.buckets) selection.counted(survey.buckets);
  const center = meanOf(bag, scale, survey);
  const { mean: scaledMean, rest } = center;
  const collection = pairs.collect(stored.collect(scale, scaledMean, rest, selection.wanted), scale, scaledMean, rest);
  const quartiles = quartilesOf(selection.numbers(collection.gathered), count);
  return {
    min: exact.min || 0,
    max: exact.max || 0,
    mean: min === max ? min : scaledMean / scale || 0,
    std: deviationOf(bag, center, collection),
    quartiles,
    zeros: survey.zeros,
    negatives: survey.negatives,
    histogram: histogram.facts,
    valueHistogram: isWhole ? valueHistogram(bag) : undefined,
    logHistogram: logHistogram(bag, histogram),
    outliers: outliersOf(bag, quartiles, extremes, exact),
  };
}
