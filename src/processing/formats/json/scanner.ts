import { DatasetError } from '../../errors.ts';
import { MAX_DEPTH, MAX_RECORD_BYTES, mebibytes } from '../../limits.ts';
import type { ReadOptions } from '../../options/read-options.ts';
import { READ_COMMENTS } from './record-syntax.ts';

const LF = 10;
const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const COMMA = 44;
const SLASH = 47;

const NO_LIST = 'It must be like [{ … }, { … }]; where it is no JSON, name its format with the option format.';

/** Where a record begins. */
export interface RecordPlace {
  line: number;
  /** Characters of the line from 1. */
  column: number;
  byte: number;
}

/** What may come next between records. */
export type Expect = 'first' | 'record or end' | 'record' | 'comma or end' | 'nothing' | 'line or record';

/** The state of a scanner that starts between two records instead of at the beginning of the file. */
export interface ScannerStart extends RecordPlace {
  format: 'json' | 'ndjson';
  expect: Expect;
  /** Records before this place. */
  records: number;
}

/**
 * Cuts JSON into its records, an array of objects or objects one after another, byte by byte, keeping its state across
 * chunks. It sees strings and brackets only: the inside of a record is for record-syntax.ts. Memory: one record, at
 * most MAX_RECORD_BYTES.
 */
export class JsonScanner {
  format: 'json' | 'ndjson' = 'json';
  records = 0;
  #expect: Expect = 'first';
  #depth = 0;
  #inString = false;
  #escaped = false;
  #parts: Buffer[] = [];
  #partBytes = 0;
  #byte: number;
  #line = 1;
  #column = 1;
  #place: RecordPlace = { line: 1, column: 1, byte: 0 };
  readonly #onRecord: (record: Buffer, place: RecordPlace) => void;
  readonly #isLenient: boolean;

  /**
   * @param start the file's offset of the first byte that will come, or all that is known of the place
   * @param isLenient comments have been taken out
   */
  constructor(start: number | ScannerStart, onRecord: (record: Buffer, place: RecordPlace) => void, isLenient = false) {
    this.#onRecord = onRecord;
    this.#isLenient = isLenient;
    if (typeof start === 'number') {
      this.#byte = start;
      return;
    }
    this.format = start.format;
    this.records = start.records;
    this.#expect = start.expect;
    this.#byte = start.byte;
    this.#line = start.line;
    this.#column = start.column;
  }

  /** @throws DatasetError with line, column and byte */
  push(chunk: Buffer): void {
    let start = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (this.#depth > 0) {
        if (this.#partBytes + i - start >= MAX_RECORD_BYTES) {
          throw new DatasetError(
            `A record is larger than ${mebibytes(MAX_RECORD_BYTES)}`,
            { row: this.records + 1, ...this.#place },
            'Split it into several records.',
          );
        }
        if (this.#inside(byte)) {
          const last = chunk.subarray(start, i + 1);
          this.#record(this.#parts.length > 0 ? Buffer.concat([...this.#parts, last]) : last);
        }
      } else if (this.#between(byte)) start = i;
      this.#byte++;
      if (byte === LF) {
        this.#line++;
        this.#column = 1;
      } else if ((byte & 0xc0) !== 0x80) this.#column++; // a character, not one more byte of it
    }
    if (this.#depth > 0) {
      this.#parts.push(Buffer.from(chunk.subarray(start)));
      this.#partBytes += chunk.length - start;
    }
  }

  /** @returns true when the byte ends the record */
  #inside(byte: number): boolean {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) this.#inString = false;
    } else if (byte === QUOTE) this.#inString = true;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      this.#depth++;
      const nesting = this.#depth + (this.format === 'json' ? 1 : 0);
      if (nesting > MAX_DEPTH) this.#fail(`The nesting is deeper than ${MAX_DEPTH} levels`);
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) return --this.#depth === 0;
    return false;
  }

  #record(record: Buffer): void {
    this.#parts = [];
    this.#partBytes = 0;
    this.records++;
    this.#onRecord(record, this.#place);
    this.#expect = this.format === 'json' ? 'comma or end' : 'line or record';
  }

  /** @returns true when a record begins at this byte */
  #between(byte: number): boolean {
    if (byte === 32 || byte === 9 || byte === 13 || byte === LF) return false;
    const expect = this.#expect;
    if (expect === 'first' && byte === OPEN_BRACKET) {
      this.#expect = 'record or end';
      return false;
    }
    if (expect === 'first' && byte === OPEN_BRACE) this.format = 'ndjson';
    if (
      byte === OPEN_BRACE &&
      (expect === 'first' || expect === 'record or end' || expect === 'record' || expect === 'line or record')
    ) {
      this.#place = { line: this.#line, column: this.#column, byte: this.#byte };
      this.#depth = 1;
      return true;
    }
    if (byte === SLASH && !this.#isLenient)
      this.#fail('The JSON is not valid: comments are not JSON', READ_COMMENTS, { lenient: true });
    if (byte === COMMA && expect === 'comma or end') this.#expect = 'record';
    else if (byte === CLOSE_BRACKET && (expect === 'comma or end' || expect === 'record or end'))
      this.#expect = 'nothing';
    else if (expect === 'comma or end') this.#fail('Expected a comma or the end of the list');
    else if (expect === 'nothing') this.#fail('There is text after the end of the list');
    else if (expect === 'first') this.#fail('The file is not a list of objects', NO_LIST, { format: 'csv' });
    else if (expect === 'line or record')
      this.#fail('Expected an object', 'Every line must be an object, { "name": value }: correct or remove this one.');
    else this.#fail('Expected an object', 'Every row must be an object: { "name": value }.');
    return false;
  }

  #fail(what: string, advice = '', choice?: ReadOptions): never {
    const place = { line: this.#line, column: this.#column, byte: this.#byte };
    throw new DatasetError(what, place, advice, choice && [choice]);
  }

  /** The byte after all that was pushed is not UTF-8. @throws DatasetError */
  notUtf8(): never {
    this.#fail(
      'The file is not valid UTF-8, as JSON must be',
      'Save it as UTF-8, or name its encoding with the option encoding.',
      { encoding: 'windows-1252' }, // as a CSV would be read
    );
  }
  /** After the last byte. @throws DatasetError when something is not closed */
  end(): void {
    if (this.#depth > 0) {
      throw new DatasetError(
        'The file ends in the middle of a record',
        { row: this.records + 1, ...this.#place },
        'It may have been cut off: upload the whole file.',
      );
    }
    if (this.#expect === 'first') this.#fail('The file contains no JSON', 'Upload a list of objects.');
    if (this.format === 'json' && this.#expect !== 'nothing')
      this.#fail('The file ends before the end of the list', 'It may have been cut off: upload the whole file.');
  }
}
