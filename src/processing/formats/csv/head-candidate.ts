import { BLOCK_BYTES } from '../../limits.ts';
import { trimAscii } from '../../text/trim.ts';
import { type HeadRow, type HeadSplitter, READING } from './head-splitter.ts';
import { type CsvRewriter, rewritten } from './rewriter.ts';
import { separatorOf } from './rules.ts';
import { CsvScanner } from './scanner.ts';

export interface Place {
  /** Of the first byte in the file. */
  origin: number;
  utf16: boolean;
  /** Offsets in the text are those of the file, which failures name; so when not given. */
  countsBytes?: boolean;
  /** Of the first byte; 1 when not given. */
  line?: number;
}

/** The head's rows under one delimiter. Nothing is read until the delimiter occurs: all rows are of one field then. */
export class Candidate {
  readonly delimiter: string;
  /** Whether its rows are read; those of the first candidate always are. */
  #isActive: boolean;
  readonly #splitter: HeadSplitter;
  readonly #reading: number;
  readonly #place: Place;
  readonly #newRewriter: () => CsvRewriter | undefined;
  /** Of what the splitter reads, and of what the scanner does. */
  readonly #rewriter: CsvRewriter | undefined;
  #scannerRewriter: CsvRewriter | undefined;
  #state = READING.goesOn;
  /** Beyond the head only the first row is wanted: read with its limits, byte by byte from the beginning. */
  #scanner: CsvScanner | undefined;
  #firstRow: HeadRow | undefined;
  #failure: unknown;

  /** @param newRewriter makes what rewrites the text from its beginning */
  constructor(
    splitter: HeadSplitter,
    reading: number,
    delimiter: string,
    { place, newRewriter }: { place: Place; newRewriter: () => CsvRewriter | undefined },
  ) {
    this.#splitter = splitter;
    this.#reading = reading;
    this.delimiter = delimiter;
    this.#newRewriter = newRewriter;
    this.#rewriter = newRewriter();
    this.#place = { ...place, countsBytes: place.countsBytes !== false && !this.#rewriter };
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
    if (this.isDone) return;
    if (this.#rewriter) this.#readText(this.#rewriter.push(chunk));
    else this.#state = this.#splitter.read(this.#reading, chunk);
  }
  /** Rewritten text, which may be longer than a piece of the head. */
  #readText(text: Buffer): void {
    for (let from = 0; from < text.length && this.#state === READING.goesOn; from += BLOCK_BYTES)
      this.#state = this.#splitter.read(this.#reading, text.subarray(from, from + BLOCK_BYTES));
  }
  /** Bytes beyond the head. */
  readFirstRow(chunk: Buffer, before: readonly Buffer[]): void {
    if (!this.#isActive && !chunk.includes(this.delimiter)) return;
    this.#isActive = true;
    if (this.isDone) return;
    const isFirst = this.#scanner === undefined;
    if (isFirst) this.#scannerRewriter = this.#newRewriter();
    this.#scanner ??= new CsvScanner(
      separatorOf(this.delimiter),
      ({ fields, width }) => {
        let filled = width;
        while (filled > 0 && trimAscii(fields[filled - 1]!) === '') filled--;
        this.#firstRow = { width, filled };
        return true;
      },
      { ...this.#place, blanksOnly: true },
    );
    try {
      if (isFirst) for (const each of before) this.#scanner.push(this.#scannerRewriter?.push(each) ?? each);
      this.#scanner.push(this.#scannerRewriter?.push(chunk) ?? chunk);
    } catch (error) {
      this.#failure = error; // under a wrong delimiter anything may fail: only the chosen one's failure counts
    }
  }
  /** The file has ended. */
  end(): void {
    if (this.isDone) return;
    if (!this.#scanner) {
      if (this.#rewriter) this.#readText(this.#rewriter.end());
      if (this.#state === READING.goesOn) this.#state = this.#splitter.end(this.#reading);
      return;
    }
    try {
      if (this.#scannerRewriter) this.#scanner.push(this.#scannerRewriter.end());
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
    const scanner = new CsvScanner(separatorOf(this.delimiter), () => undefined, { ...this.#place, blanksOnly: true });
    try {
      for (const chunk of rewritten(all, this.#newRewriter(), true)) scanner.push(chunk);
      scanner.end();
    } catch (error) {
      return error;
    }
    return new Error('The kernel refuses a head that the scanner reads');
  }
}
