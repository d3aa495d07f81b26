import type { KernelThread } from '../../host/kernel-thread.ts';
import type { Spill } from '../../host/spill.ts';
import type { TextFacts } from '../../text/text-facts.ts';
import type { Dialect } from './dialect.ts';
import { CsvHead, type Place } from './head.ts';

/** What is known when the head has been read. */
export interface DetectedTable {
  dialect: Dialect;
  /** Of the first byte. */
  place: Place;
  /** All bytes so far: rows are read from them first. */
  held: Buffer[];
}

/**
 * Collects the blocks of a file until its dialect is known, and holds them for whoever reads the rows.
 * Memory: the head, which CsvHead bounds to twice MAX_ROW_BYTES.
 */
export class HeadCollector {
  readonly #facts: TextFacts;
  readonly #spill: Spill | undefined;
  #held: Buffer[] = [];
  #head: CsvHead | undefined;
  #place: Place = { origin: 0, utf16: false };

  /** @param facts of the text, as they become known @param spill of the job that will follow */
  constructor(facts: TextFacts, spill?: Spill) {
    this.#facts = facts;
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
    return { dialect, place: this.#place, held };
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
      this.#place = { origin: this.#facts.start, utf16: this.#facts.encoding.startsWith('utf-16') };
      this.#head = new CsvHead(this.#place, this.#spill);
    }
    return this.#head;
  }
}
