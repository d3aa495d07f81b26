import { DatasetError } from '../../errors.ts';
import { type JobOptions, KernelJob } from '../../host/kernel-job.ts';
import type { KernelExports } from '../../host/kernel-module.ts';
import { KernelThread } from '../../host/kernel-thread.ts';
import {
  COMMA_OR_END,
  FIRST_BYTE,
  FULL,
  LINE_OR_RECORD,
  MORE,
  NOTHING,
  RECORD,
  RECORD_OR_END,
  TOO_MANY,
} from '../../kernel/border/statuses.ts';
import { MAX_KERNEL_ROWS, MAX_NAME_CODE_POINTS } from '../../limits.ts';
import type { Warning } from '../../profile-types.ts';
import { cut } from '../../text/trim.ts';
import { shownKey } from '../column-names.ts';
import { FaultFinder } from './fault-finder.ts';
import { decodeKey, jsonNames } from './names.ts';
import type { Expect, RecordPlace } from './scanner.ts';

/** Bytes behind the text of a block: zeros, and what SIMD reads beyond the end. */
const BEHIND = 128;

/** What may come next, by what `expected` of the kernel returns. */
const EXPECTS: Record<number, Expect> = {
  [FIRST_BYTE]: 'first',
  [RECORD_OR_END]: 'record or end',
  [RECORD]: 'record',
  [COMMA_OR_END]: 'comma or end',
  [NOTHING]: 'nothing',
  [LINE_OR_RECORD]: 'line or record',
};

/**
 * Walks JSON by blocks in the kernel: bytes are copied into the same blocks however the stream was cut, the records
 * that end in a block are walked here and handed on as units, the unfinished one is moved to the next block. A record
 * longer than a block doubles it. Where the kernel sees a fault, FaultFinder reads the place again and throws the error
 * with its place.
 */
export class JsonWalker {
  readonly warnings: Warning[] = [];
  readonly job: KernelJob;
  readonly #kernel: KernelExports;
  #faultFinder: FaultFinder | undefined;
  /** The block being filled, where it is, and how many bytes are in it. */
  #block = 0;
  #begin = 0;
  #capacity = 0;
  #have = 0;
  /** Where the block begins in the file. */
  #at: RecordPlace;

  readonly #isLenient: boolean;

  /**
   * @param origin the file's offset of the first byte that will come
   * @param isLenient NaN and infinities are values
   */
  constructor(origin: number, options: JobOptions, isLenient = false) {
    this.#at = { line: 1, column: 1, byte: origin };
    const thread = KernelThread.open(options.spill, {
      repeatedKey: (row, column) => this.#repeated(row, column, () => this.#key(column)),
      repeatedNestedKey: (row, column, key, length) =>
        this.#repeated(row, column, () => JSON.parse(`"${this.job.view(key, length).toString()}"`)),
    });
    this.job = new KernelJob({ columns: 0, delimiter: ',', isJson: true }, options, thread);
    this.#kernel = this.job.kernel;
    this.#isLenient = isLenient;
    if (isLenient) this.#kernel.readLeniently();
    this.#openBlock();
  }

  /** Where the records begin that have not been taken yet, and what may come there; `what` is one of statuses.ts. */
  get place(): RecordPlace & { what: number; isLines: boolean; newlineSince: boolean } {
    const kernel = this.#kernel;
    return {
      ...this.#at,
      what: kernel.expected(),
      isLines: kernel.isLines() !== 0,
      newlineSince: kernel.newlineSince() !== 0,
    };
  }
  /** The first byte that will come is on this line. */
  startAt(line: number): void {
    this.#at = { ...this.#at, line };
  }
  get rowCount(): number {
    return this.#kernel.recordCount();
  }
  get format(): 'json' | 'ndjson' {
    return this.#kernel.isLines() !== 0 ? 'ndjson' : 'json';
  }
  /** All keys, in order of first appearance. */
  get keys(): string[] {
    return Array.from({ length: this.#kernel.columnCount() }, (_, column) => this.#key(column));
  }
  #key(column: number): string {
    return decodeKey(this.job.view(this.#kernel.keyText(column), this.#kernel.keyLength(column)));
  }

  /** @throws DatasetError with line, column and byte */
  async push(chunk: Buffer): Promise<void> {
    for (let from = 0; from < chunk.length; ) {
      if (this.#faultFinder) {
        this.#faultFinder.push(chunk.subarray(from));
        return;
      }
      const n = Math.min(chunk.length - from, this.#capacity - BEHIND - this.#have);
      this.job.view(this.#begin + this.#have, n).fill(chunk.subarray(from, from + n)); // set() is slow on shared memory
      this.#have += n;
      from += n;
      if (this.#have === this.#capacity - BEHIND) await this.#process();
    }
  }
  /** The byte after all that was pushed is not UTF-8. @throws DatasetError for what is wrong first */
  async notUtf8(): Promise<never> {
    return (await this.#last()).notUtf8();
  }
  /**
   * After the last byte. All records are taken then.
   * @throws DatasetError when something is not closed
   */
  async end(): Promise<void> {
    const finder = await this.#last();
    finder.end();
    await this.job.settled();
  }
  /** Takes the whole records that have come, whatever follows. @throws DatasetError for what is wrong in them */
  async stop(): Promise<void> {
    if (!this.#faultFinder) await this.#process();
    await this.job.settled();
  }
  /** The names of the columns as they are shown, with their warnings; after the end. */
  names(): string[] {
    const { names, replaced } = jsonNames(this.keys, this.warnings);
    if (replaced || this.#kernel.sawUnshowableString())
      this.warnings.push({
        code: 'replaced_characters',
        message: 'U+0000 and lone surrogates are shown as U+FFFD.',
      });
    return names;
  }

  #openBlock(): void {
    this.#block = this.#kernel.published();
    this.#begin = this.#kernel.blockBytes(this.#block);
    this.#capacity = this.#kernel.blockCapacity(this.#block);
  }
  /** Takes the records that end in the block. */
  async #process(): Promise<void> {
    const kernel = this.#kernel;
    const block = this.#block;
    let status: number;
    let to = 0;
    let emitted = false;
    do {
      const from = to;
      status = kernel.walk(block, to, this.#have);
      to = kernel.walkedTo();
      const rows = kernel.unitRows();
      if (rows === 0 && !emitted) continue; // the block goes on being filled
      if (!emitted) kernel.publishWalked();
      emitted = true;
      await this.job.emit(rows, to - from, status !== FULL);
      this.job.filter?.collect(this.#at.line);
    } while (status === FULL);
    if (this.rowCount > MAX_KERNEL_ROWS)
      throw new DatasetError(`The file has more than ${MAX_KERNEL_ROWS.toLocaleString('en')} rows`, {}, 'Split it.');
    const rest = this.#have - to;
    const next = this.#placeOf(to);
    if (emitted) {
      await this.job.freeBlock();
      this.#openBlock();
      while (rest > this.#capacity - BEHIND) this.#enlarge(0);
      this.job.view(this.#begin, rest).set(this.job.view(kernel.blockBytes(block) + to, rest));
      await this.job.shrink(block);
    } else if (to > 0) this.job.view(this.#begin, this.#have).copyWithin(0, to);
    this.#at = next;
    this.#have = rest;
    if (status !== MORE) {
      this.#faultFinder = this.#newFaultFinder(status === TOO_MANY);
      this.#faultFinder.push(this.#rest());
    } else if (this.#have === this.#capacity - BEHIND) this.#enlarge(this.#have);
  }
  #enlarge(have: number): void {
    this.#kernel.enlargeBlock(this.#block, have);
    this.#openBlock();
  }
  /** Walks what is left of the file. @returns the reader that knows what is wrong with its end */
  async #last(): Promise<FaultFinder> {
    if (!this.#faultFinder) await this.#process();
    if (this.#faultFinder) return this.#faultFinder;
    const finder = this.#newFaultFinder(false);
    finder.push(this.#rest());
    return finder;
  }

  #rest(): Buffer {
    return this.job.view(this.#begin, this.#have);
  }
  /** Where an offset of the block is in the file; the block is the one that is being filled or was just walked. */
  #placeOf(offset: number): RecordPlace {
    this.#kernel.countPlaces(this.#begin, offset);
    const lines = this.#kernel.placeLines();
    const characters = this.#kernel.placeCharacters();
    const { line, column, byte } = this.#at;
    return {
      line: line + lines,
      column: lines > 0 ? characters + 1 : column + characters,
      byte: byte + offset,
    };
  }
  /** Reads from the beginning of the block. */
  #newFaultFinder(tooManyKeys: boolean): FaultFinder {
    const kernel = this.#kernel;
    const start = {
      ...this.#at,
      format: this.format,
      expect: EXPECTS[kernel.expected()]!,
      records: this.rowCount,
    };
    return new FaultFinder(start, tooManyKeys, this.#isLenient);
  }
  /** @param keyOf the key that is repeated: of the record, or of an object in the column */
  #repeated(row: number, column: number, keyOf: () => string): void {
    if (this.warnings.some(({ code }) => code === 'repeated_key')) return;
    const key = shownKey(cut(keyOf(), MAX_NAME_CODE_POINTS));
    this.warnings.push({
      code: 'repeated_key',
      message: `Row ${row} has the key "${key}" more than once; the last value is used.`,
      column: shownKey(cut(this.#key(column), MAX_NAME_CODE_POINTS)),
    });
  }
}
