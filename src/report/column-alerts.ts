import { trimAscii } from '../processing/null-tokens.ts';
import type { Value } from '../processing/profile-types.ts';
import { kindOf } from '../processing/value-type.ts';
import type { AlertCode } from './alert-table.ts';
import { THRESHOLDS as T } from './alert-thresholds.ts';
import type { Alert, ColumnReport, ReportDocument, Severity } from './document.ts';
import { dateFormat, numberFormat } from './value-format.ts';
import { figure, percent, quoted, whole } from './wording.ts';

type Outliers = ReportDocument['anomalies']['outliers'][string];

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
    spelling(column, add);
    dates(column, add);
  }
  return alerts;
}

type Add = (code: AlertCode, severity: Severity, message: string, numbers?: Record<string, number>) => void;

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

/** What the spelling of the top values and of the exceptions shows. */
function spelling({ type, evidence, top_values, length }: ColumnReport, add: Add): void {
  const { exceptions, examples } = evidence;
  if (exceptions > 0) {
    const first = examples[0];
    const where = first ? `, such as ${quoted(String(first.value))} in row ${first.row}` : '';
    const what = exceptions === 1 ? 'One value is' : `${whole(exceptions)} values are`;
    add('mixed_types', 'warning', `${what} not of the type ${type}${where}.`, { exceptions });
  }
  const spaced = top_values.find(({ value }) => !value.endsWith('…') && value !== trimAscii(value));
  if (spaced) add('whitespace', 'warning', `Values have white space around them, such as ${quoted(spaced.value)}.`);
  if (type !== 'text') return;
  const shown = top_values.reduce((sum, { count }) => sum + count, 0);
  const shareOf = (test: (value: string) => boolean) =>
    top_values.reduce((sum, { value, count }) => (test(trimAscii(value)) ? sum + count : sum), 0) / shown;

  const isNumber = (value: string) => ['integer', 'decimal', 'code'].includes(kindOf(value));
  const isCode = (value: string) => kindOf(value) === 'code';
  const plain = shareOf(isNumber);
  const code = top_values.find(({ value }) => isCode(trimAscii(value)));
  if (code && plain >= T.sameKindShare)
    add('leading_zeros', 'info', `The numbers are codes with leading zeros, such as ${quoted(code.value)}.`);
  const spelled = shareOf((value) => numberFormat(value) !== undefined);
  if (spelled > 0 && spelled + (code ? 0 : plain) >= T.sameKindShare) {
    const example = top_values.find(({ value }) => numberFormat(trimAscii(value)))!;
    const format = numberFormat(trimAscii(example.value))!;
    add('numbers_as_text', 'warning', `Numbers are written as text (${format}), such as ${quoted(example.value)}.`, {
      share: spelled,
    });
  } else if (!code && plain >= T.mixedShare && plain <= 1 - T.mixedShare) {
    const share = plain;
    add('mixed_types', 'warning', `Numbers and text are mixed: ${percent(share)} of the top values are numbers.`, {
      share,
    });
  }
  if (!length || length.max < T.truncatedMinLength) return;
  const { min, max, mean } = length;
  if (min > max * T.truncatedShortShare || mean > max * T.truncatedMeanShare) return;
  const longest = top_values.filter(({ value }) => [...value].length === length.max).length;
  if (longest >= T.truncatedValues)
    add('truncated', 'warning', `Many values end at ${length.max} characters: they may have been cut there.`, {
      length: length.max,
    });
}

function dates({ type, top_values, min, max }: ColumnReport, add: Add): void {
  if (type === 'text') {
    const counts = new Map<string, number>(); // at most one entry a format
    const shown = top_values.reduce((sum, { count }) => sum + count, 0);
    let dated = 0;
    for (const { value, count } of top_values) {
      const format = dateFormat(trimAscii(value));
      if (!format) continue;
      dated += count;
      counts.set(format, (counts.get(format) ?? 0) + count);
    }
    if (dated === 0 || dated / shown < T.sameKindShare) return; // past the bound there may be no top values
    // 5/6/2024 goes with a day first or a month first alike
    if (counts.has('31/05/2024') || counts.has('05/31/2024')) counts.delete('5/6/2024');
    const formats = [...counts.keys()];
    if (formats.length > 1)
      add('date_formats', 'warning', `Dates are written in more than one way: like ${formats.join(', ')}.`, {
        formats: formats.length,
      });
    else
      add('dates_as_text', 'info', `Dates are written like ${formats[0]}, not like 2024-05-31: they are read as text.`);
    return;
  }
  if (type !== 'date' && type !== 'datetime') return;
  const year = (text: unknown) => Number(String(text).slice(0, 4));
  const placeholder = top_values.find(({ value }) =>
    (T.placeholderDates as readonly string[]).includes(trimAscii(value).slice(0, 10)),
  );
  if (placeholder)
    add('suspicious_dates', 'warning', `${quoted(placeholder.value)} often stands for an unknown date.`, {
      count: placeholder.count,
    });
  else if (year(min) < T.firstYear || year(max) > T.lastYear)
    add('suspicious_dates', 'warning', `The dates go from ${quoted(String(min))} to ${quoted(String(max))}.`);
}
