/** The greatest value is at least so many times the least. */
export const LEAST_RATIO = 1_000;
/** More than this share of the values is in one bin of the plain histogram. */
export const MOST_IN_ONE_BIN = 0.8;
