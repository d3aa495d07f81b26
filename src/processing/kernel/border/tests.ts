// What a filter job tests rows for (filter/tests.ts): kinds of tests and their flags.

/** The value's class is one of a set; of nulls as well. */
export const CLASS_TEST: u32 = 0;
/** A number within bounds, or NEGATED a number outside of them. */
export const NUMBER_TEST: u32 = 1;
/** A date or datetime within bounds. */
export const TIME_TEST: u32 = 2;
/** One of some texts, or NEGATED a value that is none of them. */
export const TEXTS_TEST: u32 = 3;
/** A part of the value, and what it begins with. */
export const CONTAINS_TEST: u32 = 4;
export const STARTS_TEST: u32 = 5;
/** The length in code points, or IN_BYTES. */
export const LENGTH_TEST: u32 = 6;
/** White space at the ends; rows that a quote swallowed; a character by its mark. */
export const SPACE_TEST: u32 = 7;
export const SWALLOWED_TEST: u32 = 8;
export const MARK_TEST: u32 = 9;
/** Of whole rows: the width, the hash, a bit for each row. */
export const BAD_TEST: u32 = 10;
export const HASH_TEST: u32 = 11;
export const BIT_TEST: u32 = 12;

export const NEGATED: u32 = 1;
/** A bound is not included. */
export const LOW_OPEN: u32 = 2;
export const HIGH_OPEN: u32 = 4;
/** Of a time: the first text is the lower bound, the last one the upper. */
export const HAS_LOW: u32 = 8;
export const HAS_HIGH: u32 = 16;
export const IN_BYTES: u32 = 32;
/** The texts have U+FFFD, which stands for bytes that cannot be shown; in windows-1252 for NUL alone. */
export const REPLACED: u32 = 64;
export const REPLACED_NUL: u32 = 128;
/** Values are counted by class on the way: classCountsAt(). */
export const COUNTED: u32 = 256;

/** Bytes of a row's hash. */
export const ROW_HASH_BYTES: u32 = 12;
/** A row that was found: its number, where it begins and ends, lines before it in its block; u32 each. */
export const FOUND_BYTES: u32 = 16;
