import { DatasetError, type Place } from '../../errors.ts';
import { MAX_COLUMNS, MAX_FIELD_BYTES, MAX_ROW_BYTES, mebibytes } from '../../limits.ts';
import { ByteBuffer } from '../../text/byte-buffer.ts';
import { trimAscii } from '../../text/trim.ts';

const LF = 10;
const CR = 13;
const SPACE = 32;
const QUOTE = 34;

const FIELD_START = 0;
const UNQUOTED = 1;
const QUOTED = 2;
/** After a quote inside a quoted field: doubled, or the end of the quotes. */
const QUOTE_SEEN = 3;

/** How a field is written in the file: without quotes, in quotes, in quotes with more text behind them. */
export const QUOTING = { none: 0, whole: 1, withTail: 2 };

export interface CsvRow {
  /** Field i as one character per byte, unquoted and untrimmed; valid below `width`, until the next row. */
  fields: string[];
  /** Of each field one of QUOTING. */
  quoting: number[];
  width: number;
  /** Where the row begins: line from 1, byte from 0. */
  line: number;
}

/**
 * RFC 4180 and what real files do, byte by byte: the state is kept across chunks, so how the file was cut cannot
 * matter. Blank lines, and below the header rows of several fields that are all empty after trimming, are not rows.
 * Fields are kept as one character per byte (latin1), since the encoding is known only after the last byte. O(bytes),
 * memory of one row: at most MAX_COLUMNS fields of at most MAX_FIELD_BYTES, MAX_ROW_BYTES together.
 */
export class CsvScanner {
  /** Of the fields in the row so far. */
  #rowBytes = 0;
  readonly row: CsvRow = { fields: [], quoting: [], width: 0, line: 1 };
  /** Rows handed over so far, header and title lines included. */
  rows = 0;
  /** Title lines and the header: what comes before the first row of the table, for the places of failures. */
  rowsBefore = 1;
  /** Rows of empty fields that were skipped, and the line of the first. */
  readonly emptyRows = { count: 0, line: 0 };
  /** Bit 1: LF, 2: CRLF, 4: CR, outside quotes. */
  lineEndings = 0;
  /**
   * Offset in the file of the chunk's begin; in UTF-16 of index `#counted` in the chunk, counted forward by two bytes
   * per unit.
   */
  #origin: number;
  #counted = 0;
  #chunk: Buffer = Buffer.alloc(0);
  readonly #utf16: boolean;
  readonly #countsBytes: boolean;
  readonly #blanksOnly: boolean;
  readonly #delimiter: number;
  readonly #onRow: (row: CsvRow) => boolean | undefined;
  #state = FIELD_START;
  #quoting = QUOTING.none;
  readonly #pending = new ByteBuffer(); // the field so far, at most MAX_FIELD_BYTES
  #line = 1;
  #afterCr = false;
  #crInQuotes = false;
  #quotesAt = { line: 1, byte: 0 };
  #fieldAt: { line: number; byte: number };
  #onlySpaces = true;
  #stopped = false;
  #index = 0;

  /**
   * @param delimiter U+0000, which no text has, where a row is one field
   * @param onRow called for every row; true stops the scan
   * @param origin the file's offset of the first byte, `line` the line it is on; `utf16` when the bytes were converted
   *   from UTF-16; `countsBytes`: offsets in the text are those of the file, which failures name; `blanksOnly`: of a
   *   field only whether it is blank is wanted, and its text is '' or 'x'
   */
  constructor(
    delimiter: string,
    onRow: (row: CsvRow) => boolean | undefined,
    {
      origin = 0,
      utf16 = false,
      line = 1,
      countsBytes = true,
      blanksOnly = false,
    }: { origin?: number; utf16?: boolean; line?: number; countsBytes?: boolean; blanksOnly?: boolean } = {},
  ) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#onRow = onRow;
    this.#origin = origin;
    this.#utf16 = utf16;
    this.#countsBytes = countsBytes;
    this.#blanksOnly = blanksOnly;
    this.#line = line;
    this.#fieldAt = { line, byte: origin };
    this.row.line = line;
  }

  get stopped(): boolean {
    return this.#stopped;
  }
  /**
   * Where a stopped scan ended: the index behind the row in the chunk pushed last, the line there, whether after a CR.
   */
  get restAt(): { index: number; line: number; afterCr: boolean } {
    return { index: this.#index, line: this.#line, afterCr: this.#afterCr };
  }

  /** @throws DatasetError for too many columns or a field that is too long */
  push(chunk: Buffer): void {
    const delimiter = this.#delimiter;
    const { length } = chunk;
    this.#chunk = chunk;
    let start = 0; // of the part of the field that is in this chunk
    let i = 0;
    while (i < length && !this.#stopped) {
      const byte = chunk[i]!;
      if (this.#afterCr) {
        this.#afterCr = false;
        if (byte === LF) {
          this.lineEndings |= 2;
          i++;
          start = i;
          this.#fieldBegins(i);
          continue;
        }
        this.lineEndings |= 4;
      }
      switch (this.#state) {
        case FIELD_START:
          if (byte === SPACE && delimiter !== SPACE) {
            i++;
            break;
          }
          if (byte === QUOTE) {
            this.#onlySpaces = false;
            this.#append(chunk, start, i); // so that too many spaces are too many however the file is cut
            this.#pending.clear();
            this.#state = QUOTED;
            this.#quoting = QUOTING.whole;
            this.#crInQuotes = false;
            this.#quotesAt = { line: this.#line, byte: this.#offsetOf(i) };
            i++;
            start = i;
            break;
          }
          this.#state = UNQUOTED;
          break;
        case UNQUOTED: {
          let at = i;
          while (at < length) {
            const next = chunk[at]!;
            if (next === delimiter || next === LF || next === CR) break;
            at++;
          }
          if (at > i) this.#onlySpaces = false;
          i = at;
          if (i === length) break;
          const end = chunk[i]!;
          this.#field(start, i);
          this.#state = FIELD_START;
          if (end === delimiter) this.#onlySpaces = false;
          else this.#endLine(end);
          i++;
          start = i;
          this.#fieldBegins(i);
          break;
        }
        case QUOTED: {
          let at = i;
          while (at < length) {
            const next = chunk[at]!;
            if (next === QUOTE) break;
            // CRLF is one line, also when a chunk ends between the two
            if (next === CR || (next === LF && !this.#crInQuotes)) this.#line++;
            this.#crInQuotes = next === CR;
            at++;
          }
          i = at;
          if (i === length) break;
          this.#append(chunk, start, i);
          this.#state = QUOTE_SEEN;
          i++;
          start = i;
          break;
        }
        default:
          if (byte === QUOTE) {
            start = i; // the second of the two quotes is text
            this.#state = QUOTED;
            this.#crInQuotes = false;
            i++;
          } else {
            this.#state = UNQUOTED; // text after the closing quote, up to the delimiter
            if (byte !== delimiter && byte !== LF && byte !== CR && byte !== SPACE) this.#quoting = QUOTING.withTail;
          }
      }
    }
    if (start < length && !this.#stopped && this.#state !== QUOTE_SEEN) this.#append(chunk, start, length);
    this.#index = i;
    this.#origin = this.#offsetOf(length);
    this.#counted = 0;
  }
  /** After the last byte: the last row may have no newline. @throws DatasetError when a quote never closes */
  end(): void {
    if (this.#stopped) return;
    if (this.#afterCr) this.lineEndings |= 4;
    if (this.#state === QUOTED) {
      const { line, byte } = this.#quotesAt;
      throw new DatasetError(
        'A quote is opened and never closed',
        this.#place({ line, byte }),
        'Close it, or read quotes as text with the option quote: none. ' +
          'A quote that belongs to the text is written twice ("").',
        [{ quote: null }],
      );
    }
    if (this.#state !== FIELD_START || this.row.width > 0 || this.#pending.length > 0) {
      this.#chunk = Buffer.alloc(0);
      this.#field(0, 0);
      this.#endRow();
    }
  }

  /** The data row that is being read; none in the header and above. */
  #rowNumber(): number | undefined {
    const row = this.rows - this.rowsBefore + 1;
    return row > 0 ? row : undefined;
  }
  #place({ line, byte }: { line: number; byte: number }): Place {
    return { row: this.#rowNumber(), line, ...(this.#countsBytes ? { byte } : {}) };
  }
  #append(chunk: Buffer, start: number, end: number): void {
    if (this.#pending.length + end - start > MAX_FIELD_BYTES) this.#tooLong();
    this.#pending.append(chunk, start, end);
  }
  #field(start: number, end: number): void {
    let text: string;
    if (this.#pending.length === 0) {
      if (end - start > MAX_FIELD_BYTES) this.#tooLong();
      text = this.#blanksOnly ? this.#blankOf(start, end) : this.#chunk.toString('latin1', start, end);
    } else {
      this.#append(this.#chunk, start, end);
      text = this.#pending.take();
    }
    if (this.row.width === MAX_COLUMNS) {
      throw new DatasetError(
        `A row has more than ${MAX_COLUMNS.toLocaleString('en')} columns`,
        this.#place(this.#fieldAt),
        'Check the delimiter, or split the table.',
      );
    }
    this.row.quoting[this.row.width] = this.#quoting;
    this.#quoting = QUOTING.none;
    this.row.fields[this.row.width++] = text;
    this.#rowBytes += this.#blanksOnly && end > start ? end - start : text.length;
    if (this.#rowBytes > MAX_ROW_BYTES) {
      throw new DatasetError(
        `A row is longer than ${mebibytes(MAX_ROW_BYTES)}`,
        { row: this.#rowNumber(), line: this.row.line },
        'Check the quotes and the line endings.',
      );
    }
  }
  #blankOf(start: number, end: number): '' | 'x' {
    for (let i = start; i < end; i++) {
      const byte = this.#chunk[i]!;
      if (byte !== SPACE && (byte < 9 || byte > 13)) return 'x';
    }
    return '';
  }
  #fieldBegins(i: number): void {
    if (this.row.width === 0) this.row.line = this.#line;
    this.#fieldAt.line = this.#line;
    this.#fieldAt.byte = this.#offsetOf(i);
  }
  /** The file's offset of an index in the chunk. In UTF-16 asked for rising indexes only: O(1) each on average. */
  #offsetOf(i: number): number {
    if (!this.#utf16) return this.#origin + i;
    for (; this.#counted < i; this.#counted++) {
      const byte = this.#chunk[this.#counted]!;
      if ((byte & 0xc0) !== 0x80) this.#origin += byte >= 0xf0 ? 4 : 2;
    }
    return this.#origin;
  }
  #endLine(byte: number): void {
    if (byte === CR) this.#afterCr = true;
    else this.lineEndings |= 1;
    this.#line++;
    this.#endRow();
  }
  #endRow(): void {
    const { row } = this;
    const blank = this.#onlySpaces && row.width === 1;
    const isEmpty = this.rows >= this.rowsBefore && row.width > 1 && isEmptyRow(row);
    if (isEmpty) {
      if (this.emptyRows.count++ === 0) this.emptyRows.line = row.line;
    } else if (!blank) {
      this.rows++;
      if (this.#onRow(row)) this.#stopped = true;
    }
    row.width = 0;
    this.#rowBytes = 0;
    this.#onlySpaces = true;
  }
  #tooLong(): never {
    throw new DatasetError(
      `A field is longer than ${mebibytes(MAX_FIELD_BYTES)}`,
      this.#place(this.#fieldAt),
      'Check the quotes around it.',
    );
  }
}

function isEmptyRow({ fields, width }: CsvRow): boolean {
  for (let i = 0; i < width; i++) if (trimAscii(fields[i]!) !== '') return false;
  return true;
}
