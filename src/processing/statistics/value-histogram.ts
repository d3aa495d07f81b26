/** Different values at most. */
export const MOST_VALUES = 50;
