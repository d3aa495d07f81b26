import { trimAscii } from '../../processing/text/trim.ts';
import type { ColumnReport } from '../document.ts';
import { percent, quoted } from '../formatting.ts';
import type { AddAlert } from './add-alert.ts';
import { isNearlyZero } from './distribution.ts';
import { THRESHOLDS as T } from './thresholds.ts';

/** Values of these types are seen to be values in a sentence. Nearly all values of such a column are of its type. */
const UNQUOTED: ReadonlySet<ColumnReport['type']> = new Set(['integer', 'decimal', 'number', 'boolean']);

/** Alerts about columns in which one value makes up all values, or nearly all. */
export function distinctAlerts(column: ColumnReport, add: AddAlert): void {
  const { type, count, distinct, top_values } = column;
  const top = top_values[0];
  if (!distinct || !top) return;
  const share = top.count / count;
  const value = UNQUOTED.has(type) ? trimAscii(top.value) : quoted(top.value);
  if (distinct.count === 1 && distinct.exact) {
    if (count >= T.constantMinCount) add('constant', 'warning', `Every value is ${value}.`, { count });
  } else if (share >= T.almostConstantShare && count >= T.distributionMinCount && !isNearlyZero(column))
    add('almost_constant', 'warning', `${percent(share)} of the values are ${value}.`, { share });
}
