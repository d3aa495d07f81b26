import type { Value } from '../../processing/profile-types.ts';
import { trimAscii } from '../../processing/text/trim.ts';
import type { Alert, ColumnReport, Outliers, Severity } from '../document.ts';
import { figure, percent, quoted, whole } from '../number-format.ts';
import { type Add, spellingAlerts } from './spelling.ts';
import type { AlertCode } from './table.ts';
import { THRESHOLDS as T } from './thresholds.ts';

/** The alerts of one column: a pure function of its facts. `rows` is the number of the dataset's rows. */
export function columnAlerts(column: ColumnReport, outliers: Outliers | undefined, rows: number): Alert[] {
  const alerts: Alert[] = [];
  const add = (code: AlertCode, severity: Severity, message: string, numbers: Record<string, number> = {}) => {
    const sentence = message.charAt(0).toUpperCase() + message.slice(1);
    alerts.push({ code, severity, column: column.name, message: sentence, numbers });
  };
  nulls(column, rows, add);
  if (column.count > 0) {
    distribution(column, rows, add);
    if (!alerts.some(({ code }) => code === 'constant' || code === 'almost_constant')) numbers(column, outliers, add);
    spellingAlerts(column, add);
    dates(column, add);
  }
  return alerts;
}

function nulls({ type, null_count }: ColumnReport, rows: number, add: Add): void {
  if (rows === 0) return;
  const share = null_count / rows;
  if (type === 'empty') add('all_null', 'error', 'There is no value in any row.', { rows });
  else if (share >= T.manyNullsShare) {
    const severity = share >= T.mostlyNullsShare ? 'error' : 'warning';
    add('many_nulls', severity, `${percent(share)} of the rows have no value.`, { nulls: null_count, share });
  }
}

function distribution({ type, count, distinct, top_values }: ColumnReport, rows: number, add: Add): void {
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
  const categories = type === 'text' || type === 'boolean' || type === 'integer';
  const all = distinct.exact && distinct.count >= 2 && distinct.count <= T.imbalanceMaxValues;
  if (!categories || !all || count < T.distributionMinCount || !top) return;
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

function numbers(column: ColumnReport, outliers: Outliers | undefined, add: Add): void {
  const { count, zeros = 0, mean, std, quartiles } = column;
  if (zeros / count >= T.manyZerosShare)
    add('many_zeros', 'info', `${percent(zeros / count)} of the values are zero.`, { zeros, share: zeros / count });
  if (mean !== undefined && std && quartiles && count >= T.distributionMinCount) {
    // each part by itself: their difference may be more than a double holds
    const skewness = 3 * (mean / std - quartiles.median / std);
    const { q1, median, q3 } = quartiles;
    const ofQuartiles = q3 > q1 ? (q3 / 2 - median + q1 / 2) / (q3 / 2 - q1 / 2) : 0;
    const twice = Math.abs(ofQuartiles) > T.quartileSkewness && Math.sign(ofQuartiles) === Math.sign(skewness);
    if (Number.isFinite(skewness) && Math.abs(skewness) > (twice ? T.skewness / 2 : T.skewness)) {
      const side = skewness > 0 ? 'right, to large values' : 'left, to small values';
      add('skewed', 'info', `The values have a long tail to the ${side}.`, { skewness });
    }
  }
  if (!outliers || outliers.count === 0) return;
  const { lower_fence, upper_fence, examples } = outliers;
  const step = (upper_fence - lower_fence) / 4; // the fences are four interquartile ranges apart
  const beyond = (T.outerFence - 1.5) * step;
  const far =
    step > 0 &&
    examples.some(({ value }) => Number(value) > upper_fence + beyond || Number(value) < lower_fence - beyond);
  const many = outliers.count === 1 ? 'One value lies' : `${whole(outliers.count)} values lie`;
  const where = far ? 'some of them very far' : 'none of them very far';
  const first = examples[0];
  add(
    'outliers',
    far ? 'warning' : 'info',
    `${many} outside the fences, ${outliers.count === 1 ? (far ? 'very far' : 'not very far') : where}${first ? `; the farthest is ${written(first.value)} in row ${whole(first.row)}` : ''}.`,
    { count: outliers.count, lower_fence, upper_fence },
  );
}

/** A number as it is, with separators where it is an integer that has all its digits. */
const written = (value: Value): string =>
  typeof value === 'bigint' || Number.isSafeInteger(value) ? figure(value) : String(value);

function dates({ type, top_values, min, max }: ColumnReport, add: Add): void {
  if (type !== 'date' && type !== 'datetime') return;
  const year = (text: unknown) => Number(String(text).slice(0, 4));
  const isOne = (dates: readonly string[], value: string) => dates.includes(trimAscii(value).slice(0, 10));
  // a day that may be a true one, the first of a year or of a decade, has to stand out
  const [top, second] = top_values;
  const stands = top && top.count > 1 && top.count >= (second?.count ?? 0) * T.placeholderTimes;
  const placeholder =
    top_values.find(({ value }) => isOne(T.neverDates, value)) ??
    (stands && isOne(T.placeholderDates, top.value) ? top : undefined);
  if (placeholder)
    add('suspicious_dates', 'warning', `${quoted(placeholder.value)} often stands for an unknown date.`, {
      count: placeholder.count,
    });
  else if (year(max) > T.lastYear || (year(min) < T.firstYear && year(max) - year(min) > T.spanYears))
    add('suspicious_dates', 'warning', `The dates go from ${quoted(String(min))} to ${quoted(String(max))}.`);
}
