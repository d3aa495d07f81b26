// What kernel and host agree on where typed columns of Parquet are read.

// How the values of a column become text.
export const SIGNED: u32 = 0;
export const UNSIGNED: u32 = 1;
export const FLOAT: u32 = 2;
export const DOUBLE: u32 = 3;
export const TRUTH: u32 = 4;
export const DAY: u32 = 5;
export const INSTANT: u32 = 6;
export const CLOCK: u32 = 7;
export const FIXED_POINT: u32 = 8;
export const STRING: u32 = 9;

// What the kernel says of a page.
export const TAKEN: u32 = 0;
/** It has something that the kernel does not read: the file is read the other way, from its beginning. */
export const UNFIT: u32 = 1;

/** What has come of it was taken: more of it is needed. */
export const MORE: u32 = 2;

/**
 * Rows that the kernel takes column by column, of larger row groups too: as many as pyarrow writes into one, whose
 * dictionaries are then read once. Their hashes take 16 MiB.
 */
export const MOST_GROUP_ROWS: u32 = 1_048_576;
/** Values of a dictionary that are kept with their texts, 128 bytes each; of larger ones rows are taken one by one. */
export const MOST_ENTRIES: u32 = 196_000;
/** Values of a dictionary, 4 bytes each: where they begin. */
export const MOST_DICTIONARY_VALUES: u32 = 16_777_216;
