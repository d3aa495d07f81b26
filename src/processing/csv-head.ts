import { CsvScanner } from './csv-scanner.ts';
import { DatasetError } from './errors.ts';
import { HeadKernel, type HeadRow, READING } from './head-kernel.ts';
import { KernelThread } from './kernel-thread.ts';
import { HEAD_BYTES, MAX_ROW_BYTES } from './limits.ts';
import { trimAscii } from './null-tokens.ts';
import type { Spill } from './spill.ts';

const DELIMITERS = [',', ';', '\t', '|'];

/** What holds for the whole file, judged on its head. */
export interface Dialect {
  delimiter: string;
  /** Rows before the header: titles. */
  titleRows: number;
  /** Columns of the table: those of the header and the added ones. */
  columns: number;
  headerWidth: number;
}

interface Place {
  /** Of the first byte in the file. */
  origin: number;
  utf16: boolean;
}

/** The head's rows under one delimiter. Nothing is read while the delimiter has not come: all rows are of one field then. */
class Candidate {
  readonly delimiter: string;
  /** Whether its rows are read: of the first one in any case. */
  #isActive: boolean;
  readonly #kernel: HeadKernel;
  readonly #reading: number;
  readonly #place: Place;
  #state = READING.goesOn;
  /** Beyond the head only the first row is wanted: read with its limits, byte by byte from the beginning. */
  #scanner: CsvScanner | undefined;
  #firstRow: HeadRow | undefined;
  #failure: unknown;

  constructor(kernel: HeadKernel, reading: number, delimiter: string, place: Place) {
    this.#kernel = kernel;
    this.#reading = reading;
    this.delimiter = delimiter;
    this.#place = place;
    this.#isActive = reading === 0;
  }
  get hasRow(): boolean {
    return this.#firstRow !== undefined || this.#kernel.count(this.#reading) > 0;
  }
  get isDone(): boolean {
    return !this.#isActive || this.#state !== READING.goesOn || this.#firstRow !== undefined || !!this.#failure;
  }
  get isActive(): boolean {
    return this.#isActive;
  }
  /** @param before what came earlier */
  read(chunk: Buffer, before: readonly Buffer[]): void {
    if (!this.#isActive) {
      if (!chunk.includes(this.delimiter)) return;
      this.#isActive = true;
      for (const each of before) this.#read(each);
    }
    this.#read(chunk);
  }
  #read(chunk: Buffer): void {
    if (!this.isDone) this.#state = this.#kernel.read(this.#reading, chunk);
  }
  /** Bytes beyond the head. */
  readFirstRow(chunk: Buffer, before: readonly Buffer[]): void {
    if (!this.#isActive && !chunk.includes(this.delimiter)) return;
    this.#isActive = true;
    if (this.isDone) return;
    const isFirst = this.#scanner === undefined;
    this.#scanner ??= new CsvScanner(
      this.delimiter,
      ({ fields, width }) => {
        let filled = width;
        while (filled > 0 && trimAscii(fields[filled - 1]!) === '') filled--;
        this.#firstRow = { width, filled };
        return true;
      },
      { ...this.#place, blanksOnly: true },
    );
    try {
      if (isFirst) for (const each of before) this.#scanner.push(each);
      this.#scanner.push(chunk);
    } catch (error) {
      this.#failure = error; // a wrong delimiter may read nonsense: only the chosen one's failure counts
    }
  }
  /** The file has ended. */
  end(): void {
    if (this.isDone) return;
    if (!this.#scanner) {
      this.#state = this.#kernel.end(this.#reading);
      return;
    }
    try {
      this.#scanner.end();
    } catch (error) {
      this.#failure = error;
    }
  }
  rows(): HeadRow[] {
    return this.#firstRow ? [this.#firstRow] : this.#kernel.rows(this.#reading);
  }
  /** What was wrong with the head. @param all its bytes */
  failure(all: readonly Buffer[]): unknown {
    if (this.#state !== READING.fault) return this.#failure;
    const scanner = new CsvScanner(this.delimiter, () => undefined, { ...this.#place, blanksOnly: true });
    try {
      for (const chunk of all) scanner.push(chunk);
      scanner.end();
    } catch (error) {
      return error;
    }
    return new Error('The kernel refuses a head that the scanner reads');
  }
}

/** The most frequent width above 1, of equals the greater, and how many rows have it. */
function best(rows: HeadRow[]): { width: number; rows: number } {
  return mostFrequent(rows.map(({ width }) => width).filter((width) => width > 1));
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
  readonly #thread: KernelThread;
  readonly #kernel: HeadKernel;
  readonly #candidates: Candidate[];
  /** What came so far. */
  #held: Buffer[] = [];
  #isBeyond = false;
  #isReleased = false;

  /** @param spill of the job that will follow */
  constructor(place: Place, spill?: Spill) {
    this.#thread = KernelThread.open(spill);
    this.#kernel = new HeadKernel(this.#thread, DELIMITERS, place.utf16);
    this.#candidates = DELIMITERS.map((delimiter, i) => new Candidate(this.#kernel, i, delimiter, place));
  }

  /**
   * Takes bytes of the head; no chunk lies across its end. A chunk must stay as it is until the head is judged.
   * @param end offset in the file of the chunk's end
   * @returns true when the head is complete: the rest is not needed
   */
  push(chunk: Buffer, end: number): boolean {
    this.#isBeyond = end > HEAD_BYTES;
    if (this.#isBeyond) this.#pushBeyond(chunk);
    else for (const candidate of this.#candidates) candidate.read(chunk, this.#held);
    this.#held.push(chunk);
    if (this.#candidates.every(({ isDone }) => isDone)) return true;
    if (!this.#isBeyond) return false;
    if (this.#candidates.every(({ hasRow, isDone }) => hasRow || isDone)) return true;
    if (end <= 2 * MAX_ROW_BYTES) return false;
    // every other end of this is a row, a field that is too long or a row that is: here lines of nothing but spaces
    throw new DatasetError(
      'The first row does not end within 128 MiB',
      { line: 1, byte: 0 },
      'Check the line ends and the quotes.',
    );
  }
  /** Beyond 1 MiB only as far as the first row goes; where a row has ended, a delimiter that comes later is none of the head's. */
  #pushBeyond(chunk: Buffer): void {
    const { hasRow } = this.#candidates[0]!;
    for (const candidate of this.#candidates)
      if (!candidate.hasRow && (candidate.isActive || !hasRow)) candidate.readFirstRow(chunk, this.#held);
  }
  /** The file has ended within its head, or before its first row did. */
  end(): void {
    for (const candidate of this.#candidates) if (!this.#isBeyond || !candidate.hasRow) candidate.end();
  }
  /** Hands the thread that has read the head on to the job. */
  release(): KernelThread {
    this.#isReleased = true;
    this.#held = [];
    return this.#thread;
  }
  /** Lets go of what it holds and has not handed on. */
  close(): void {
    if (!this.#isReleased) this.release().close();
  }

  /** @throws DatasetError when there is no row at all */
  judge(): Dialect {
    let [chosen] = this.#candidates as [Candidate];
    let rows = chosen.rows();
    let most = best(rows);
    for (const candidate of this.#candidates.slice(1)) {
      const others = candidate.rows();
      const found = best(others);
      if (found.rows > most.rows || (found.rows === most.rows && found.width > most.width)) {
        chosen = candidate;
        rows = others;
        most = found;
      }
    }
    const { delimiter } = chosen;
    if (rows.length === 0)
      throw (
        chosen.failure(this.#held) ??
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
