/**
 * Where each alert begins: the one table. Shares are of the non-null values where nothing else is said. Alerts about the
 * spelling of values are judged on the report's top values, the ten most frequent of a column: what the report does not
 * hold cannot be judged from it.
 */
export const THRESHOLDS = {
  /** `almost_constant`: one value has at least this share. */
  almostConstantShare: 0.95,
  /** `many_nulls`: share of all rows; an error from the second on. */
  manyNullsShare: 0.2,
  mostlyNullsShare: 0.8,
  /** `many_zeros`. */
  manyZerosShare: 0.5,
  /** `skewed`: Pearson's second coefficient, 3 (mean - median) / std, which lies within ±3. */
  skewness: 1,
  /** or half of that together with so much of Bowley's, (q1 + q3 - 2 median) / (q3 - q1), which outliers do not blur. */
  quartileSkewness: 0.5,
  /** `high_cardinality`: a text column with at least so many distinct values, and this share of them. */
  highCardinalityCount: 50,
  highCardinalityShare: 0.5,
  /** `imbalanced`: 1 - entropy / log2(values), 0 for equal shares and 1 for one value, of at most so many values. */
  imbalance: 0.5,
  imbalanceMaxValues: 10,
  /** `constant`, `unique`, `imbalanced` and `skewed` say nothing about fewer values than these. */
  constantMinCount: 2,
  uniqueMinCount: 10,
  distributionMinCount: 20,
  /** `duplicates`: an error from this share of the rows on. */
  manyDuplicatesShare: 0.1,
  /**
   * `outliers`: a warning when one lies beyond Tukey's outer fence, so many interquartile ranges from the quartile. With a
   * range of 0 every other value is one, so that it says little.
   */
  outerFence: 3,
  /** `mixed_types`: a text column whose top values are numbers or dates at least to this share, and something else too. */
  mixedShare: 0.05,
  /** `leading_zeros`, `numbers_as_text`, `dates_as_text`, `date_formats`: this share of the top values is of the kind. */
  sameKindShare: 0.8,
  /**
   * `truncated`: so many different top values of exactly the greatest length, when that is at least the second, the
   * shortest value has at most the third of it and the mean the fourth: ids are alike in length without being cut.
   */
  truncatedValues: 3,
  truncatedMinLength: 20,
  truncatedShortShare: 0.5,
  truncatedMeanShare: 0.95,
  /** `suspicious_dates`: years outside of these, or a day that programs write for "unknown". */
  firstYear: 1900,
  lastYear: 2100,
  placeholderDates: ['0001-01-01', '1899-12-30', '1899-12-31', '1900-01-01', '1970-01-01', '9999-12-31'],
  /** `header_looks_like_data`: this share of the names are numbers (no years), dates or null tokens. */
  headerDataShare: 0.5,
  /** `bad_rows`: an error from this share of the rows on. */
  manyBadRowsShare: 0.1,
} as const;
