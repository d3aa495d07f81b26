import { DatasetError } from './errors.ts';
import { MAX_COLUMNS, MAX_FIELD_BYTES } from './limits.ts';

const LF = 10;
const CR = 13;
const SPACE = 32;
const QUOTE = 34;

const FIELD_START = 0;
const UNQUOTED = 1;
const QUOTED = 2;
/** After a quote inside a quoted field: doubled, or the end of the quotes. */
const QUOTE_SEEN = 3;

export interface CsvRow {
  /** Field i as one character a byte, unquoted and untrimmed; valid below `width`, until the next row. */
  fields: string[];
  width: number;
  /** Where the row begins: line from 1, byte from 0. */
  line: number;
}

/**
 * RFC 4180 and what real files do, byte by byte: the state lives over chunks, so how the file was cut cannot matter.
 * Fields are kept as one character a byte (latin1), since the encoding is known only after the last byte. O(bytes),
 * memory of one row: at most 16,384 fields of at most 16 MiB.
 */
export class CsvScanner {
  readonly row: CsvRow = { fields: [], width: 0, line: 1 };
  /** Rows handed over so far, header and title lines included. */
  rows = 0;
  /** Bit 1: LF, 2: CRLF, 4: CR, outside quotes. */
  lineEndings = 0;
  bytes = 0;
  readonly #delimiter: number;
  readonly #onRow: (row: CsvRow) => boolean | undefined;
  #state = FIELD_START;
  #pending = '';
  #line = 1;
  #afterCr = false;
  #crInQuotes = false;
  #quotesAt = { line: 1, byte: 0 };
  #onlySpaces = true;
  #stopped = false;

  /** @param onRow called for every row that is not blank; true stops the scan */
  constructor(delimiter: string, onRow: (row: CsvRow) => boolean | undefined) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#onRow = onRow;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** @throws DatasetError for a NUL byte, too many columns or a field that is too long */
  push(chunk: Buffer): void {
    const delimiter = this.#delimiter;
    const { length } = chunk;
    let start = 0; // of the part of the field that is in this chunk
    let i = 0;
    while (i < length && !this.#stopped) {
      const byte = chunk[i]!;
      if (this.#afterCr) {
        this.#afterCr = false;
        if (byte === LF) {
          this.lineEndings |= 2;
          this.row.line = this.#line;
          i++;
          start = i;
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
            this.#pending = '';
            this.#state = QUOTED;
            this.#crInQuotes = false;
            this.#quotesAt = { line: this.#line, byte: this.bytes + i };
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
            if (next === delimiter || next === LF || next === CR || next === 0) break;
            at++;
          }
          if (at > i) this.#onlySpaces = false;
          i = at;
          if (i === length) break;
          const end = chunk[i]!;
          if (end === 0) this.#binary(i);
          this.#field(chunk.toString('latin1', start, i), i);
          this.#state = FIELD_START;
          if (end === delimiter) this.#onlySpaces = false;
          else this.#endLine(end);
          i++;
          start = i;
          break;
        }
        case QUOTED: {
          let at = i;
          while (at < length) {
            const next = chunk[at]!;
            if (next === QUOTE || next === 0) break;
            // CRLF is one line, also when a chunk ends between the two
            if (next === CR || (next === LF && !this.#crInQuotes)) this.#line++;
            this.#crInQuotes = next === CR;
            at++;
          }
          if (at < length && chunk[at] === 0) this.#binary(at);
          i = at;
          if (i === length) break;
          this.#pending += chunk.toString('latin1', start, i);
          this.#state = QUOTE_SEEN;
          i++;
          start = i;
          break;
        }
        default:
          if (byte === QUOTE) {
            this.#pending += '"';
            this.#state = QUOTED;
            this.#crInQuotes = false;
            i++;
            start = i;
          } else this.#state = UNQUOTED; // text after the closing quote, up to the delimiter
      }
    }
    if (start < length && !this.#stopped && this.#state !== QUOTE_SEEN) {
      this.#pending += chunk.toString('latin1', start, length);
      if (this.#pending.length > MAX_FIELD_BYTES) this.#tooLong();
    }
    this.bytes += length;
  }
  /** After the last byte: the last row may have no newline. @throws DatasetError when a quote never closes */
  end(): void {
    if (this.#stopped) return;
    if (this.#afterCr) this.lineEndings |= 4;
    if (this.#state === QUOTED) {
      const { line, byte } = this.#quotesAt;
      throw new DatasetError(
        'A quote is opened and never closed',
        { row: this.rows || undefined, line, byte },
        'Close it, or double a quote that is meant as text.',
      );
    }
    if (this.#state !== FIELD_START || this.row.width > 0 || this.#pending !== '') {
      this.#field('', 0);
      this.#endRow();
    }
  }

  #field(tail: string, at: number): void {
    const text = this.#pending === '' ? tail : this.#pending + tail;
    this.#pending = '';
    if (text.length > MAX_FIELD_BYTES) this.#tooLong();
    if (this.row.width === MAX_COLUMNS) {
      throw new DatasetError(
        `A row has more than ${MAX_COLUMNS.toLocaleString('en')} columns`,
        { line: this.#line, byte: this.bytes + at },
        'Check the delimiter, or split the table.',
      );
    }
    this.row.fields[this.row.width++] = text;
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
    if (!blank) {
      this.rows++;
      if (this.#onRow(row)) this.#stopped = true;
    }
    row.width = 0;
    row.line = this.#line;
    this.#onlySpaces = true;
  }
  #binary(at: number): never {
    throw new DatasetError(
      'The file has a NUL byte: it is binary, no text',
      { row: this.rows || undefined, line: this.#line, byte: this.bytes + at },
      'Upload a CSV file.',
    );
  }
  #tooLong(): never {
    throw new DatasetError(
      'A field is longer than 16 MiB',
      { row: this.rows || undefined, line: this.row.line },
      'Check the quotes around it.',
    );
  }
}
