/** From the finest to the coarsest: each holds whole units of the one before it. */
export const DATE_UNITS = ['minute', 'hour', 'day', 'month', 'year', 'decade', 'century'] as const;

/** Bars at most: two hours by minute, five days by hour, four months by day, ten years by month. */
export const MOST_BARS = 120;
