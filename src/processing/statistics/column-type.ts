/**
 * The type of a column, inferred from all its values, not from the first rows: at least 95 % of the values that are not
 * null must agree. Integers and decimals together are decimals, dates and datetimes together datetimes; a single number
 * with a leading zero (007) makes a column of numbers text.
 *
 * - The class of a single value: kernel/values/value-class.ts; for texts that look like numbers or dates
 *   kernel/values/spelling.ts.
 * - Counted by class: kernel/columns/counting.ts, past the bound of distinct values kernel/columns/past-bound.ts.
 * - Inferred from the counts by `columnType`, which host/column-facts.ts calls.
 * - Examples of values that do not fit are kept in kernel/columns/watch.ts.
 */
export const COLUMN_TYPES = ['integer', 'decimal', 'boolean', 'date', 'datetime', 'json', 'text', 'empty'] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];

/** How well the values agree with the type of their column. */
export interface TypeEvidence {
  matching: number;
  exceptions: number;
  /** JSON only: strings among the matching. */
  strings?: number;
  /** The first exceptions. */
  examples: { row: number; value: string }[];
}

/** How many values a column has of each class, and in all, nulls aside. */
interface ClassCounts {
  integers: number;
  decimals: number;
  /** Numbers with a leading zero. */
  codes: number;
  booleans: number;
  dates: number;
  datetimes: number;
  /** Objects and lists of JSON. */
  nested: number;
  all: number;
}

/** Percent of the values that agree with the type at least. */
export const AGREEING_PERCENT = 95;

/**
 * @param declared the type that a person has given the column: it has it, unless no value at all fits
 * @returns the type, and how many values are of it
 */
export function columnType(
  counts: ClassCounts,
  declared?: Exclude<ColumnType, 'empty'>,
): { type: ColumnType; matching: number } {
  const { integers, decimals, codes, booleans, dates, datetimes, nested, all } = counts;
  if (all === 0) return { type: 'empty', matching: 0 };
  if (declared) {
    const fitting = {
      integer: integers,
      decimal: integers + decimals,
      boolean: booleans,
      date: dates,
      datetime: dates + datetimes,
      json: nested,
      text: all,
    }[declared];
    return fitting > 0 ? { type: declared, matching: fitting } : { type: 'text', matching: all };
  }
  const agree = (matching: number) => matching * 100 >= all * AGREEING_PERCENT;
  const numbers = integers + decimals + codes;
  if (agree(numbers)) {
    if (codes > 0) return { type: 'text', matching: all };
    return { type: decimals > 0 ? 'decimal' : 'integer', matching: numbers };
  }
  if (agree(booleans)) return { type: 'boolean', matching: booleans };
  if (agree(dates + datetimes)) return { type: datetimes > 0 ? 'datetime' : 'date', matching: dates + datetimes };
  if (agree(nested)) return { type: 'json', matching: nested };
  return { type: 'text', matching: all };
}
