import type { ByteSource } from '../../byte-source.ts';
import { DatasetError } from '../../errors.ts';
import type { JobOptions } from '../../host/kernel-job.ts';
import { isEnough } from '../../profile-options.ts';
import { type DecodedSource, requireBytes } from '../../text/encoding.ts';
import type { TextFacts } from '../../text/text-facts.ts';
import type { Encoding } from '../../text/text-reading.ts';
import { decodeText } from '../decode-text.ts';
import type { Declared } from '../format.ts';
import type { Dialect } from './dialect.ts';
import { GlimpseCollector } from './glimpse.ts';
import { HeadCollector } from './head-collector.ts';
import type { CsvRewriter } from './rewriter.ts';
import { type CsvRules, csvRules } from './rules.ts';
import { CsvSplitter } from './splitter.ts';

/** The way of a CSV's bytes into the kernel: decoded, collected until the dialect is known, then split. */
export class CsvReading implements Disposable {
  /** Of the text, as they become known. */
  readonly facts: TextFacts;
  /** Known when the head has been read. */
  splitter: CsvSplitter | undefined;
  dialect: Dialect | undefined;
  /** Of the file, that the text which is split begins in. */
  firstLine = 1;
  readonly glimpse: GlimpseCollector = new GlimpseCollector();
  readonly #decoded: DecodedSource;
  readonly #options: JobOptions;
  readonly #rules: CsvRules;
  readonly #head: HeadCollector;
  #rewriter: CsvRewriter | undefined;
  /** In which the characters are looked for that a person has named. */
  #encoding: Encoding | undefined;

  constructor(source: ByteSource, options: JobOptions, declared: Declared) {
    this.#decoded = decodeText(source, declared, false);
    this.facts = this.#decoded.facts;
    this.#options = options;
    this.#rules = csvRules(declared.options);
    this.#head = new HeadCollector(this.facts, this.#rules, declared.file?.encoding, options.spill);
  }

  /** Offsets in the text that is split are those of the file. */
  get countsBytes(): boolean {
    return !this.#rewriter && !this.facts.isConverted && !this.facts.encoding.startsWith('utf-16');
  }
  /**
   * Reads all bytes, and gives itself after each block or so. All rows are taken when it ends.
   * @throws DatasetError when they are not a table; the signal's reason when it is aborted
   */
  async *steps(): AsyncGenerator<this> {
    const { chunks } = this.#decoded;
    const { signal } = this.#options;
    for await (const chunk of chunks) {
      signal?.throwIfAborted();
      if (this.splitter) await this.#push(this.splitter, chunk);
      else if (this.#head.push(chunk)) await this.#begin();
      do {
        yield this;
        signal?.throwIfAborted();
        if (this.splitter && isEnough(this.#options, this.splitter.rowCount, this.facts.bytes)) {
          this.#decoded.stop();
          return await this.splitter.stop();
        }
      } while (await this.splitter?.fill(this.#fillBlock));
    }
    requireBytes(this.facts.bytes);
    if (!this.splitter) {
      this.#head.end();
      await this.#begin();
    }
    if (this.#rewriter) await this.#split(this.splitter!, this.#rewriter.end());
    await this.splitter!.end();
    this.#requireSameEncoding();
  }
  [Symbol.dispose](): void {
    this.#head.close();
    this.splitter?.job.close();
  }

  /** @throws DatasetError when the file is in another encoding than its head, with characters of both */
  #requireSameEncoding(): void {
    const { encoding } = this.facts;
    if (!this.#rules.isBeyondAscii || this.#encoding === encoding) return;
    throw new DatasetError(
      `The file is ${encoding}, but its first MiB was read as ${this.#encoding}`,
      {},
      'Name its encoding with the option encoding: characters beyond ASCII in other options are looked for in it.',
    );
  }

  async #begin(): Promise<void> {
    const { dialect, place, held, rewriter, encoding } = this.#head.detect();
    this.dialect = dialect;
    this.#encoding = encoding;
    this.firstLine = place.line ?? 1;
    this.#rewriter = rewriter;
    const splitter = new CsvSplitter(dialect, place, this.facts.nuls, this.#options, this.#head.release());
    this.splitter = splitter;
    for (const chunk of held) await this.#push(splitter, chunk);
  }
  async #push(splitter: CsvSplitter, chunk: Buffer): Promise<void> {
    this.#expectWrongBytes(splitter);
    await this.#split(splitter, this.#rewriter?.push(chunk) ?? chunk);
    if (splitter.isBelowHeader && !this.#rewriter) this.#decoded.leaveNuls();
  }
  async #split(splitter: CsvSplitter, text: Buffer): Promise<void> {
    this.glimpse.take(text);
    await splitter.push(text);
  }
  readonly #fillBlock = (block: Buffer): number => {
    const splitter = this.splitter!;
    const count = this.#decoded.fill(block, (bytes) => splitter.beginningsIn(bytes));
    this.glimpse.take(block.subarray(0, count));
    this.#expectWrongBytes(splitter);
    return count;
  };
  #expectWrongBytes(splitter: CsvSplitter): void {
    if (this.facts.invalidAt !== undefined) splitter.expectWrongBytes();
  }
}
