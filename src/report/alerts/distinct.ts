import type { ColumnReport } from '../document.ts';
import { percent, quoted, whole } from '../formatting.ts';
import type { AddAlert } from './add-alert.ts';
import { THRESHOLDS as T } from './thresholds.ts';

/** Alerts about how many different values there are, and how often the most frequent ones occur. */
export function distinctAlerts(column: ColumnReport, rows: number, add: AddAlert): void {
  const { type, count, distinct, top_values } = column;
  const top = top_values[0];
  if (!distinct) return;
  const share = (top?.count ?? 0) / count;
  if (distinct.exact && distinct.count === 1 && count >= T.constantMinCount && top) {
    add('constant', 'warning', `Every value is ${quoted(top.value)}.`, { count });
    return;
  }
  if (top && distinct.count > 1 && share >= T.almostConstantShare && count >= T.distributionMinCount) {
    add('almost_constant', 'warning', `${percent(share)} of the values are ${quoted(top.value)}.`, { share });
    return;
  }
  if (distinct.exact && distinct.count === count && count === rows && rows >= T.uniqueMinCount && type !== 'decimal') {
    add('unique', 'info', 'Every row has a value of its own: this may be a key.', { count });
    return;
  }
  const various = distinct.count / count;
  if (type === 'text' && distinct.count >= T.highCardinalityCount && various >= T.highCardinalityShare) {
    const about = distinct.exact ? '' : 'about ';
    add('high_cardinality', 'info', `There are ${about}${whole(distinct.count)} different values.`, {
      distinct: distinct.count,
      share: various,
    });
  }
  imbalanceAlert(column, distinct, add);
}

function imbalanceAlert(
  { type, count, top_values }: ColumnReport,
  distinct: NonNullable<ColumnReport['distinct']>,
  add: AddAlert,
): void {
  const top = top_values[0];
  const categories = type === 'text' || type === 'boolean' || type === 'integer';
  const areAllKnown = distinct.exact && distinct.count >= 2 && distinct.count <= T.imbalanceMaxValues;
  if (!categories || !areAllKnown || count < T.distributionMinCount || !top) return;
  const share = top.count / count;
  // 1 minus Shannon's entropy relative to its greatest possible value
  let entropy = 0;
  for (const value of top_values) entropy -= (value.count / count) * Math.log2(value.count / count);
  const imbalance = 1 - entropy / Math.log2(distinct.count);
  if (imbalance > T.imbalance)
    add('imbalanced', 'info', `${percent(share)} of the values are ${quoted(top.value)}; the others are rare.`, {
      imbalance,
      share,
    });
}
