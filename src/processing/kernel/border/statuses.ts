// Results of functions across the border.

// Of `walk` (json/records.ts): the rest of the block is not a whole record; the unit is full; the host must read the
// place again; there is one key more than MAX_COLUMNS.
export const MORE: u32 = 0;
export const FULL: u32 = 1;
export const ODD: u32 = 2;
export const TOO_MANY: u32 = 3;

// Of `expected` (json/records.ts): what may come next between records.
export const FIRST_BYTE: u32 = 0;
export const RECORD_OR_END: u32 = 1;
export const RECORD: u32 = 2;
export const COMMA_OR_END: u32 = 3;
export const NOTHING: u32 = 4;
/** A record outside a list. */
export const LINE_OR_RECORD: u32 = 5;

// Of `readHead` (csv/head.ts): it goes on, it has all rows, or the host must describe an error.
export const GOES_ON: u32 = 0;
export const COMPLETE: u32 = 1;
export const FAULT: u32 = 2;

// Of `indexEndings` (csv/index-scanner.ts), bits: line ends that came outside quotes.
export const LF_ENDINGS: u32 = 1;
export const CRLF_ENDINGS: u32 = 2;
export const CR_ENDINGS: u32 = 4;
