import { DatasetError } from '../../errors.ts';
import { type JobOptions, KernelJob } from '../../host/kernel-job.ts';
import type { KernelThread } from '../../host/kernel-thread.ts';
import { declareColumns } from '../../host/value-rules.ts';
import { BAD_ROW_BYTES, BAD_ROW_LINE, BAD_ROW_WIDTH } from '../../kernel/border/layout.ts';
import { MAX_FIELD_BYTES, MAX_KERNEL_ROWS } from '../../limits.ts';
import type { ReadOptions } from '../../options/read-options.ts';
import type { Profile } from '../../profile-types.ts';
import { replaceNuls } from '../../text/nul-bytes.ts';
import type { WrongBytes } from '../../text/utf8-check.ts';
import type { Dialect } from './dialect.ts';
import type { Place } from './head-candidate.ts';
import { possibleNames, rowsAbove, TableTop } from './header.ts';
import { CsvScanner } from './scanner.ts';

/** Bytes behind the text of a block: a line end that is added to the last row, and what SIMD reads beyond the end. */
const BEHIND = 128;
const LF = 10;

/**
 * Splits a CSV by blocks in the kernel: bytes are copied into the same blocks however the stream was cut, the rows that
 * end in a block are handed to the threads, the unfinished one is moved to the next block. A row longer than a block
 * doubles it. Where the kernel sees something that may be a fault, the byte-by-byte scanner reads the place again and
 * throws the error with its place.
 */
export class CsvSplitter {
  /** Titles and header. */
  readonly top: TableTop;
  /** Bit 1: LF, 2: CRLF, 4: CR, outside quotes. */
  lineEndings = 0;
  readonly job: KernelJob;
  readonly #dialect: Dialect;
  readonly #place: Place;
  readonly #readOptions: ReadOptions | undefined;
  readonly #nuls: WrongBytes;
  /** Reads titles and header; undefined when they are read. */
  #top: CsvScanner | undefined;
  /** The block being filled, where it is, and how many bytes are in it. */
  #block = 0;
  #at = 0;
  #capacity = 0;
  #have = 0;
  /** Where the block begins in the file; of published blocks by their number in the ring. */
  #origin: number;
  #line = 1;
  #afterCr = false;
  readonly #places: { origin: number; line: number; afterCr: boolean }[] = [];

  /**
   * @param place of the first byte that will come, in the file
   * @param nuls NUL bytes that were found so far: others are added
   * @param thread that read the head
   */
  constructor(dialect: Dialect, place: Place, nuls: WrongBytes, options: JobOptions, thread: KernelThread) {
    this.#dialect = dialect;
    this.#origin = place.origin;
    this.#line = place.line ?? 1;
    this.#place = place;
    this.#readOptions = options.readOptions;
    this.#nuls = nuls;
    this.top = new TableTop(dialect);
    if (!this.top.isComplete) {
      this.#top = new CsvScanner(dialect.separator, (row) => this.top.take(row), place);
      this.#top.rowsBefore = rowsAbove(dialect);
    }
    const { columns, separator } = dialect;
    this.job = new KernelJob({ columns, delimiter: separator, isJson: false }, options, thread);
    this.#openBlock();
    if (!this.#top) this.#declareColumns();
  }
  /** What a person said of columns by their names, which are known from now on. */
  #declareColumns(): void {
    declareColumns(this.job.thread, this.#readOptions, ...possibleNames(this.top.header ?? [], this.#dialect));
  }

  /** Begins in the middle of the table, behind a row: titles and header are not read. */
  startBelowHeader(line: number, afterCr: boolean): void {
    this.#top = undefined;
    this.#line = line;
    this.#afterCr = afterCr;
  }
  /** Where the rows begin that have not been taken yet. */
  get place(): { byte: number; line: number; afterCr: boolean } {
    return { byte: this.#origin, line: this.#line, afterCr: this.#afterCr };
  }
  /** Lines of the text and those above it, once it has ended. */
  lines: number | undefined;
  /** Titles and header have been read: from now on this class replaces NUL bytes. */
  get isBelowHeader(): boolean {
    return this.#top === undefined;
  }
  /** Bytes that are not UTF-8 have come, or will with the next ones. */
  expectWrongBytes(): void {
    this.job.kernel.setWrongBytes();
  }
  /** Bytes that begin a character beyond ASCII. @param bytes in the block that is being filled */
  beginningsIn(bytes: Buffer): number {
    return this.job.kernel.beginningsIn(bytes.byteOffset, bytes.length);
  }
  /**
   * Reads bytes into the block that is being filled, once titles and header have been read.
   * @returns whether any came
   */
  async fill(read: (place: Buffer) => number): Promise<boolean> {
    if (this.#top) return false;
    const count = read(this.job.view(this.#at + this.#have, this.#capacity - BEHIND - this.#have));
    this.#have += count;
    if (this.#have === this.#capacity - BEHIND) await this.#process();
    return count > 0;
  }
  async push(chunk: Buffer): Promise<void> {
    let from = 0;
    if (this.#top) {
      const before = this.#origin;
      this.#top.push(chunk);
      if (!this.#top.stopped) {
        this.#origin = before + this.#fileBytes(chunk);
        return;
      }
      const { index, line, afterCr } = this.#top.restAt;
      this.lineEndings = this.#top.lineEndings;
      this.#origin = before + this.#fileBytes(chunk.subarray(0, index));
      this.#line = line;
      this.#afterCr = afterCr;
      this.#top = undefined;
      this.#declareColumns();
      from = index;
    }
    while (from < chunk.length) {
      const n = Math.min(chunk.length - from, this.#capacity - BEHIND - this.#have);
      this.job.view(this.#at + this.#have, n).fill(chunk.subarray(from, from + n)); // set() is slow on shared memory
      this.#have += n;
      from += n;
      if (this.#have === this.#capacity - BEHIND) await this.#process();
    }
  }
  /** After the last byte. All rows are taken then. */
  async end(): Promise<void> {
    if (this.#top) {
      this.#top.end();
      this.lineEndings = this.#top.lineEndings;
      return;
    }
    await this.#process();
    this.lines = this.#line - 1;
    if (this.#have > 0) {
      // the last row has no line end, or a quote is open
      this.job.view(this.#at + this.#have, 1)[0] = LF;
      const end = this.#index(this.#have + 1);
      if (end === 0 || this.#capacity > MAX_FIELD_BYTES) (await this.#check(this.#have)).end();
      if (this.#afterCr) this.lineEndings |= 4;
      this.lines += this.job.kernel.indexLines();
      await this.#publish(end);
    } else if (this.#afterCr) this.lineEndings |= 4;
    await this.job.settled();
    this.#requireFew();
  }

  /** No further byte is wanted: takes the rows that have ended, and leaves the one that has not. */
  async stop(): Promise<void> {
    await this.#process();
    await this.job.settled();
    this.#requireFew();
  }

  #index(length: number): number {
    const { kernel } = this.job;
    const end = kernel.index(this.#block, length, this.#afterCr ? 1 : 0);
    if (kernel.indexSawNul() === 0) return end;
    // rare: the bytes are changed where they are, and marked again
    replaceNuls(this.job.view(this.#at, length), this.#origin, this.#nuls);
    return kernel.index(this.#block, length, this.#afterCr ? 1 : 0);
  }
  /** Hands the rows that end in the block on. */
  async #process(): Promise<void> {
    const { kernel } = this.job;
    const end = this.#index(this.#have);
    // fields and rows that are too long, or a quote that never closes: such blocks only
    if (this.#capacity > MAX_FIELD_BYTES) await this.#check(end || this.#have);
    if (end === 0) {
      if (this.#have === this.#capacity - BEHIND) {
        kernel.enlargeBlock(this.#block, this.#have);
        this.#openBlock();
      }
      return;
    }
    this.lineEndings |= kernel.indexEndings();
    const lines = kernel.indexLines();
    const endsInCr = kernel.indexEndsInCr() !== 0;
    const [block, from, rest] = [this.#block, this.#at + end, this.#have - end];
    const begin = this.#place.utf16 ? this.#fileBytes(this.job.view(this.#at, end)) : end;
    await this.#publish(end);
    this.#line += lines;
    this.#afterCr = endsInCr;
    this.#origin += begin;
    this.#openBlock();
    while (rest > this.#capacity - BEHIND) {
      kernel.enlargeBlock(this.#block, 0);
      this.#openBlock();
    }
    this.job.view(this.#at, rest).set(this.job.view(from, rest));
    this.#have = rest;
    await this.job.shrink(block);
  }
  async #publish(length: number): Promise<void> {
    this.#places[this.#block % this.job.ring] = { origin: this.#origin, line: this.#line, afterCr: this.#afterCr };
    await this.job.publish(this.#block, length, this.#line, this.#afterCr);
    this.job.filter?.collect(this.#line);
    this.#requireFew();
  }
  #openBlock(): void {
    const { kernel } = this.job;
    this.#block = kernel.published();
    this.#at = kernel.blockBytes(this.#block);
    this.#capacity = kernel.blockCapacity(this.#block);
  }
  /** @throws DatasetError when a row had too many columns, or there are too many rows */
  #requireFew(): void {
    const { kernel } = this.job;
    if (kernel.isFaulty()) {
      const block = kernel.faultyBlock();
      const place = this.#places[block % this.job.ring]!;
      const bytes = this.job.view(kernel.blockBytes(block), this.job.published(block));
      this.#scan(bytes, place, kernel.rowsBeforeFault());
      throw new Error('The kernel refuses a row that the scanner reads');
    }
    if (kernel.totalRows() > MAX_KERNEL_ROWS)
      throw new DatasetError(`The file has more than ${MAX_KERNEL_ROWS.toLocaleString('en')} rows`, {}, 'Split it.');
  }
  /**
   * Reads the first bytes of the block by the scanner that knows the places of faults.
   * @throws DatasetError for the first one
   */
  async #check(length: number): Promise<CsvScanner> {
    await this.job.settled(); // the rows before are counted then
    this.#requireFew();
    const place = { origin: this.#origin, line: this.#line, afterCr: this.#afterCr };
    return this.#scan(this.job.view(this.#at, length), place, this.job.kernel.totalRows());
  }
  #scan(bytes: Buffer, place: { origin: number; line: number; afterCr: boolean }, rows: number): CsvScanner {
    const from = place.afterCr && bytes[0] === LF ? 1 : 0;
    const scanner = new CsvScanner(this.#dialect.separator, () => undefined, {
      origin: place.origin + from * (this.#place.utf16 ? 2 : 1),
      line: place.line,
      utf16: this.#place.utf16,
      countsBytes: this.#place.countsBytes,
      blanksOnly: true, // only faults are wanted, not texts
    });
    scanner.rowsBefore = rowsAbove(this.#dialect);
    scanner.rows = scanner.rowsBefore + rows;
    scanner.push(bytes.subarray(from));
    return scanner;
  }
  /** How many bytes of the file these are. */
  #fileBytes(text: Buffer): number {
    if (!this.#place.utf16) return text.length;
    let bytes = 0;
    for (const byte of text) if ((byte & 0xc0) !== 0x80) bytes += byte >= 0xf0 ? 4 : 2;
    return bytes;
  }

  get rowCount(): number {
    return this.job.kernel.totalRows();
  }
  /** Rows of empty fields that were skipped, and the line of the first. */
  get emptyRows(): { count: number; line: number } {
    return { count: this.job.kernel.emptyRows(), line: this.job.kernel.emptyLine() };
  }
  badRows(): Profile['badRows'] {
    const { kernel } = this.job;
    const examples = Array.from({ length: kernel.badExamples() }, (_, i) => {
      const at = kernel.badExamplesAt() + i * BAD_ROW_BYTES;
      const row = this.job.thread.doubles(at, 1)[0]!;
      const line = this.job.thread.doubles(at + BAD_ROW_LINE, 1)[0]!;
      const fields = this.job.thread.words(at + BAD_ROW_WIDTH, 1)[0]!;
      return { row, line, fields, expected: this.#dialect.columns };
    });
    return { count: kernel.badRows(), examples };
  }
}
