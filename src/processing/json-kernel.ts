import { DatasetError } from './errors.ts';
import { cut } from './header.ts';
import { JsonJudge } from './json-judge.ts';
import { decodeKey, jsonNames, shownKey } from './json-names.ts';
import type { Expect, RecordPlace } from './json-scanner.ts';
import type { JsonHost, KernelExports } from './kernel-module.ts';
import { MAX_KERNEL_ROWS, MAX_NAME_CODE_POINTS } from './limits.ts';
import type { Warning } from './profile-types.ts';

const BLOCK_BYTES = 1 << 20;
/** Room behind the bytes of a block: zeros of ours, and what SIMD reads at once. */
const BEHIND = 128;
const BATCH_ROWS = 256;
/** Fields of a unit: with more columns it has fewer rows. */
const CELLS = 1 << 18;

/** What `walk` of the kernel returns. */
const MORE = 0;
const FULL = 1;
const TOO_MANY = 3;
/** What `expected` of the kernel returns, in its order. */
const EXPECTS: Expect[] = ['first', 'record or end', 'record', 'comma or end', 'nothing', 'line or record'];

interface JsonKernelOptions {
  /** The file's offset of the first byte that will come. */
  origin: number;
  /** Makes the kernel, with these imports among its own. */
  newKernel: (host: JsonHost) => KernelExports;
  /** The fields of so many records are in the kernel's arrays (kernel/json-fields.ts), until this returns. */
  takeUnit: (rows: number) => void;
  /** Called before `takeUnit` for records that have the column; `index` from 0. */
  onColumn?: (key: string, index: number) => void;
  blockBytes?: number;
  batchRows?: number;
  cells?: number;
}

/**
 * JSON by blocks of 1 MiB in the kernel: bytes are copied into the same blocks however the stream was cut, the records that end
 * in a block are taken, the unfinished one is moved to the front. A record longer than the block doubles it. Where the kernel
 * sees something that cannot be, the readers in TypeScript read the place again and word it.
 */
export class JsonKernel {
  readonly warnings: Warning[] = [];
  /** All keys, in order of first appearance. */
  readonly keys: string[] = [];
  readonly exports: KernelExports;
  readonly #options: JsonKernelOptions;
  #judge: JsonJudge | undefined;
  #memory: Buffer = Buffer.alloc(0);
  #block: number;
  #capacity: number;
  /** Bytes in the block. */
  #have = 0;
  /** Where the block begins in the file. */
  #at: RecordPlace;
  #firstRecord: RecordPlace = { line: 1, column: 1, byte: 0 };

  constructor(options: JsonKernelOptions) {
    this.#options = options;
    this.#at = { line: 1, column: 1, byte: options.origin };
    this.exports = options.newKernel({
      newColumn: (key, length) => {
        const text = decodeKey(this.#bytes.subarray(key, key + length));
        options.onColumn?.(text, this.keys.length);
        return this.keys.push(text) - 1;
      },
      repeatedKey: (row, column) => this.#repeated(row, () => this.keys[column]!),
      repeatedNestedKey: (row, key, length) =>
        this.#repeated(row, () => JSON.parse(`"${this.#bytes.toString('utf8', key, key + length)}"`)),
    });
    this.exports.prepareRecords(options.batchRows ?? BATCH_ROWS, options.cells ?? CELLS);
    this.#capacity = options.blockBytes ?? BLOCK_BYTES;
    this.#block = this.exports.take(this.#capacity);
  }

  get rowCount(): number {
    return this.exports.recordCount();
  }
  get format(): 'json' | 'ndjson' {
    return this.exports.isLines() ? 'ndjson' : 'json';
  }

  /** @throws DatasetError with line, column and byte */
  push(chunk: Buffer): void {
    for (let from = 0; from < chunk.length; ) {
      if (this.#judge) {
        this.#judge.push(chunk.subarray(from));
        return;
      }
      const n = Math.min(chunk.length - from, this.#capacity - BEHIND - this.#have);
      this.#bytes.set(chunk.subarray(from, from + n), this.#block + this.#have);
      this.#have += n;
      from += n;
      if (this.#have === this.#capacity - BEHIND) this.#process();
    }
  }
  /** The byte after all that was pushed is not UTF-8. @throws DatasetError for what is wrong first */
  notUtf8(): never {
    return this.#last().notUtf8();
  }
  /** After the last byte. @throws DatasetError when something is not closed, or the file is one object */
  end(): void {
    this.#last().end();
  }
  /** The names of the columns as they are shown, with their warnings; after the end. */
  names(): string[] {
    const { names, replaced } = jsonNames(this.keys, this.warnings);
    if (replaced || this.exports.sawUnshowableString())
      this.warnings.push({
        code: 'replaced_characters',
        message: 'U+0000 and lone surrogates are shown as U+FFFD.',
      });
    return names;
  }

  /** The kernel's memory; valid until it grows. */
  get #bytes(): Buffer {
    const { buffer } = this.exports.memory;
    if (this.#memory.buffer !== buffer) this.#memory = Buffer.from(buffer);
    return this.#memory;
  }

  /** Takes the records that end in the block. */
  #process(): void {
    const { exports } = this;
    let status: number;
    let to = 0;
    do {
      const first = this.rowCount === 0;
      status = exports.walk(this.#block, to, this.#have);
      to = exports.walkedTo();
      const rows = exports.unitRows();
      if (first && rows > 0) this.#firstRecord = this.#placeOf(exports.unitBegins());
      if (rows > 0) this.#options.takeUnit(rows);
    } while (status === FULL);
    if (this.rowCount > MAX_KERNEL_ROWS)
      throw new DatasetError(`The file has more than ${MAX_KERNEL_ROWS.toLocaleString('en')} rows`);
    this.#at = this.#placeOf(to);
    this.#have -= to;
    this.#bytes.copyWithin(this.#block, this.#block + to, this.#block + to + this.#have);
    if (status !== MORE) {
      this.#judge = this.#newJudge(status === TOO_MANY);
      this.#judge.push(this.#rest());
    } else if (this.#have === this.#capacity - BEHIND) this.#enlarge();
  }
  #enlarge(): void {
    const larger = this.exports.take(this.#capacity * 2);
    this.#bytes.copyWithin(larger, this.#block, this.#block + this.#have);
    this.exports.give(this.#block, this.#capacity);
    this.#block = larger;
    this.#capacity *= 2;
  }
  /** Takes what is left of the file, and what can say more about its end. */
  #last(): JsonJudge {
    if (!this.#judge) this.#process();
    if (this.#judge) return this.#judge;
    const judge = this.#newJudge(false);
    judge.push(this.#rest());
    return judge;
  }

  #rest(): Buffer {
    return this.#bytes.subarray(this.#block, this.#block + this.#have);
  }
  /** Where an offset of the block is in the file. */
  #placeOf(offset: number): RecordPlace {
    const { exports } = this;
    exports.countPlaces(this.#block, offset);
    const lines = exports.placeLines();
    const characters = exports.placeCharacters();
    const { line, column, byte } = this.#at;
    return {
      line: line + lines,
      column: lines > 0 ? characters + 1 : column + characters,
      byte: byte + offset,
    };
  }
  /** Reads from the beginning of the block. */
  #newJudge(tooManyKeys: boolean): JsonJudge {
    const { exports } = this;
    const start = {
      ...this.#at,
      format: this.format,
      expect: EXPECTS[exports.expected()]!,
      records: this.rowCount,
      place: this.#firstRecord,
      newlineSince: exports.newlineSince() !== 0,
      spansLines: exports.recordSpansLines() !== 0,
    };
    return new JsonJudge(start, tooManyKeys);
  }
  #repeated(row: number, keyOf: () => string): void {
    if (this.warnings.some(({ code }) => code === 'repeated_key')) return;
    const key = shownKey(cut(keyOf(), MAX_NAME_CODE_POINTS));
    this.warnings.push({
      code: 'repeated_key',
      message: `Row ${row} has the key "${key}" more than once; the last one counts.`,
      column: key,
    });
  }
}
