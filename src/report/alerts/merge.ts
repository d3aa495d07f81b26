import type { Alert } from '../document.ts';
import { percent, quoted, whole } from '../formatting.ts';
import type { AlertCode } from './table.ts';
import { THRESHOLDS as T } from './thresholds.ts';

/** What several columns have in common, behind their number. */
const IN_COMMON: Record<AlertCode, string> = {
  all_null: 'have no value in any row',
  many_nulls: `have no value in at least ${percent(T.manyNullsShare)} of the rows`,
  duplicates: '', // of the whole file, as the next three
  bad_rows: '',
  encoding_repaired: '',
  header_looks_like_data: '',
  constant: 'have the same value in every row',
  almost_constant: `have one value in at least ${percent(T.almostConstantShare)} of the rows`,
  mixed_types: 'have values of different types',
  whitespace: 'have values with white space around them',
  numbers_as_text: 'have numbers that are written as text',
  thousands_as_decimals: 'have numbers whose point may separate thousands',
  invisible_characters: 'have characters that do not show',
  swallowed_rows: 'have values that run over several rows',
  date_formats: 'have dates that are written in more than one way',
  suspicious_dates: 'have dates that often stand for an unknown one, or far from all others',
  truncated: 'have texts that may have been cut',
  outliers: 'have a few values far from all others',
  many_zeros: `are 0 in at least ${percent(T.manyZerosShare)} of the rows`,
  skewed: 'have a mean that their largest or smallest values pull far from the median',
  leading_zeros: 'have codes with leading zeros',
  dates_as_text: 'have dates that are read as text',
};

/**
 * The same finding in many columns has one cause most often (a table of zeros, a format of numbers), and is one alert:
 * its `columns` have the sentence about each. Finding the line that matters among forty is harder than opening one.
 * @param alerts about single columns; each column is in a code once
 */
export function mergeAlerts(alerts: Alert[]): Alert[] {
  const kinds = Map.groupBy(alerts, ({ code, severity }) => `${code} ${severity}`);
  return [...kinds.values()].flatMap((kind) => (kind.length < T.mergedColumns ? kind : [merged(kind)]));
}

/** Of these the list of columns has the share of each; of the others the first sentence is an example. */
const WITH_SHARES = new Set<AlertCode>(['many_nulls', 'almost_constant', 'many_zeros']);

function merged(kind: Alert[]): Alert {
  const { code, severity, column, message } = kind[0]!;
  const named = kind.slice(0, T.mergedNamed).map(({ column, numbers: { share } }) => {
    const isShown = share !== undefined && WITH_SHARES.has(code);
    return `${quoted(column!)}${isShown ? ` (${percent(share)})` : ''}`;
  });
  const list = `${named.join(', ')} and ${whole(kind.length - named.length)} more.`;
  const example = WITH_SHARES.has(code) || code === 'all_null' ? '' : ` In ${quoted(column!)}: ${message}`;
  return {
    code,
    severity,
    columns: kind.map((alert) => ({ column: alert.column!, message: alert.message, numbers: alert.numbers })),
    message: `${whole(kind.length)} columns ${IN_COMMON[code]}: ${list}${example}`,
    numbers: { columns: kind.length },
  };
}
