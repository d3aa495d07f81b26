// Limits that kernel and host share. This folder is the border between the two and is read by both: each file in it is
// AssemblyScript and TypeScript at once, compiled into the kernel and imported by the host, so neither has a copy that
// could differ. Only what both languages have may stand here: constants with a type, and classes of numbers. (The
// functions across the border: kernel.ts for those of the kernel, whose types the compiler writes into
// generated/kernel.d.ts; host.ts and json/host.ts for those of the host.)

/** Columns of a dataset; beyond them it is refused. */
export const MAX_COLUMNS: u32 = 16_384;
/** Most bytes of one record of JSON, and most levels of objects and lists inside each other. */
export const MAX_RECORD_BYTES: u32 = 16 * 1024 * 1024;
export const MAX_DEPTH: u32 = 512;
/** The head of a CSV: the first rows that end in the first bytes. What holds for the whole file is decided on it. */
export const HEAD_ROWS: u32 = 1_000;
export const HEAD_BYTES: u32 = 1024 * 1024;
/** Examples kept of anything. */
export const EXAMPLES: u32 = 10;
/** Null tokens at most, and the bytes of each, zeros behind. */
export const MAX_TOKENS: u32 = 64;
export const TOKEN_BYTES: u32 = 8;
/** Most bytes of a null token that a person has named. */
export const MAX_TOKEN_BYTES: u32 = 256;
/** Blocks that may be published and not yet free, and units that may be split and not yet finished: a power of two. */
export const MAX_PLACES: u32 = 8;
/**
 * Bytes kept of a text that may be shown: 257 code points of UTF-8, one more than is shown, so that a longer text is
 * known to be longer.
 */
export const SHOWN_BYTES: u32 = 1_028;
/** Bytes kept of a date's text: it is shown cut at 256 characters. */
export const TIME_BYTES: u32 = 320;
/** Registers of HyperLogLog, one byte each. */
export const REGISTERS: u32 = 4_096;
/**
 * Lengths of texts in code points that are counted one by one; those of this length and longer are counted together, at
 * the last.
 */
export const LENGTHS: u32 = 1_024;
/** Different texts of the greatest length that are distinguished: this number stands for as many or more. */
export const MOST_DIFFERENT: u32 = 3;
/** Bins of a histogram. */
export const BINS: u32 = 20;
/** Bins of the outliers on one side. */
export const SIDE_BINS: u32 = 10;
/** Bars of a histogram by calendar units, at most. */
export const DATE_BARS: u32 = 120;
/** Buckets of a quartile's selection. */
export const MOST_BUCKETS: u32 = 4_096;
