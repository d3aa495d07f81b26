/** How much of a report the page shows; report.json has everything. */
export interface Detail {
  topValues: number;
  examples: number;
  valueCodePoints: number;
  nameCodePoints: number;
  /** Alerts in a column's card have their sentence. */
  sentences: boolean;
  /** Of one kind of alert. */
  alerts: number;
  /** Counts of values and nulls are links to their rows. */
  links: boolean;
  /** Shares of values as bars, and a small chart in each line of the table. */
  bars: boolean;
  /** Cards with charts; without, the table alone. */
  cards: boolean;
  columns: number;
}

/**
 * From the most to the fewest details: the first with which the page stays within its limit is used. Users of other
 * profilers complain of pages of 50 MB. The last one fits any report: a table of at most 2,000 lines.
 */
export const DETAILS: readonly Detail[] = [
  {
    topValues: 10,
    examples: 10,
    valueCodePoints: 100,
    nameCodePoints: 200,
    sentences: true,
    alerts: 50,
    links: true,
    bars: true,
    cards: true,
    columns: 1_000,
  },
  {
    topValues: 5,
    examples: 5,
    valueCodePoints: 40,
    nameCodePoints: 60,
    sentences: true,
    alerts: 20,
    links: true,
    bars: true,
    cards: true,
    columns: 1_000,
  },
  {
    topValues: 3,
    examples: 2,
    valueCodePoints: 20,
    nameCodePoints: 40,
    sentences: false,
    alerts: 10,
    links: false,
    bars: false,
    cards: true,
    columns: 1_000,
  },
  {
    topValues: 0,
    examples: 0,
    valueCodePoints: 20,
    nameCodePoints: 40,
    sentences: false,
    alerts: 10,
    links: false,
    bars: false,
    cards: true,
    columns: 1_000,
  },
  {
    topValues: 0,
    examples: 0,
    valueCodePoints: 20,
    nameCodePoints: 30,
    sentences: false,
    alerts: 5,
    links: false,
    bars: false,
    cards: false,
    columns: 2_000,
  },
];

/** Limit of a page in bytes: 300 kB up to this many columns, 2 MB for more. */
export const SMALL_COLUMNS = 50;
export const SMALL_BYTES = 300_000;
export const LARGE_BYTES = 2_000_000;

/** Code points of the dataset's name at most, in the title of a page. */
export const TITLE_CODE_POINTS = 200;
