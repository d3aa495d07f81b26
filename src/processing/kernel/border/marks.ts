// Characters that do not show, or look like a space without being one (values/invisible.ts): the bit of each in a
// value's marks, and its place among a column's notes. Ranges of code points have consecutive numbers. The kernel finds
// the characters by their bytes, the host (host/column-notes.ts, text/invisible.ts) has their code points;
// tests/unit/processing/kernel/invisible.test.ts compares all of them.

export const MARK_00A0: u32 = 0;
export const MARK_00AD: u32 = 1;
export const MARK_2000: u32 = 2; // to U+200F
export const MARK_2028: u32 = 18; // to U+202F
export const MARK_205F: u32 = 26; // to U+206F
export const MARK_2800: u32 = 43;
export const MARK_3000: u32 = 44;
export const MARK_FEFF: u32 = 45;
/** The bytes A0 and AD of windows-1252; behind a byte above 7F they are taken for UTF-8. */
export const LATIN_A0: u32 = 46;
export const LATIN_AD: u32 = 47;

// Behind the characters, among a column's notes: white space at the ends, and rows that a quote swallowed.
export const SPACED: u32 = 48;
export const SWALLOWED: u32 = 49;
export const NOTES: u32 = 50;
