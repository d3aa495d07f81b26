/**
 * Duplicate rows: rows that equal an earlier one in every field. Of a CSV the fields are compared as text after
 * unquoting: a missing one equals an empty one, and those beyond the last column are not compared. Of JSON the values
 * are: whatever the order of keys, numbers by their exact value (1 and 1.0 are equal), and a null equals a missing key.
 *
 * - Each row is hashed to 96 bits while rows are read: kernel/values/row-hash.ts, kernel/json/canonical.ts. Equal
 *   hashes count as equal rows: among a billion rows two different ones share a hash with a probability of less than
 *   10^-11.
 * - Counted after the last row, partition by partition, in the kernel: kernel/end/duplicates.ts, which keeps the
 *   examples too.
 * - Handed over in host/kernel-job.ts.
 */
export interface Duplicates {
  count: number;
  /** The first ones, with the row that each repeats. */
  examples: { row: number; firstRow: number }[];
}
