import { DatasetError } from '../../errors.ts';
import { KernelThread } from '../../host/kernel-thread.ts';
import type { Spill } from '../../host/spill.ts';
import { DELIMITERS, HEAD_BYTES, MAX_ROW_BYTES, mebibytes, NAMED_DELIMITER_BYTES, SAMPLE_BYTES } from '../../limits.ts';
import { trimAscii } from '../../text/trim.ts';
import { type Dialect, dependsOnSample, detectDialect, dialectUnder, type Reading, type SampleRow } from './dialect.ts';
import { sampleOf } from './head-sample.ts';
import { type HeadRow, HeadSplitter, READING } from './head-splitter.ts';
import { CsvScanner } from './scanner.ts';

/** Excel's way to name the delimiter in the first line. */
const NAMED_DELIMITER = /^"?sep=([\t!#-/:-@[-`{-~])"?(?:[\r\n]|$)/i;

/** Bytes of the file within which the first row must end; one of more than MAX_ROW_BYTES is refused before. */
const MAX_FIRST_ROW_BYTES = 2 * MAX_ROW_BYTES;

export interface Place {
  /** Of the first byte in the file. */
  origin: number;
  utf16: boolean;
}

/** The head's rows under one delimiter. Nothing is read until the delimiter occurs: all rows are of one field then. */
class Candidate {
  readonly delimiter: string;
  /** Whether its rows are read; those of the first candidate always are. */
  #isActive: boolean;
  readonly #splitter: HeadSplitter;
  readonly #reading: number;
  readonly #place: Place;
  #state = READING.goesOn;
  /** Beyond the head only the first row is wanted: read with its limits, byte by byte from the beginning. */
  #scanner: CsvScanner | undefined;
  #firstRow: HeadRow | undefined;
  #failure: unknown;

  constructor(splitter: HeadSplitter, reading: number, delimiter: string, place: Place) {
    this.#splitter = splitter;
    this.#reading = reading;
    this.delimiter = delimiter;
    this.#place = place;
    this.#isActive = reading === 0;
  }
  /** Its only row is longer than the head. */
  get isBeyondHead(): boolean {
    return this.#firstRow !== undefined;
  }
  get hasRow(): boolean {
    return this.count > 0;
  }
  get isDone(): boolean {
    return !this.#isActive || this.#state !== READING.goesOn || this.#firstRow !== undefined || !!this.#failure;
  }
  get isActive(): boolean {
    return this.#isActive;
  }
  /** @param before the chunks before this one */
  read(chunk: Buffer, before: readonly Buffer[]): void {
    if (!this.#isActive) {
      if (!chunk.includes(this.delimiter)) return;
      this.#isActive = true;
      for (const each of before) this.#read(each);
    }
    this.#read(chunk);
  }
  #read(chunk: Buffer): void {
    if (!this.isDone) this.#state = this.#splitter.read(this.#reading, chunk);
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
      this.#failure = error; // under a wrong delimiter anything may fail: only the chosen one's failure counts
    }
  }
  /** The file has ended. */
  end(): void {
    if (this.isDone) return;
    if (!this.#scanner) {
      this.#state = this.#splitter.end(this.#reading);
      return;
    }
    try {
      this.#scanner.end();
    } catch (error) {
      this.#failure = error;
    }
  }
  get count(): number {
    return this.#firstRow ? 1 : this.#splitter.count(this.#reading);
  }
  rows(): HeadRow[] {
    return this.#firstRow ? [this.#firstRow] : this.#splitter.rows(this.#reading);
  }
  /** The error that the head gives under this delimiter. @param all its bytes */
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

/** The head of a file, the first 1 MiB or at least the first row; the dialect is detected on it. */
export class CsvHead {
  readonly #thread: KernelThread;
  readonly #splitter: HeadSplitter;
  readonly #place: Place;
  #candidates: Candidate[];
  /** All chunks so far. */
  #held: Buffer[] = [];
  /** The first of these, from which the sample is taken: SAMPLE_BYTES, or all there are. */
  readonly #first: Buffer[] = [];
  #firstBytes = 0;
  #isWhole = false;
  #isPlain: boolean | undefined;
  /** The first line names the delimiter. */
  #isNamed = false;
  #isEnded = false;
  #isBeyond = false;
  #isReleased = false;

  /** @param spill of the job that will follow */
  constructor(place: Place, spill?: Spill) {
    this.#thread = KernelThread.open(spill);
    this.#splitter = new HeadSplitter(this.#thread, DELIMITERS);
    this.#place = place;
    this.#candidates = DELIMITERS.map((delimiter, i) => new Candidate(this.#splitter, i, delimiter, place));
  }

  /**
   * Takes bytes of the head; no chunk lies across its end. A chunk must stay as it is until the dialect is detected.
   * The first one is as encoding.ts hands it over: a short first line is whole in it, however the file was cut.
   * @param end offset in the file of the chunk's end
   * @returns true when the head is complete: the rest is not needed
   */
  push(chunk: Buffer, end: number): boolean {
    if (this.#held.length === 0) this.#findNamed(chunk);
    this.#isBeyond = end > HEAD_BYTES;
    if (this.#isBeyond) this.#pushBeyond(chunk);
    else {
      this.#keepFirst(chunk);
      for (const candidate of this.#candidates) candidate.read(chunk, this.#held);
    }
    this.#held.push(chunk);
    if (this.#candidates.every(({ isDone }) => isDone) && (this.#isBeyond || this.#isSeen)) return true;
    if (!this.#isBeyond) return false;
    if (this.#candidates.every(({ hasRow, isDone }) => hasRow || isDone)) return true;
    if (end <= MAX_FIRST_ROW_BYTES) return false;
    // a row would have ended before, or been too long: only lines of nothing but spaces come here
    throw new DatasetError(
      `The first row does not end within ${mebibytes(MAX_FIRST_ROW_BYTES)}`,
      { line: 1, byte: 0 },
      'Check the line endings and the quotes.',
    );
  }
  /** The bytes of the sample have come, or no sample is needed. Must not depend on how the file is cut. */
  get #isSeen(): boolean {
    if (this.#firstBytes === SAMPLE_BYTES) return true;
    // evaluated when all rows of the head are there: the result does not change any more
    this.#isPlain ??= !this.#isNamed && !this.#hasFault && !dependsOnSample(this.#readings, this.#mayHaveComments);
    return this.#isPlain;
  }
  get #hasFault(): boolean {
    return this.#candidates.every(({ count }) => count === 0);
  }
  get #readings(): Reading[] {
    return this.#candidates.map((candidate) => this.#reading(candidate));
  }
  #keepFirst(chunk: Buffer): void {
    const some = chunk.subarray(0, SAMPLE_BYTES - this.#firstBytes);
    this.#isWhole = some.length === chunk.length;
    this.#first.push(some);
    this.#firstBytes += some.length;
  }
  #findNamed(chunk: Buffer): void {
    const named = NAMED_DELIMITER.exec(chunk.toString('latin1', 0, NAMED_DELIMITER_BYTES))?.[1];
    if (named === undefined) return;
    this.#isNamed = true;
    this.#candidates = [new Candidate(new HeadSplitter(this.#thread, [named]), 0, named, this.#place)];
  }
  /**
   * Beyond 1 MiB only the first row is read. Once it has ended, delimiters that occur for the first time do not count.
   */
  #pushBeyond(chunk: Buffer): void {
    const { hasRow } = this.#candidates[0]!;
    for (const candidate of this.#candidates)
      if (!candidate.hasRow && (candidate.isActive || !hasRow)) candidate.readFirstRow(chunk, this.#held);
  }
  /** The file has ended within its head, or before its first row did. */
  end(): void {
    this.#isEnded = true;
    for (const candidate of this.#candidates) if (!this.#isBeyond || !candidate.hasRow) candidate.end();
  }
  /** Hands the thread that has read the head to the job. */
  release(): KernelThread {
    this.#isReleased = true;
    this.#held = [];
    return this.#thread;
  }
  /** Releases what it holds and has not handed on. */
  close(): void {
    if (!this.#isReleased) this.release().close();
  }

  /** @throws DatasetError when there is no row at all */
  detectDialect(): Dialect {
    const first = this.#candidates[0]!;
    const named = this.#isNamed ? 1 : 0;
    if (this.#candidates.every(({ count }) => count === named)) {
      throw (
        first.failure(this.#held) ??
        new DatasetError(
          'The file has no header: every line is blank',
          { line: 1, byte: 0 },
          'Upload a file with a header and rows.',
        )
      );
    }
    if (named) {
      const { rows, sample } = this.#reading(first);
      const dialect = dialectUnder(
        { delimiter: first.delimiter, rows: rows.slice(1), sample: () => sample().slice(1) },
        true,
      );
      return { ...dialect, titleRows: dialect.titleRows + 1, namesDelimiter: true };
    }
    return detectDialect(this.#readings, this.#whole(), this.#mayHaveComments);
  }
  #reading(candidate: Candidate): Reading {
    const { delimiter } = candidate;
    const rows = candidate.rows();
    let sample: SampleRow[] | undefined;
    return {
      delimiter,
      rows,
      sample: () => {
        // of a row that is longer than the head only its width is known
        sample ??= candidate.isBeyondHead ? [] : this.#sample(delimiter).slice(0, rows.length);
        return sample;
      },
    };
  }
  #sample(delimiter: string): SampleRow[] {
    return sampleOf(delimiter, this.#first, this.#isWhole && this.#isEnded && !this.#isBeyond);
  }
  /** Every row as one field; as many rows as the sample has are enough. */
  #whole(): Reading {
    let sample: SampleRow[] | undefined;
    const read = () => {
      sample ??= this.#sample('\0');
      return sample;
    };
    return {
      delimiter: '\0',
      get rows() {
        return [
          { width: 1, filled: 1 },
          ...read()
            .slice(1)
            .map(() => ({ width: 1, filled: 1 })),
        ];
      },
      sample: read,
    };
  }
  get #mayHaveComments(): boolean {
    for (const chunk of this.#held)
      for (const byte of chunk) if (byte > 32 && byte !== 34) return byte === 35 || byte === 37;
    return false;
  }
}
