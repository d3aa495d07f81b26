import { type CsvRow, CsvScanner } from './csv-scanner.ts';
import { DatasetError } from './errors.ts';
import { HEAD_BYTES, HEAD_ROWS, MAX_ROW_BYTES } from './limits.ts';
import { trimAscii } from './null-tokens.ts';

const DELIMITERS = [',', ';', '\t', '|'];

/** What of a head's row is needed to judge the file: its width and where its last field with something in it is. */
interface HeadRow {
  width: number;
  /** Fields up to the last that is not empty after trimming. */
  filled: number;
}

/** What holds for the whole file, judged on its head. */
export interface Dialect {
  delimiter: string;
  /** Rows before the header: titles. */
  titleRows: number;
  /** Columns of the table: those of the header and the added ones. */
  columns: number;
  headerWidth: number;
}

/** The head's rows under one delimiter. Nothing is read while the delimiter has not come: all rows are of one field then. */
class Candidate {
  readonly delimiter: string;
  readonly rows: HeadRow[] = []; // at most HEAD_ROWS
  readonly scanner: CsvScanner;
  failure: unknown;
  /** Whether its rows are read: of the first one in any case. */
  isActive: boolean;
  readonly #waiting: Buffer[] = [];
  #firstRowOnly = false;

  constructor(delimiter: string, place: { origin: number; utf16: boolean }, isActive: boolean) {
    this.delimiter = delimiter;
    this.isActive = isActive;
    this.scanner = new CsvScanner(delimiter, (row) => this.#take(row), { ...place, blanksOnly: true });
  }
  #take({ fields, width }: CsvRow): boolean {
    let filled = width;
    while (filled > 0 && trimAscii(fields[filled - 1]!) === '') filled--;
    this.rows.push({ width, filled });
    return this.#firstRowOnly || this.rows.length === HEAD_ROWS;
  }
  get isDone(): boolean {
    return !this.isActive || this.failure !== undefined || this.scanner.stopped;
  }
  /** @param firstRowOnly beyond the head only the first row is taken */
  feed(chunk: Buffer | undefined, firstRowOnly = false): void {
    if (!this.isActive) {
      if (!chunk) return;
      this.#waiting.push(chunk);
      if (!chunk.includes(this.delimiter)) return;
      this.isActive = true;
      for (const each of this.#waiting.splice(0)) this.feed(each, firstRowOnly);
      return;
    }
    this.#firstRowOnly = firstRowOnly;
    if (this.failure || this.scanner.stopped) return;
    try {
      if (chunk) this.scanner.push(chunk);
      else this.scanner.end();
    } catch (error) {
      this.failure = error; // a wrong delimiter may read nonsense: only the chosen one's failure counts
    }
  }
  /** The most frequent width above 1, of equals the greater, and how many rows have it. */
  best(): { width: number; rows: number } {
    return mostFrequent(this.rows.map(({ width }) => width).filter((width) => width > 1));
  }
}

function mostFrequent(widths: number[]): { width: number; rows: number } {
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  let best = { width: 0, rows: 0 };
  for (const [width, rows] of counts)
    if (rows > best.rows || (rows === best.rows && width > best.width)) best = { width, rows };
  return best;
}

/** Collects the head of a file, the first 1 MiB or at least the first row, and judges the dialect on it. */
export class CsvHead {
  readonly #candidates: Candidate[];

  /** @param place of the first byte in the file */
  constructor(place: { origin: number; utf16: boolean }) {
    this.#candidates = DELIMITERS.map((delimiter, i) => new Candidate(delimiter, place, i === 0));
  }

  /**
   * Takes bytes of the head; no chunk lies across its end. A chunk must stay as it is until the head is complete.
   * @param end offset in the file of the chunk's end
   * @returns true when the head is complete: the rest is not needed
   */
  push(chunk: Buffer, end: number): boolean {
    // beyond 1 MiB only as far as the first row goes; where a row has ended, a delimiter that comes later is none of the head's
    const isBeyond = end > HEAD_BYTES;
    const hasRow = this.#candidates[0]!.rows.length > 0;
    for (const candidate of this.#candidates)
      if (!isBeyond || (candidate.rows.length === 0 && (candidate.isActive || !hasRow)))
        candidate.feed(chunk, isBeyond);
    if (this.#candidates.every(({ isDone }) => isDone)) return true;
    if (!isBeyond) return false;
    if (this.#candidates.every(({ rows, isDone }) => rows.length > 0 || isDone)) return true;
    if (end <= 2 * MAX_ROW_BYTES) return false;
    // every other end of this is a row, a field that is too long or a row that is: here lines of nothing but spaces
    throw new DatasetError(
      'The first row does not end within 128 MiB',
      { line: 1, byte: 0 },
      'Check the line ends and the quotes.',
    );
  }
  /** The file has ended within its head. */
  end(): void {
    for (const candidate of this.#candidates) candidate.feed(undefined);
  }

  /** @throws DatasetError when there is no row at all */
  judge(): Dialect {
    let chosen = this.#candidates[0]!;
    let best = { width: 0, rows: 0 };
    for (const candidate of this.#candidates) {
      const found = candidate.best();
      if (found.rows > best.rows || (found.rows === best.rows && found.width > best.width)) {
        chosen = candidate;
        best = found;
      }
    }
    const { rows, delimiter, failure } = chosen;
    if (rows.length === 0)
      throw (
        failure ??
        new DatasetError(
          'The file has no header: there is no line with anything in it',
          { line: 1, byte: 0 },
          'Upload a file with a header and rows.',
        )
      );
    const several = rows.filter(({ width }) => width > 1).length;
    const isTable = several > rows.length - several;
    const first = rows.findIndex(({ filled }) => filled > 1);
    const titleRows = isTable && first > 0 ? first : 0;
    const headerWidth = rows[titleRows]!.width;
    const below = rows.slice(titleRows + 1);
    const wider = below.filter(({ filled }) => filled > headerWidth).map(({ filled }) => filled);
    const columns = wider.length * 2 > below.length ? mostFrequent(wider).width : headerWidth;
    return { delimiter, titleRows, columns, headerWidth };
  }
}
