/** A number of a file; a bigint is an integer beyond 2^53, with all its digits. Counts are numbers. */
export type Value = number | bigint;
