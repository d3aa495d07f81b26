import { THRESHOLDS as T } from './alert-thresholds.ts';

const percentOf = (share: number) => `${share * 100} %`;

/**
 * Every alert there is: how severe it is and when it is given. docs/alerts.md is this table, and a test holds them
 * together; alert-thresholds.ts has the numbers.
 */
const ALERTS = {
  all_null: ['error', 'no row has a value'],
  many_nulls: [
    'warning, error',
    `${percentOf(T.manyNullsShare)} of the rows and more have no value; an error from ${percentOf(T.mostlyNullsShare)} on`,
  ],
  duplicates: [
    'warning, error',
    `a row repeats an earlier one; an error from ${percentOf(T.manyDuplicatesShare)} of the rows on`,
  ],
  bad_rows: [
    'warning, error',
    `a row has another number of fields than the header; an error from ${percentOf(T.manyBadRowsShare)} of the rows on`,
  ],
  encoding_repaired: ['warning', 'bytes that are not UTF-8, or characters that no database can hold, were replaced'],
  header_looks_like_data: [
    'warning',
    `${percentOf(T.headerDataShare)} of the names and more are numbers (no years), dates or null tokens`,
  ],
  constant: ['warning', `all values are equal, of ${T.constantMinCount} and more`],
  almost_constant: [
    'warning',
    `one value has ${percentOf(T.almostConstantShare)} and more, of ${T.distributionMinCount} values and more`,
  ],
  mixed_types: [
    'warning',
    `values are not of the column's type; or ${percentOf(T.mixedShare)} to ${percentOf(1 - T.mixedShare)} of the top values of a text column are numbers`,
  ],
  whitespace: ['warning', 'a top value begins or ends with white space'],
  numbers_as_text: [
    'warning',
    `${percentOf(T.sameKindShare)} of the top values and more are numbers, some with thousands separators, currency, percent or a decimal comma`,
  ],
  date_formats: ['warning', `${percentOf(T.sameKindShare)} of the top values and more are dates, in several formats`],
  suspicious_dates: [
    'warning',
    `years before ${T.firstYear} or after ${T.lastYear}; or a top value that programs write for an unknown date: ${T.placeholderDates.join(', ')}`,
  ],
  truncated: [
    'warning',
    `${T.truncatedValues} top values and more have exactly the greatest length, ${T.truncatedMinLength} and more, where other values are at most ${percentOf(T.truncatedShortShare)} as long and the mean is at most ${percentOf(T.truncatedMeanShare)} of it`,
  ],
  outliers: [
    'info, warning',
    `values beyond the fences; a warning when one is more than ${T.outerFence} interquartile ranges from its quartile and that range is not 0`,
  ],
  unique: ['info', `every row has a value of its own, no decimals, of ${T.uniqueMinCount} rows and more`],
  high_cardinality: [
    'info',
    `a text column has ${T.highCardinalityCount} different values and more, and ${percentOf(T.highCardinalityShare)} and more of its values differ`,
  ],
  imbalanced: [
    'info',
    `1 - entropy / log2(values) is above ${T.imbalance}, for 2 to ${T.imbalanceMaxValues} different values, no decimals and dates, of ${T.distributionMinCount} values and more`,
  ],
  many_zeros: ['info', `${percentOf(T.manyZerosShare)} of the values and more are 0`],
  skewed: [
    'info',
    `3 (mean - median) / std is beyond ±${T.skewness}; or beyond half of that, with a (q1 + q3 - 2 median) / (q3 - q1) beyond ±${T.quartileSkewness} on the same side; of ${T.distributionMinCount} values and more`,
  ],
  leading_zeros: [
    'info',
    `a top value is a number with leading zeros, and ${percentOf(T.sameKindShare)} of the top values and more are numbers`,
  ],
  dates_as_text: [
    'info',
    `${percentOf(T.sameKindShare)} of the top values and more are dates of one format that is not ISO 8601`,
  ],
} as const;

export type AlertCode = keyof typeof ALERTS;

/** The table as Markdown, a line an alert. */
export function alertTable(): string {
  const lines = Object.entries(ALERTS).map(([code, [severity, when]]) => `| \`${code}\` | ${severity} | ${when} |`);
  return ['| code | severity | given when |', '|---|---|---|', ...lines].join('\n');
}
