// The class of a value: what it is by its text alone, whatever the rest of its column is. Values of a column are
// counted by class; its examples are kept by groups of classes.

export const EMPTY: u32 = 0;
export const TOKEN: u32 = 1;
export const INTEGER: u32 = 2;
export const DECIMAL: u32 = 3;
/** Digits with a leading zero: an identifier. */
export const CODE: u32 = 4;
export const BOOLEAN: u32 = 5;
export const DATE: u32 = 6;
export const DATETIME: u32 = 7;
export const TEXT: u32 = 8;
/** An object or a list of JSON. */
export const NESTED: u32 = 9;
/** Classes below this number are nulls: EMPTY and TOKEN. */
export const NULL_CLASSES: u32 = 2;
/** Strings of JSON are counted by the classes below this number: what a text spells does not matter for them. */
export const STRING_CLASSES: u32 = 10;

// texts that spell a number (values/spelling.ts)
export const CURRENCY: u32 = 10;
export const PERCENT: u32 = 11;
export const PARENTHESES: u32 = 12;
export const LIMIT: u32 = 13;
export const TRAILING_MINUS: u32 = 14;
export const OTHER_MINUS: u32 = 15;
export const SUFFIX: u32 = 16;
export const OTHER_DIGITS: u32 = 17;
export const LAKH: u32 = 18;
export const THOUSANDS: u32 = 19;
/** 1,234: thousands, or a number with a decimal comma. */
export const COMMA_GROUP: u32 = 20;
export const DECIMAL_COMMA: u32 = 21;
export const INVISIBLE_AROUND: u32 = 22;
/** Groups that make a number or an identifier: 192.168.100.201, 1.100.101, 461 609 967. */
export const GROUPS: u32 = 23;

// texts that spell a day, alone or with a time (values/date-spelling.ts); host/resemblance.ts has an example of each
export const ISO_COMMA: u32 = 24;
export const ISO_ZONE: u32 = 25;
export const ISO_HALF_DAY: u32 = 26;
export const ISO_OTHER_TIME: u32 = 27;
export const ISO_UNPADDED: u32 = 28;
export const YEAR_SLASH: u32 = 29;
export const YEAR_DOT: u32 = 30;
export const DAY_SLASH: u32 = 31;
export const MONTH_SLASH: u32 = 32;
export const EITHER_SLASH: u32 = 33;
export const DAY_DOT: u32 = 34;
export const DAY_DASH: u32 = 35;
export const MONTH_DASH: u32 = 36;
export const EITHER_DASH: u32 = 37;
export const MONTH_NAME_FIRST: u32 = 38;
export const DAY_THEN_NAME: u32 = 39;
export const COMPACT: u32 = 40;
/** 3.7.22: a day or a version. */
export const DAY_OR_VERSION: u32 = 41;

export const CLASSES: u32 = 42;

// Groups of classes that can be of one type.
export const NUMBERS: u32 = 0;
export const BOOLEANS: u32 = 1;
export const TIMES: u32 = 2;
export const TEXTS: u32 = 3;
export const NESTED_VALUES: u32 = 4;
// Groups that have examples of their own: those above, texts by what they spell, and codes.
export const SPELLED_NUMBERS: u32 = 5;
export const SPELLED_DAYS: u32 = 6;
export const NUMBERS_OR_IDENTIFIERS: u32 = 7;
export const DAYS_OR_VERSIONS: u32 = 8;
export const CODES: u32 = 9;
export const EXAMPLE_GROUPS: u32 = 10;

// Kinds of JSON's values, one byte per field. The last two have a canonical form beside their text: its pointer u32 and
// length u32 stand in the 8 bytes before the text.
/** Null or missing. */
export const NULL_VALUE: u32 = 0;
export const STRING_VALUE: u32 = 1;
/** A number whose text is canonical. */
export const NUMBER_VALUE: u32 = 2;
/** True or false. */
export const LITERAL_VALUE: u32 = 3;
/** An object or a list. */
export const NESTED_VALUE: u32 = 4;
/** A number whose text is not canonical. */
export const WRITTEN_NUMBER: u32 = 5;

// Bits of the kinds that a column of JSON has.
export const HAS_STRINGS: u32 = 1;
export const HAS_OTHERS: u32 = 2;

// Bits of what is known of points in a column's numbers (columns/point-groups.ts): a number cannot have groups of
// digits; one of those that can ends in 0.
export const NO_GROUPS: u32 = 1;
export const ROUND: u32 = 2;
