import type { KernelThread } from '../../host/kernel-thread.ts';
import type { Spill } from '../../host/spill.ts';
import type { TextFacts } from '../../text/text-facts.ts';
import type { Dialect } from './dialect.ts';
import { CsvHead } from './head.ts';
import type { Place } from './head-candidate.ts';
import type { CsvRewriter } from './rewriter.ts';
import { type CsvRules, rewriterOf } from './rules.ts';

/** What is known when the head has been read. */
export interface DetectedTable {
  dialect: Dialect;
  /** Of the first byte. */
  place: Place;
  /** All bytes so far: rows are read from them first, as the rewriter, where there is one, gives them. */
  held: Buffer[];
  rewriter: CsvRewriter | undefined;
}

/**
 * Collects the blocks of a file until its dialect is known, and holds them for whoever reads the rows.
 * Memory: the head, which CsvHead bounds to twice MAX_ROW_BYTES.
 */
export class HeadCollector {
  readonly #facts: TextFacts;
  readonly #rules: CsvRules;
  readonly #spill: Spill | undefined;
  #held: Buffer[] = [];
  #head: CsvHead | undefined;
  #place: Place = { origin: 0, utf16: false, countsBytes: true };

  /**
   * @param facts of the text, as they become known
   * @param rules what a person has said of the file
   * @param spill of the job that will follow
   */
  constructor(facts: TextFacts, rules: CsvRules, spill?: Spill) {
    this.#facts = facts;
    this.#rules = rules;
    this.#spill = spill;
  }
  /** @returns true when the head is complete */
  push(chunk: Buffer): boolean {
    const copy = Buffer.from(chunk); // the source may use its buffer again
    this.#held.push(copy);
    return this.#opened.push(copy, this.#facts.end);
  }
  /** The file has ended within its head. */
  end(): void {
    this.#opened.end();
  }
  /** Once, when the head is complete. @throws DatasetError when there is no row at all */
  detect(): DetectedTable {
    const dialect = this.#opened.detectDialect();
    const held = this.#held;
    this.#held = [];
    const delimiter = dialect.separator === '\0' ? '\0' : dialect.delimiter;
    const rewriter = rewriterOf(this.#rules, delimiter, this.#facts.encoding);
    const place = { ...this.#place, countsBytes: this.#place.countsBytes && !rewriter };
    return { dialect, place, held, rewriter };
  }
  /** Hands the thread that has read the head to the job. */
  release(): KernelThread {
    return this.#opened.release();
  }
  /** Releases what it holds and has not handed on. */
  close(): void {
    this.#head?.close();
  }

  /** Opened late: where the text begins and in which encoding is known with the first block. */
  get #opened(): CsvHead {
    if (!this.#head) {
      const { start, encoding, isConverted } = this.#facts;
      this.#place = { origin: start, utf16: encoding.startsWith('utf-16'), countsBytes: !isConverted };
      this.#head = new CsvHead(this.#place, { rules: this.#rules, encoding }, this.#spill);
    }
    return this.#head;
  }
}
