// What a person may say about how a file is read. The names are those of the JSON object `options` of the service; the
// description of each (allowed values, help) is in describe-options.ts.

/** Any text that ends or separates: one character. */
type Character = string;

/** Types that a column may be given. */
export const DECLARED_TYPES = ['integer', 'decimal', 'boolean', 'date', 'datetime', 'json', 'text'] as const;
export type DeclaredType = (typeof DECLARED_TYPES)[number];

/** The order of day, month and year in dates that are written with numbers. */
export const DATE_ORDERS = ['DMY', 'MDY', 'YMD'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

/** Options of reading, validated. A member that is not given is found from the file, as without options. */
export interface ReadOptions {
  /** `csv`, `json`, `ndjson`, `parquet`, `xlsx`: a format's name or variant. */
  format?: string;
  /** A label of the WHATWG Encoding Standard, in lower case. */
  encoding?: string;
  delimiter?: Character;
  /** null: no character quotes. */
  quote?: Character | null;
  /** What goes before a quote inside a quoted field, or before a delimiter; not given: the quote is doubled. */
  escape?: Character;
  /**
   * Whether there is a header, or its row, from 1 and counted behind `skip_rows`, or rows that are joined by a space.
   */
  header?: boolean | number | number[];
  /** Lines at the beginning and rows at the end that are not read. */
  skip_rows?: number;
  skip_footer?: number;
  /** Lines that begin with it are not read. */
  comment?: string;
  /** Names instead of the header's, from the first column on. */
  columns?: string[];
  /** Instead of the tokens that are null without options. */
  null_tokens?: string[];
  /** Beside the tokens that are null without options. */
  more_null_tokens?: string[];
  decimal?: ',' | '.';
  thousands?: ',' | '.' | "'" | ' ' | '\u00a0' | '\u202f';
  /** By the column's name. */
  types?: Record<string, DeclaredType>;
  date_order?: DateOrder;
  /** Of a workbook: its name, or its number from 1. */
  sheet?: string | number;
  /** Of a zip archive: the file in it. */
  member?: string;
  /** Of JSON that wraps its records: a JSON Pointer (RFC 6901) to the list. */
  records?: string;
  /** Reads JSON with NaN, Infinity and comments. */
  lenient?: boolean;
}
