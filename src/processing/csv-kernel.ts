import { ColumnKernel } from './column-kernel.ts';
import type { Dialect } from './csv-head.ts';
import { CsvScanner } from './csv-scanner.ts';
import type { CsvReader } from './csv-table.ts';
import type { DecodedSource } from './encoding.ts';
import { DatasetError } from './errors.ts';
import { EXAMPLES, MAX_COLUMNS, MAX_FIELD_BYTES, MAX_KERNEL_ROWS } from './limits.ts';
import type { ColumnFacts, Profile, ProfileOptions } from './profile-types.ts';

const BLOCK_BYTES = 1 << 20;
/** Room behind the bytes of a block: a line end of ours, and what SIMD reads at once. */
const BEHIND = 128;
const LF = 10;
const CR = 13;

/**
 * A CSV by blocks of 1 MiB in the kernel: bytes are copied into the same blocks however the stream was cut, the rows that end in
 * a block are taken, the unfinished one is moved to the front. A row longer than the block doubles it. Where the kernel sees
 * something that may be a fault, the byte-by-byte scanner reads the place again and words it.
 */
export class CsvKernel implements CsvReader {
  readonly badRows: Profile['badRows'] = { count: 0, examples: [] };
  header: string[] | undefined;
  titleLine = 0;
  lineEndings = 0;
  readonly #kernel: ColumnKernel;
  readonly #dialect: Dialect;
  /** Reads titles and header; undefined when they are read. */
  #top: CsvScanner | undefined;
  #block: number;
  #capacity = BLOCK_BYTES;
  /** Bytes in the block. */
  #have = 0;
  // where the block begins in the file
  #origin: number;
  #line = 1;
  #afterCr = false;

  /** @param origin the file's offset of the first byte that will come */
  constructor(dialect: Dialect, origin: number, facts: DecodedSource['facts'], options: ProfileOptions) {
    this.#dialect = dialect;
    this.#origin = origin;
    let skip = dialect.titleRows;
    this.#top = new CsvScanner(
      dialect.delimiter,
      ({ fields, width, line }) => {
        if (skip-- === 0) {
          this.header = fields.slice(0, width);
          return true;
        }
        if (this.titleLine === 0) this.titleLine = line;
        return false;
      },
      { origin },
    );
    this.#top.rowsBefore = dialect.titleRows + 1;
    this.#kernel = new ColumnKernel({
      total: dialect.columns,
      from: 0,
      own: dialect.columns,
      delimiter: dialect.delimiter,
      facts,
      options,
      onBadRow: (row, at, fields) => this.#badRow(row, at, fields),
    });
    this.#block = this.#kernel.exports.take(this.#capacity);
  }

  get rowCount(): number {
    return this.#kernel.exports.totalRows();
  }
  column(index: number, name: string): ColumnFacts {
    return this.#kernel.column(index, name);
  }
  duplicates(): Profile['duplicates'] {
    return this.#kernel.duplicates();
  }

  push(chunk: Buffer): void {
    let from = 0;
    if (this.#top) {
      this.#top.push(chunk);
      if (!this.#top.stopped) {
        this.#origin += chunk.length;
        return;
      }
      const { index, line, afterCr } = this.#top.restAt;
      this.lineEndings = this.#top.lineEndings;
      this.#origin += index;
      this.#line = line;
      this.#afterCr = afterCr;
      this.#top = undefined;
      from = index;
    }
    while (from < chunk.length) {
      const n = Math.min(chunk.length - from, this.#capacity - BEHIND - this.#have);
      this.#kernel.bytes.set(chunk.subarray(from, from + n), this.#block + this.#have);
      this.#have += n;
      from += n;
      if (this.#have === this.#capacity - BEHIND) this.#process();
    }
  }
  end(): void {
    if (this.#top) {
      this.#top.end();
      this.lineEndings = this.#top.lineEndings;
      return;
    }
    this.#process();
    if (this.#afterCr && this.#have === 0) this.lineEndings |= 4;
    if (this.#have === 0) return;
    // the last row has no line end, or a quote is open
    const { exports } = this.#kernel;
    if (this.#afterCr) this.lineEndings |= 4;
    this.#kernel.bytes[this.#block + this.#have] = LF;
    const end = exports.index(this.#block, this.#have + 1, this.#dialect.delimiter.charCodeAt(0), 0);
    if (end === 0 || exports.indexSawNul() || this.#capacity > MAX_FIELD_BYTES) this.#judge(this.#have).end();
    exports.takeRows(this.#block, end);
    this.#checkWidth(this.#have);
  }

  /** Takes the rows that end in the block. */
  #process(): void {
    const { exports } = this.#kernel;
    const end = exports.index(this.#block, this.#have, this.#dialect.delimiter.charCodeAt(0), this.#afterCr ? 1 : 0);
    // fields and rows that are too long, or a quote that never closes: such blocks only
    if (exports.indexSawNul() || this.#capacity > MAX_FIELD_BYTES) this.#judge(end || this.#have);
    if (end === 0) {
      if (this.#have === this.#capacity - BEHIND) this.#enlarge();
      return;
    }
    exports.takeRows(this.#block, end);
    this.#checkWidth(end);
    if (exports.totalRows() > MAX_KERNEL_ROWS)
      throw new DatasetError(`The file has more than ${MAX_KERNEL_ROWS.toLocaleString('en')} rows`);
    this.lineEndings |= exports.indexEndings();
    this.#line += exports.indexLines();
    this.#afterCr = exports.indexEndsInCr() !== 0;
    this.#origin += end;
    this.#have -= end;
    this.#kernel.bytes.copyWithin(this.#block, this.#block + end, this.#block + end + this.#have);
  }
  #enlarge(): void {
    const { exports } = this.#kernel;
    const larger = exports.take(this.#capacity * 2);
    this.#kernel.bytes.copyWithin(larger, this.#block, this.#block + this.#have);
    exports.give(this.#block, this.#capacity);
    this.#block = larger;
    this.#capacity *= 2;
  }
  #checkWidth(length: number): void {
    if (this.#kernel.exports.widestRow() > MAX_COLUMNS) this.#judge(length);
  }

  /** Reads the first bytes of the block by the scanner that knows the places of faults. @throws DatasetError for the first one */
  #judge(length: number): CsvScanner {
    const from = this.#afterCr && this.#kernel.bytes[this.#block] === LF ? 1 : 0;
    const place = { origin: this.#origin + from, line: this.#line };
    const scanner = new CsvScanner(this.#dialect.delimiter, () => undefined, place);
    scanner.rowsBefore = this.#dialect.titleRows + 1;
    scanner.rows = scanner.rowsBefore + this.rowCount;
    scanner.push(this.#kernel.bytes.subarray(this.#block + from, this.#block + length));
    return scanner;
  }
  #badRow(row: number, at: number, fields: number): void {
    this.badRows.count++;
    if (this.badRows.examples.length === EXAMPLES) return;
    const { bytes } = this.#kernel;
    let line = this.#line;
    let afterCr = this.#afterCr;
    for (let i = this.#block; i < at; i++) {
      if (bytes[i] === CR || (bytes[i] === LF && !afterCr)) line++;
      afterCr = bytes[i] === CR;
    }
    this.badRows.examples.push({ row, line, fields, expected: this.#dialect.columns });
  }
}
