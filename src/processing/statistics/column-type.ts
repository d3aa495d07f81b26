/**
 * The type of a column, inferred from all its values, not from the first rows: at least 95 % of the values that are not
 * null must agree. Integers and decimals together are decimals, dates and datetimes together datetimes; a single number
 * with a leading zero (007) makes a column of numbers text.
 *
 * - The class of a single value: kernel/values/value-class.ts; for texts that look like numbers or dates
 *   kernel/values/spelling.ts.
 * - Counted by class: kernel/columns/counting.ts, past the bound of distinct values kernel/columns/past-bound.ts.
 * - Inferred from the counts in host/column-facts.ts; examples of values that do not fit are kept in
 *   kernel/columns/watch.ts.
 */
export type ColumnType = 'integer' | 'decimal' | 'boolean' | 'date' | 'datetime' | 'json' | 'text' | 'empty';

/** How well the values agree with the type of their column. */
export interface TypeEvidence {
  matching: number;
  exceptions: number;
  /** JSON only: strings among the matching. */
  strings?: number;
  /** The first exceptions. */
  examples: { row: number; value: string }[];
}
