/** Where each alert begins. Shares are of the column's values that are not null where nothing else is stated. */
export const THRESHOLDS = {
  /** `almost_constant`: one value has at least this share. */
  almostConstantShare: 0.95,
  /** `many_nulls`: share of all rows; an error from the second on. */
  manyNullsShare: 0.2,
  mostlyNullsShare: 0.8,
  /** `many_zeros`. */
  manyZerosShare: 0.5,
  /**
   * `skewed`: Pearson's second coefficient, 3 (mean - median) / std, which lies within ±3; or half of that together
   * with so much of Bowley's, (q1 + q3 - 2 median) / (q3 - q1), which outliers do not blur.
   */
  skewness: 1,
  quartileSkewness: 0.5,
  /** `high_cardinality`: a text column with at least this many different values, and this share of its values. */
  highCardinalityCount: 50,
  highCardinalityShare: 0.5,
  /** `imbalanced`: 1 - entropy / log2(values), 0 for equal shares and 1 for one value; for at most this many values. */
  imbalance: 0.5,
  imbalanceMaxValues: 10,
  /** `constant`, `unique`, `imbalanced` and `skewed` are not given for fewer values than these. */
  constantMinCount: 2,
  uniqueMinCount: 10,
  distributionMinCount: 20,
  /** `duplicates`: an error from this share of the rows on. */
  manyDuplicatesShare: 0.1,
  /**
   * `outliers`: a warning when one lies beyond Tukey's outer fence, so many interquartile ranges from the quartile.
   * With a range of 0 every other value is one, which means little.
   */
  outerFence: 3,
  /** `mixed_types`: a text column of which at least this share are numbers or ISO dates; or true and false. */
  mixedShare: 0.05,
  booleanShare: 0.5,
  /** With fewer matching values than this, an exception in the first row is not called a unit. */
  unitRowCount: 3,
  /** `leading_zeros`, `numbers_as_text`, `dates_as_text`, `date_formats`: this share of the values is of the kind. */
  sameKindShare: 0.8,
  /**
   * `truncated`: at least three different texts have exactly the greatest length, of 20 to 1,022 characters. They are
   * so many times as many as those of any of the ten lengths below, and at least so many of the lengths from half of it
   * on occur: ids and placeholders have one length or two. The shortest value and the mean have at most these shares of
   * it.
   */
  truncatedPile: 4,
  truncatedLengths: 3,
  truncatedShortShare: 0.5,
  truncatedMeanShare: 0.95,
  /** `thousands_as_decimals`: at least this many numbers with a point. */
  pointGroups: 3,
  /** `invisible_characters`: this many different ones are named. */
  invisibleShown: 3,
  /**
   * `suspicious_dates`: years after the second, or before the first in a column that spans more than so many years; or
   * a day that programs write for "unknown": one that hardly ever is a true one, or one that is so many times as
   * frequent as any other.
   */
  firstYear: 1900,
  lastYear: 2100,
  spanYears: 200,
  neverDates: ['0001-01-01', '1899-12-30', '1899-12-31', '9999-12-31'],
  placeholderDates: ['1900-01-01', '1970-01-01'],
  placeholderTimes: 3,
  /** `header_looks_like_data`: this share of the names are numbers (no years), dates or null tokens. */
  headerDataShare: 0.5,
  /** `bad_rows`: an error from this share of the rows on. */
  manyBadRowsShare: 0.1,
} as const;
