// Classes of texts that spell a number (spelling.ts), behind those of value-class.ts; date-spelling.ts goes on at 24.
export const CURRENCY: u32 = 10,
  PERCENT: u32 = 11,
  PARENTHESES: u32 = 12,
  LIMIT: u32 = 13,
  TRAILING_MINUS: u32 = 14,
  OTHER_MINUS: u32 = 15,
  SUFFIX: u32 = 16;
export const OTHER_DIGITS: u32 = 17,
  LAKH: u32 = 18,
  THOUSANDS: u32 = 19,
  COMMA_GROUP: u32 = 20,
  DECIMAL_COMMA: u32 = 21,
  INVISIBLE_AROUND: u32 = 22;
/** Groups that make a number or an identifier: 192.168.100.201, 1.100.101, 461 609 967. */
export const GROUPS: u32 = 23;
