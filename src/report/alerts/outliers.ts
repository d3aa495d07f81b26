import type { Value } from '../../processing/profile-types.ts';
import { FENCE_FACTOR } from '../../processing/statistics/outliers.ts';
import type { Outliers } from '../document.ts';
import { allDigits, figure, whole } from '../formatting.ts';
import type { AddAlert } from './add-alert.ts';
import { THRESHOLDS as T } from './thresholds.ts';

/** The alert about outliers: a warning when one lies beyond Tukey's outer fence. */
export function outlierAlert(outliers: Outliers | undefined, add: AddAlert): void {
  if (!outliers || outliers.count === 0) return;
  const { count, lower_fence, upper_fence, examples } = outliers;
  const range = (upper_fence - lower_fence) / (1 + 2 * FENCE_FACTOR); // one between the quartiles
  const beyond = (T.outerFence - FENCE_FACTOR) * range;
  const isFar =
    range > 0 &&
    examples.some(({ value }) => Number(value) > upper_fence + beyond || Number(value) < lower_fence - beyond);
  const lie = count === 1 ? 'One value lies' : `${whole(count)} values lie`;
  const which = count === 1 ? '' : isFar ? 'some of them ' : 'none of them ';
  const howFar = count === 1 && !isFar ? 'not very far' : 'very far';
  const first = examples[0];
  const farthest = first ? `; the farthest is ${written(first.value)} in row ${whole(first.row)}` : '';
  add('outliers', isFar ? 'warning' : 'info', `${lie} outside the fences, ${which}${howFar}${farthest}.`, {
    count,
    lower_fence,
    upper_fence,
  });
}

/** A number as it is, with separators where it is an integer of few digits. */
const written = (value: Value): string => (Number.isSafeInteger(value) ? figure(value) : allDigits(value));
