/** How a CSV is written, where that is not RFC 4180 with a delimiter of one byte. Bytes; none where there is none. */
export interface WrittenAs {
  delimiter: Buffer;
  quote: Buffer;
  /** Takes the meaning of a quote, a delimiter or another escape behind it; before others it is text. */
  escaping: Buffer;
  /** A line that begins with it is not read. */
  comment: Buffer;
  /** Rows at the end that are not read. */
  skipFooter: number;
  /** The byte that is written instead of the delimiter. */
  separator: number;
}
