/** Where each alert begins. Shares are of the column's values that are not null where nothing else is stated. */
export const THRESHOLDS = {
  /** `almost_constant`: one value has at least this share. */
  almostConstantShare: 0.95,
  /** `many_nulls`: at least this share of all rows. */
  manyNullsShare: 0.2,
  /** `many_nulls`: an error from this share of all rows. */
  mostlyNullsShare: 0.8,
  /** `many_zeros`. */
  manyZerosShare: 0.5,
  /** `skewed`: the mean differs from the median by at least this share of the median. */
  pulledShare: 0.2,
  /** `skewed`: or the mean is at least so many times the median, of values that are hardly negative. */
  pulledTimes: 1.75,
  /** `constant`: at least this many values. */
  constantMinCount: 2,
  /** `almost_constant`, `many_zeros`, `skewed`: at least this many values. */
  distributionMinCount: 20,
  /** `duplicates`: an error from this share of the rows on. */
  manyDuplicatesShare: 0.1,
  /** `duplicates`: none where this share of the rows repeats and the columns cannot make as many different rows. */
  expectedDuplicatesShare: 0.5,
  /** `outliers`, `skewed`, `many_zeros`: a measure or a share has at least this many different values. */
  measuredValues: 6,
  /** `outliers`: at least this many values. Quartiles of fewer say little, and all of them are seen at once. */
  outlierMinCount: 12,
  /** `outliers`: so many outliers are single ones, or this share of the values; more of them are a long tail. */
  singleOutliers: 2,
  fewShare: 0.01,
  /** `outliers`, `skewed`: one is beyond Tukey's outer fence, this many interquartile ranges from its quartile. */
  outerFence: 3,
  /** `outliers`: of few ones one is this many interquartile ranges from its quartile. */
  farOutlier: 5,
  /**
   * `outliers`: or of up to `apartShare` of the values up to `apart` lie beyond the outer fence and are at least
   * `apartTimes` times as far away as all others.
   */
  apart: 3,
  apartShare: 0.05,
  apartTimes: 2,
  /** `outliers`: a value that may stand for a missing one occurs so often, so many times as far away as the next. */
  sentinelTimes: 3,
  sentinelRanges: 5,
  /** `mixed_types`: a text column of which at least this share are numbers or ISO dates. */
  mixedShare: 0.05,
  /** `mixed_types`: not of a category with so few different values, of which less than this share are numbers. */
  labels: 5,
  labelShare: 0.5,
  /** `mixed_types`: or a text column of which at least this share are true or false. */
  booleanShare: 0.5,
  /** With fewer matching values than this, an exception in the first row is not called a unit. */
  unitRowCount: 3,
  /** `leading_zeros`, `numbers_as_text`, `dates_as_text`, `date_formats`: this share of the values is of the kind. */
  sameKindShare: 0.8,
  /**
   * `truncated`: the texts of the greatest length are at least this many times as many as those of any of the ten
   * lengths below it. (The report has `longest` only where at least three different texts have that length, and it is
   * 20 to 1,022 code points.)
   */
  truncatedPile: 4,
  /** `truncated`: at least this many of the lengths from half of the greatest on occur. Ids have one or two lengths. */
  truncatedLengths: 3,
  /** `truncated`: the shortest value has at most this share of the greatest length. */
  truncatedShortShare: 0.5,
  /** `truncated`: the mean length is at most this share of the greatest. */
  truncatedMeanShare: 0.95,
  /** `thousands_as_decimals`: at least this many numbers with a point. */
  pointGroups: 3,
  /** `invisible_characters`: this many different ones are named. */
  invisibleShown: 3,
  /** `suspicious_dates`: a year before this, in a column that spans more than `spanYears`. */
  firstYear: 1900,
  /** `suspicious_dates`: a year after this. */
  lastYear: 2100,
  spanYears: 200,
  /** `suspicious_dates`: days that programs write for "unknown" and that are hardly ever meant. */
  neverDates: ['0001-01-01', '1899-12-30', '1899-12-31', '9999-12-31'],
  /** `suspicious_dates`: days that programs write for "unknown", and that may be meant where they are not frequent. */
  placeholderDates: ['1900-01-01', '1970-01-01'],
  /** `suspicious_dates`: such a day is at least this many times as frequent as any other. */
  placeholderTimes: 3,
  /** `header_looks_like_data`: this share of the names are numbers (no years), dates or null tokens. */
  headerDataShare: 0.5,
  /** From so many columns on with the same alert they share one, whose sentence names the first. */
  mergedColumns: 4,
  mergedNamed: 3,
  /** `bad_rows`: an error from this share of the rows on. */
  manyBadRowsShare: 0.1,
} as const;
