import type { ByteRanges, ByteSource } from '../../byte-source.ts';
import { Turns } from '../../containers/turns.ts';
import { DatasetError } from '../../errors.ts';
import { EXAMPLES } from '../../limits.ts';
import type { Profile, Warning } from '../../profile-types.ts';
import { namesOnce, shownKey } from '../column-names.ts';
import { type ColumnReader, readColumn } from './columns.ts';
import { type Footer, type RowGroup, readFooter } from './footer.ts';

/** Rows of a batch at most, and JSON of its text columns together: what is between two looks at the signal. */
const BATCH_ROWS = 512;
const BATCH_BYTES = 512 * 1024;
/** What the columns read ahead, together, and one of them at least and at most. */
const WINDOWS_BYTES = 16 * 1024 * 1024;
const LEAST_WINDOW_BYTES = 4 * 1024;
const MOST_WINDOW_BYTES = 1024 * 1024;
const REPLACED: Warning = {
  code: 'replaced_characters',
  message: 'U+0000 and lone surrogates are shown as U+FFFD.',
};
/**
 * Pages and dictionaries of all leaves that are kept, together. Those of a leaf that are larger than its share are read
 * again each time that its texts have been taken, which may have so many bytes together: with a hundred pages of
 * 100 MiB, memory has one of them.
 */
const KEPT_BYTES = 128 * 1024 * 1024;
const AHEAD_BYTES = 64 * 1024 * 1024;

/** Rows as text, an object on each line. */
export interface Batch {
  text: string;
  /** Of the first one in the file, from 1, and how many there are. */
  row: number;
  rows: number;
}

/** Which rows are read: see `batches`. */
interface Wanted {
  firstGroup?: number;
  skip?: number;
  limit?: number | undefined;
  signal?: AbortSignal | undefined;
}
/** An infinite value and its row. */
type Infinite = Profile['columns'][number]['evidence']['examples'][number];

/** A Parquet file that is open: its rows as JSON, row group by row group, the pages of all columns in step. */
export class ParquetTable implements AsyncDisposable {
  readonly footer: Footer;
  /** A name of its own for each column, and what was done for it. */
  readonly names: readonly string[];
  readonly warnings: Warning[] = [];
  readonly ranges: ByteRanges;
  readonly #keys: string[];
  /** Bytes of the file that are read. */
  bytes = 0;
  /** Values of each column so far that are no number (NaN), and the first ones that are infinite. */
  readonly nans: number[];
  readonly infinities: Infinite[][];
  /** By the index of a column that has texts that are not UTF-8: the byte of the first page with one. */
  readonly #wrongTexts = new Map<number, number>();

  private constructor(ranges: ByteRanges, footer: Footer) {
    this.ranges = ranges;
    this.footer = footer;
    this.names = shownNames(footer, this.warnings);
    this.nans = this.names.map(() => 0);
    this.infinities = this.names.map(() => []);
    this.#keys = this.names.map((name, i) => `${i === 0 ? '{' : ','}${JSON.stringify(name)}:`);
  }
  /** Reads the footer. @throws DatasetError for a file that is cut, encrypted, or none of Parquet */
  static async open(source: ByteSource): Promise<ParquetTable> {
    const ranges = await source.ranges?.();
    if (!ranges)
      throw new DatasetError(
        'A Parquet file inside another file cannot be read',
        {},
        'Unpack it and upload the Parquet file itself.',
      );
    try {
      return new ParquetTable(ranges, await readFooter(ranges));
    } catch (error) {
      await ranges[Symbol.asyncDispose]();
      throw error;
    }
  }
  async [Symbol.asyncDispose](): Promise<void> {
    await this.ranges[Symbol.asyncDispose]();
  }
  /** Before all rows are read once more. */
  restart(): void {
    this.bytes = 0;
    this.nans.fill(0);
    for (const list of this.infinities) list.length = 0;
  }
  /** Of the values that were read. */
  textWarnings(): Warning[] {
    return this.names.flatMap((name, i) => {
      const byte = this.#wrongTexts.get(i);
      if (byte === undefined) return [];
      const place = `first in the page at byte ${byte}`;
      const message = `Texts are not UTF-8, and their wrong bytes are shown as U+FFFD: ${place}.`;
      return [{ code: 'invalid_bytes', message, column: name }];
    });
  }
  /** Bytes of the file. */
  get size(): number {
    return this.ranges.size;
  }

  /**
   * The rows from a row group on.
   * @param firstGroup index of the group
   * @param skip rows of that group that are passed over
   * @param limit rows at most, of all that follow
   * @throws DatasetError for pages that cannot be read; the signal's reason
   */
  async *batches({
    firstGroup = 0,
    skip = 0,
    limit = Number.POSITIVE_INFINITY,
    signal,
  }: Wanted = {}): AsyncGenerator<Batch> {
    const { groups } = this.footer;
    let row = groups.slice(0, firstGroup).reduce((sum, group) => sum + group.rows, 1);
    let left = limit;
    for (const [i, group] of groups.slice(firstGroup).entries()) {
      const before = this.bytes;
      const first = i === 0 ? Math.min(skip, group.rows) : 0;
      row += first;
      const rows = Math.min(left, group.rows - first);
      for await (const batch of this.#ofGroup(group, { row, skip: first, rows }, signal)) {
        this.bytes = before + batch.bytes;
        yield { text: batch.text, row, rows: batch.rows };
        row += batch.rows;
        left -= batch.rows;
      }
      if (left <= 0) return;
      this.bytes = before + group.bytes;
    }
  }
  async *#ofGroup(
    group: RowGroup,
    { row, skip, rows: limit }: { row: number; skip: number; rows: number },
    signal: AbortSignal | undefined,
  ): AsyncGenerator<{ text: string; rows: number; bytes: number }> {
    const { columns, leaves } = this.footer.schema;
    const window = Math.min(Math.max(WINDOWS_BYTES / leaves.length, LEAST_WINDOW_BYTES), MOST_WINDOW_BYTES);
    const room = { kept: KEPT_BYTES / leaves.length, ahead: AHEAD_BYTES / leaves.length, rows: limit };
    const turns = new Turns(signal);
    const readers = columns.map((node, i) =>
      readColumn(this.ranges, group, node, Math.floor(window), turns, room, (byte) => {
        if (!this.#wrongTexts.has(i)) this.#wrongTexts.set(i, byte);
      }),
    );
    if (skip > 0 && limit > 0) for (const reader of readers) await reader.skip(skip);
    const budget = Math.floor(BATCH_BYTES / columns.length);
    for (let done = 0; done < limit; ) {
      let rows = Math.min(BATCH_ROWS, limit - done);
      for (const reader of readers) {
        rows = Math.min(rows, await reader.ahead(rows, budget));
        signal?.throwIfAborted();
        if (turns.isDue) await turns.take();
      }
      yield {
        text: this.#lines(readers, rows, row + done),
        rows,
        bytes: readers.reduce((sum, { bytes }) => sum + bytes, 0),
      };
      done += rows;
    }
  }
  #noteInfinite(column: number, row: number, value: string): void {
    const list = this.infinities[column]!;
    if (list.length < EXAMPLES) list.push({ row, value });
  }
  #lines(readers: readonly ColumnReader[], rows: number, firstRow: number): string {
    if (readers.length === 0) return '{}\n'.repeat(rows);
    const lines: string[] = new Array(rows).fill('');
    readers.forEach((reader, i) => {
      const key = this.#keys[i]!;
      for (let row = 0; row < rows; row++) {
        const text = reader.take();
        // a text would have its quotes
        if (text === 'NaN') this.nans[i]!++;
        else if (text === 'Infinity' || text === '-Infinity') this.#noteInfinite(i, firstRow + row, text);
        lines[row] += key + text;
      }
    });
    return `${lines.join('}\n')}}\n`;
  }
}

/** Each name once, as it can be stored and shown: the lines of JSON must have as many keys as there are columns. */
function shownNames({ schema }: Footer, warnings: Warning[]): string[] {
  const names = schema.columns.map(({ name }) => shownKey(name));
  if (names.some((name, i) => name !== schema.columns[i]!.name)) warnings.push(REPLACED);
  return namesOnce(names, warnings);
}
