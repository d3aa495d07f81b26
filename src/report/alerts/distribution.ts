import type { ColumnReport } from '../document.ts';
import { percent } from '../formatting.ts';
import type { AddAlert } from './add-alert.ts';
import { THRESHOLDS as T } from './thresholds.ts';

/** Alerts about how the numbers of a column are distributed: zeros and skewness. */
export function distributionAlerts({ count, zeros = 0, mean, std, quartiles }: ColumnReport, add: AddAlert): void {
  if (zeros / count >= T.manyZerosShare)
    add('many_zeros', 'info', `${percent(zeros / count)} of the values are zero.`, { zeros, share: zeros / count });
  if (mean === undefined || !std || !quartiles || count < T.distributionMinCount) return;
  // Pearson's second coefficient, each part by itself: their difference may be more than a double holds
  const skewness = 3 * (mean / std - quartiles.median / std);
  const bowley = bowleySkewness(quartiles);
  const areBoth = Math.abs(bowley) > T.quartileSkewness && Math.sign(bowley) === Math.sign(skewness);
  if (Number.isFinite(skewness) && Math.abs(skewness) > (areBoth ? T.skewness / 2 : T.skewness)) {
    const side = skewness > 0 ? 'right, to large values' : 'left, to small values';
    add('skewed', 'info', `The values have a long tail to the ${side}.`, { skewness });
  }
}

/** Bowley's (q1 + q3 - 2 median) / (q3 - q1), by halves, which do not overflow; 0 without a range. */
const bowleySkewness = ({ q1, median, q3 }: NonNullable<ColumnReport['quartiles']>): number =>
  q3 > q1 ? (q3 / 2 - median + q1 / 2) / (q3 / 2 - q1 / 2) : 0;
