import { DatasetError } from '../../errors.ts';
import { MAX_COLUMNS } from '../../limits.ts';
import { checkRecordSyntax, JsonSyntaxError } from './record-syntax.ts';
import { JsonScanner, type RecordPlace, type ScannerStart } from './scanner.ts';

/**
 * Reads the place again where the kernel saw a fault: the first record there is refused, with a sentence and its place.
 */
export class FaultFinder {
  readonly #scanner: JsonScanner;

  /**
   * @param tooManyKeys the record may be well-formed, but has one key too many
   * @param isLenient NaN and infinities are values
   */
  constructor(start: ScannerStart, tooManyKeys: boolean, isLenient: boolean) {
    this.#scanner = new JsonScanner(
      start,
      (record, place) => {
        const row = this.#scanner.records;
        checkRecord(record, row, place, isLenient);
        if (!tooManyKeys) throw new Error(`The kernel refused record ${row}, which is in order`);
        throw new DatasetError(
          `The records have more than ${MAX_COLUMNS.toLocaleString('en')} different keys`,
          { row, ...place },
          'If ids are used as keys, put them in a field.',
        );
      },
      isLenient,
    );
  }
  /** @throws DatasetError with line, column and byte */
  push(bytes: Buffer): void {
    this.#scanner.push(bytes);
  }
  notUtf8(): never {
    this.#scanner.notUtf8();
  }
  end(): void {
    this.#scanner.end();
  }
}

/** @throws DatasetError with row, line, column and byte when the record is not well-formed */
export function checkRecord(record: Buffer, row: number, place: RecordPlace, isLenient = false): void {
  const text = record.toString('utf8');
  try {
    checkRecordSyntax(text, isLenient);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const at = { row, ...placeIn(text, error.index, place) };
    const choices = error.isLenient ? [{ lenient: true }] : [];
    throw new DatasetError(`The JSON is not valid: ${error.message}`, at, error.advice, choices);
  }
}
/** The place of an index in a record's text. */
function placeIn(text: string, index: number, place: RecordPlace): RecordPlace {
  const before = text.slice(0, index);
  const lines = before.split('\n');
  const last = [...lines.at(-1)!].length;
  return {
    line: place.line + lines.length - 1,
    column: lines.length === 1 ? place.column + last : last + 1,
    byte: place.byte + Buffer.byteLength(before),
  };
}
