import type { ColumnReport, Outliers } from '../document.ts';
import { figure, percent } from '../formatting.ts';
import type { AddAlert } from './add-alert.ts';
import { isMeasured, outlierAlert } from './outliers.ts';
import { THRESHOLDS as T } from './thresholds.ts';

/**
 * The alert about how the numbers of a column are distributed. A column has one of them at most: many zeros make
 * outliers of all other values, and outliers pull the mean.
 */
export function distributionAlerts(column: ColumnReport, outliers: Outliers | undefined, add: AddAlert): void {
  const { count, zeros = 0, mean, quartiles } = column;
  if (!isMeasured(column) || !quartiles) return;
  const { q1, median, q3 } = quartiles;
  const share = zeros / count;
  if (share >= T.manyZerosShare && count >= T.distributionMinCount) {
    const too = median === 0 ? ', and so is the median' : '';
    add('many_zeros', 'info', `${percent(share)} of the values are 0${too}.`, { zeros, share });
    return;
  }
  if (outlierAlert(column, outliers, add) || mean === undefined || count < T.distributionMinCount) return;
  const pulled = mean > q3 ? ['large', 'above'] : mean < q1 ? ['small', 'below'] : undefined;
  if (!pulled || Math.abs(mean / 2 - median / 2) < (Math.abs(median) / 2) * T.pulledShare) return;
  const [values, side] = pulled;
  const sentence = `A few ${values} values pull the mean (${figure(mean)}) ${side} the median (${figure(median)}).`;
  add('skewed', 'info', sentence, { mean, median });
}
