import type { Alert, ColumnReport, Outliers } from '../document.ts';
import { percent, quoted, whole } from '../formatting.ts';
import type { AddAlert } from './add-alert.ts';
import { dateAlerts } from './dates.ts';
import { distinctAlerts } from './distinct.ts';
import { distributionAlerts } from './distribution.ts';
import { spellingAlerts } from './spelling.ts';
import { THRESHOLDS as T } from './thresholds.ts';

/**
 * The alerts of one column, from its facts.
 * @param outliers of the column, `undefined` where it is not of numbers
 * @param rows of the dataset
 */
export function columnAlerts(column: ColumnReport, outliers: Outliers | undefined, rows: number): Alert[] {
  const alerts: Alert[] = [];
  const add: AddAlert = (code, severity, message, numbers = {}) => {
    const sentence = message.charAt(0).toUpperCase() + message.slice(1);
    alerts.push({ code, severity, column: column.name, message: sentence, numbers });
  };
  nullAlerts(column, rows, add);
  if (column.count > 0) {
    distinctAlerts(column, add);
    // the other alerts about a column of a single value would only repeat this one
    if (!alerts.some(({ code }) => code === 'constant' || code === 'almost_constant'))
      distributionAlerts(column, outliers, add);
    spellingAlerts(column, add);
    dateAlerts(column, add);
  }
  return alerts;
}

/** Words that files have for "nothing" and that are values elsewhere: none of several kinds, North America, Namibia. */
const WORDS: ReadonlySet<string> = new Set(['None', 'NA']);

function nullAlerts({ type, null_count, null_tokens }: ColumnReport, rows: number, add: AddAlert): void {
  if (rows === 0) return;
  const share = null_count / rows;
  if (type === 'empty') add('all_null', 'error', 'There is no value in any row.', { rows });
  else if (share >= T.manyNullsShare) {
    // when it is a value to the file's owner, the alert would be wrong: the sentence names it
    const word = Object.keys(null_tokens).find((token) => WORDS.has(token) && null_tokens[token] === null_count);
    const severity = share >= T.mostlyNullsShare && word === undefined ? 'error' : 'warning';
    const counted = `${whole(null_count)} of ${whole(rows)} rows (${percent(share)})`;
    const message = word === undefined ? `${counted} have no value.` : `${counted} have ${quoted(word)}, read as null.`;
    add('many_nulls', severity, message, { nulls: null_count, share });
  }
}
