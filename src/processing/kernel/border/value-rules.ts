// What a person may say of values (processing/options/read-options.ts), as the kernel takes it.

// The type that a column was given.
export const ANY_TYPE: u32 = 0;
export const INTEGER_TYPE: u32 = 1;
export const DECIMAL_TYPE: u32 = 2;
export const BOOLEAN_TYPE: u32 = 3;
export const DATE_TYPE: u32 = 4;
export const DATETIME_TYPE: u32 = 5;
export const JSON_TYPE: u32 = 6;
export const TEXT_TYPE: u32 = 7;

// The order of the parts of a date.
export const NO_ORDER: u32 = 0;
export const DAY_FIRST: u32 = 1;
export const MONTH_FIRST: u32 = 2;
export const YEAR_FIRST: u32 = 3;
