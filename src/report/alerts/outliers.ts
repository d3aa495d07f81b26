import type { Value } from '../../processing/profile-types.ts';
import { FENCE_FACTOR } from '../../processing/statistics/outliers.ts';
import type { ColumnReport, Outliers } from '../document.ts';
import { allDigits, countWithShare, figure, whole } from '../formatting.ts';
import type { AddAlert } from './add-alert.ts';
import { sentinelOf } from './sentinel.ts';
import { THRESHOLDS as T } from './thresholds.ts';

/**
 * The alert about values that are few and far from all others. Many values beyond the fences are a long tail, of which
 * the fences say nothing.
 * @returns whether it is given
 */
export function outlierAlert(column: ColumnReport, outliers: Outliers | undefined, add: AddAlert): boolean {
  if (!outliers || outliers.count === 0 || !isMeasured(column) || column.count < T.outlierMinCount) return false;
  const { count, lower_fence, upper_fence } = outliers;
  const sentinel = sentinelOf(column, outliers, (value) => inRanges(value, outliers));
  if (sentinel) {
    const { value, times, next, side } = sentinel;
    const sentence = `${written(value)} occurs ${whole(times)} times; the next ${side} value is ${written(next)}`;
    add('outliers', 'warning', `${sentence}: it may stand for a missing value.`, { count, lower_fence, upper_fence });
    return true;
  }
  const given = areFew(column.count, outliers) || isApart(column.count, outliers);
  if (given) add('outliers', 'warning', outlierSentence(column, outliers), { count, lower_fence, upper_fence });
  return given;
}

/** How far a value lies from its quartile, in interquartile ranges: less than 0 between them, 0 without a range. */
function inRanges(value: number, { lower_fence, upper_fence }: Outliers): number {
  const range = upper_fence / (1 + 2 * FENCE_FACTOR) - lower_fence / (1 + 2 * FENCE_FACTOR); // may be beyond a double
  if (!(range > 0)) return 0;
  const above = value / range - upper_fence / range;
  return Math.max(above, lower_fence / range - value / range) + FENCE_FACTOR;
}

/** How far the examples lie from their quartile, the farthest first. */
const distances = (outliers: Outliers): number[] =>
  outliers.examples.map(({ value }) => inRanges(Number(value), outliers));

/** Whether there are one or two outliers or hardly any, and one of them is far away. */
function areFew(values: number, outliers: Outliers): boolean {
  const farthest = distances(outliers)[0] ?? 0;
  if (outliers.count <= T.singleOutliers) return farthest > T.outerFence;
  return outliers.count <= values * T.fewShare && farthest > T.farOutlier;
}

/** Whether the farthest, or the two or three farthest, are at least twice as far as all others. */
function isApart(values: number, outliers: Outliers): boolean {
  if (outliers.count > Math.max(T.singleOutliers, values * T.apartShare)) return false;
  const all = distances(outliers);
  const next = (i: number) => all[i + 1] ?? FENCE_FACTOR;
  return all.slice(0, T.apart).some((distance, i) => distance > T.outerFence && distance >= T.apartTimes * next(i));
}

/** Whether the numbers are amounts: not ids, codes, groups, flags and years. */
export const isAmount = ({ kind }: ColumnReport): boolean => kind === 'measure' || kind === 'share';

/** Whether outliers mean something: of amounts, where there are some. */
export const isMeasured = (column: ColumnReport): boolean =>
  isAmount(column) && (column.distinct?.count ?? 0) >= T.measuredValues;

/** How many values lie outside the fences, on which side, and the farthest of them. */
function outlierSentence({ count: all, min, max }: ColumnReport, outliers: Outliers): string {
  const { count, lower_fence, upper_fence, examples } = outliers;
  const [side, farthest, bound] = !(Number(min) < lower_fence) // the more usual side, too, where neither is known
    ? ['high', 'Highest', `above ${figure(upper_fence)}`]
    : Number(max) > upper_fence
      ? ['high or low', 'Farthest', `outside ${figure(lower_fence)} to ${figure(upper_fence)}`]
      : ['low', 'Lowest', `below ${figure(lower_fence)}`];
  const first = examples[0];
  const value = first && `${written(first.value)} (row ${whole(first.row)})`;
  if (count === 1) return `One value is unusually ${side}, ${bound}${value ? `: ${value}` : ''}.`;
  const which = value ? ` ${farthest}: ${value}.` : '';
  return `${countWithShare(count, all, 'value')} are unusually ${side}, ${bound}.${which}`;
}

/** A number as it is, with separators where it is an integer of few digits. */
const written = (value: Value): string => (Number.isSafeInteger(value) ? figure(value) : allDigits(value));
