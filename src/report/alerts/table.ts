import { THRESHOLDS as T } from './thresholds.ts';

/** The columns whose numbers are looked at as amounts. */
const MEASURED = `of columns of the kinds measure and share with at least ${T.measuredValues} different values`;
const percentOf = (share: number) => `${share * 100} %`;

/**
 * Every alert: its severity, and when it is given. docs/alerts.md has this table, printed by
 * tools/print-report-docs.ts; thresholds.ts has the numbers.
 */
export const ALERTS = {
  all_null: ['error', 'no row has a value'],
  many_nulls: [
    'warning, error',
    `at least ${percentOf(T.manyNullsShare)} of the rows have no value; ` +
      `an error from ${percentOf(T.mostlyNullsShare)}, ` +
      'unless all of them are written as None or as NA, which may be a value',
  ],
  duplicates: [
    'warning, error',
    `a row repeats an earlier one; an error from ${percentOf(T.manyDuplicatesShare)} of the rows; ` +
      `none where ${percentOf(T.expectedDuplicatesShare)} of the rows repeat one and ` +
      'the columns have fewer combinations of values than there are rows',
  ],
  bad_rows: [
    'warning, error',
    `a row has another number of fields than the header; an error from ${percentOf(T.manyBadRowsShare)} of the rows`,
  ],
  encoding_repaired: ['warning', 'bytes that are not UTF-8, or characters that no database can hold, were replaced'],
  header_looks_like_data: [
    'warning',
    `at least ${percentOf(T.headerDataShare)} of the names are dates, null tokens, or numbers that are not years`,
  ],
  constant: ['warning', `all values are equal (at least ${T.constantMinCount} values)`],
  almost_constant: [
    'warning',
    `one value makes up at least ${percentOf(T.almostConstantShare)} of at least ${T.distributionMinCount} values; ` +
      'where it is 0, of columns of the kinds measure and share, `many_zeros` says so',
  ],
  mixed_types: [
    'warning',
    "values are not of the column's type; or a text column is not one kind: " +
      `at least ${percentOf(T.mixedShare)} of its values are numbers or ISO dates, ` +
      `or at least ${percentOf(T.booleanShare)} are true or false`,
  ],
  whitespace: ['warning', 'a value begins or ends with white space; not of numbers, which are read all the same'],
  numbers_as_text: [
    'warning',
    `at least ${percentOf(T.sameKindShare)} of the values are numbers, some in another spelling: ` +
      'currency, percent, thousands, decimal comma, parentheses, a trailing minus, other minus signs or digits, <5, 5k',
  ],
  thousands_as_decimals: [
    'warning',
    `at least ${T.pointGroups} decimals are all like 1.200 (one to three digits, a point, three digits), ` +
      'one ends in 0, and all other numbers are below 1,000 without a point',
  ],
  invisible_characters: [
    'warning',
    'a value has a character that does not show or looks like a space: ' +
      'no-break space, zero width space, soft hyphen, marks of direction and others',
  ],
  swallowed_rows: [
    'warning',
    'a value runs over several lines that would each be a row of the table: a quote may have been opened by mistake',
  ],
  date_formats: ['warning', `at least ${percentOf(T.sameKindShare)} of the values are dates, in several formats`],
  suspicious_dates: [
    'warning',
    `years after ${T.lastYear}, or before ${T.firstYear} in a column that spans more than ${T.spanYears} years; ` +
      `or a day that programs write for an unknown one: ${T.neverDates.join(', ')} among the top values, ` +
      `or ${T.placeholderDates.join(', ')} as the most frequent, ` +
      `${T.placeholderTimes} times as frequent as any other`,
  ],
  truncated: [
    'warning',
    'texts of exactly the greatest length, if that is at least 20 characters, ' +
      `are ${T.truncatedPile} times as many as of any length just below; ` +
      `the shortest value has at most ${percentOf(T.truncatedShortShare)} of that length, ` +
      `the mean is at most ${percentOf(T.truncatedMeanShare)} of it, and lengths between occur`,
  ],
  outliers: [
    'warning',
    `few values lie beyond the fences, and far: up to ${T.singleOutliers} of them, one more than ${T.outerFence} ` +
      `interquartile ranges from its quartile; or up to ${percentOf(T.fewShare)} of the values, one more than ` +
      `${T.farOutlier} ranges; or up to ${percentOf(T.apartShare)}, up to ${T.apart} of them ` +
      `more than ${T.outerFence} ranges and ${T.apartTimes} times as far away as all others; ` +
      `or the greatest or least value occurs at least ${T.sentinelTimes} times, lies at least ${T.sentinelRanges} ` +
      'times as far away as the next, and is of nines (999, -99.9), the end of an integer type or the only negative ' +
      `one, so that it may stand for a missing value; of at least ${T.outlierMinCount} values; ${MEASURED}`,
  ],
  many_zeros: [
    'info',
    `at least ${percentOf(T.manyZerosShare)} of at least ${T.distributionMinCount} values are 0; ${MEASURED}, ` +
      `or fewer where at least ${percentOf(T.almostConstantShare)} are 0`,
  ],
  skewed: [
    'info',
    `the mean is at least ${T.pulledTimes} times the median, where the first quartile is not negative; ` +
      'or it is above the third quartile or below the first, ' +
      `and ${percentOf(T.pulledShare)} of the median away from it; a value on that side is more than ${T.outerFence} ` +
      `interquartile ranges from its quartile; of at least ${T.distributionMinCount} values, ` +
      `less than ${percentOf(T.manyZerosShare)} of them 0; no coordinates; ${MEASURED}`,
  ],
  leading_zeros: [
    'info',
    `a value is a number with leading zeros, and at least ${percentOf(T.sameKindShare)} of the values are numbers`,
  ],
  dates_as_text: [
    'info',
    `at least ${percentOf(T.sameKindShare)} of the values are dates of one format that is not ISO 8601`,
  ],
} as const;

export type AlertCode = keyof typeof ALERTS;
