import { nameHints } from '../column-name.ts';
import type { ColumnReport, Outliers } from '../document.ts';
import { countWithShare, figure, percent } from '../formatting.ts';
import type { AddAlert } from './add-alert.ts';
import { isAmount, isMeasured, outlierAlert } from './outliers.ts';
import { THRESHOLDS as T } from './thresholds.ts';

/**
 * The alert about how the numbers of a column are distributed. A column has one of them at most: many zeros make
 * outliers of all other values, and outliers pull the mean.
 */
export function distributionAlerts(column: ColumnReport, outliers: Outliers | undefined, add: AddAlert): void {
  const { count, zeros = 0, mean, quartiles } = column;
  if (isNearlyZero(column)) {
    add('many_zeros', 'info', `${percent(zeros / count)} of the values are 0.`, { zeros, share: zeros / count });
    return;
  }
  if (!isMeasured(column) || !quartiles) return;
  const { median } = quartiles;
  const share = zeros / count;
  if (share >= T.manyZerosShare && count >= T.distributionMinCount) {
    const too = median === 0 ? ', and so is the median' : '';
    add('many_zeros', 'info', `${percent(share)} of the values are 0${too}.`, { zeros, share });
    return;
  }
  if (outlierAlert(column, outliers, add) || mean === undefined || count < T.distributionMinCount) return;
  const side = nameHints(column.name).coordinate ? undefined : pulled(mean, quartiles);
  if (!side || !isFar(side, column)) return;
  const sentence = `the mean (${figure(mean)}) ${side} the median (${figure(median)})`;
  add('skewed', 'info', `${pulling(side, count, outliers)} ${sentence}.`, { mean, median });
}

/** "249 values (8.3 %) above 132,000 pull": those beyond the fence, where the report counts them. */
function pulling(side: 'above' | 'below', count: number, outliers: Outliers | undefined): string {
  const those = outliers?.[side]?.count;
  if (!outliers || those === undefined) return `${side === 'above' ? 'Large' : 'Small'} values pull`;
  const fence = figure(side === 'above' ? outliers.upper_fence : outliers.lower_fence);
  if (those === 1) return `One value ${side} ${fence} pulls`;
  return `${countWithShare(those, count, 'value')} ${side} ${fence} pull`;
}

/** Whether nearly all of many amounts are 0: a note about them, and no column of hardly any use. */
export const isNearlyZero = (column: ColumnReport): boolean =>
  isAmount(column) &&
  column.count >= T.distributionMinCount &&
  (column.zeros ?? 0) / column.count >= T.almostConstantShare &&
  (column.distinct?.count ?? 0) > 1;

/** Whether the mean lies far above or below the median, and on that side of most values. */
function pulled(
  mean: number,
  { q1, median, q3 }: NonNullable<ColumnReport['quartiles']>,
): 'above' | 'below' | undefined {
  if (q1 >= 0 && median > 0 && mean / T.pulledTimes >= median) return 'above';
  if (Math.abs(mean / 2 - median / 2) < (Math.abs(median) / 2) * T.pulledShare) return undefined;
  return mean > q3 ? 'above' : mean < q1 ? 'below' : undefined;
}

/** Whether values on that side are far away: two groups of values pull a mean as well, and are not few. */
function isFar(side: 'above' | 'below', { min, max, quartiles }: ColumnReport): boolean {
  const { q1, q3 } = quartiles!;
  const beyond = side === 'above' ? Number(max) / 2 - q3 / 2 : q1 / 2 - Number(min) / 2; // may be beyond a double
  return beyond > T.outerFence * (q3 / 2 - q1 / 2);
}
