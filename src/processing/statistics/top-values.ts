/**
 * The ten most frequent values of a column, of equals those that come first by their bytes, shown in their first 256
 * code points.
 *
 * - Up to the bound of distinct values (MAX_DISTINCT in limits.ts) every value is counted:
 *   kernel/columns/value-table.ts.
 * - Past it, only those go on being counted that were frequent in the first 2,048 rows: kernel/columns/candidates.ts.
 * - Chosen after the last row: kernel/end/top-values.ts. Assembled in host/column-facts.ts.
 */
export interface TopValue {
  value: string;
  count: number;
}
