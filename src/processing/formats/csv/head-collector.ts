import type { KernelThread } from '../../host/kernel-thread.ts';
import type { Spill } from '../../host/spill.ts';
import { HEAD_BYTES } from '../../limits.ts';
import type { TextFacts } from '../../text/text-facts.ts';
import type { Encoding } from '../../text/text-reading.ts';
import { Utf8Check } from '../../text/utf8-check.ts';
import type { Dialect } from './dialect.ts';
import { CsvHead } from './head.ts';
import type { Place } from './head-candidate.ts';
import { LineSkipper } from './line-skipper.ts';
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
  /** In which the head was read. */
  encoding: Encoding;
}

/**
 * Collects the blocks of a file until its dialect is known, and holds them for whoever reads the rows.
 * Characters beyond ASCII that a person has named are other bytes in UTF-8 than in windows-1252: where it is not known
 * which of them the file is, its first MiB is looked at before anything is read.
 * Memory: the head, which CsvHead bounds to twice MAX_ROW_BYTES.
 */
export class HeadCollector {
  readonly #facts: TextFacts;
  readonly #rules: CsvRules;
  readonly #spill: Spill | undefined;
  /** In which the file's text is read; undefined: not known yet. */
  #encoding: Encoding | undefined;
  /** Lines at the beginning that are left out. */
  #skipper: LineSkipper | undefined;
  /** Bytes of text behind them, so far. */
  #taken = 0;
  #held: Buffer[] = [];
  /** Where in the file each of them ends, while none of them is read. */
  #ends: number[] = [];
  #head: CsvHead | undefined;
  #place: Place = { origin: 0, utf16: false, countsBytes: true };

  /**
   * @param facts of the text, as they become known
   * @param rules what a person has said of the file
   * @param known what a report states of the file's encoding
   * @param spill of the job that will follow
   */
  constructor(facts: TextFacts, rules: CsvRules, known?: unknown, spill?: Spill) {
    this.#facts = facts;
    this.#rules = rules;
    this.#encoding = known === 'utf-8' || known === 'windows-1252' ? known : undefined;
    this.#spill = spill;
  }
  /** @returns true when the head is complete */
  push(chunk: Buffer): boolean {
    const { skip_rows } = this.#rules.written;
    if (!skip_rows) return this.#take(Buffer.from(chunk), this.#facts.end); // the source may use its buffer again
    this.#skipper ??= new LineSkipper(skip_rows, this.#facts.encoding.startsWith('utf-16'));
    const rest = Buffer.from(this.#skipper.rest(chunk));
    if (rest.length === 0) return false;
    // no piece lies across the end of the head
    const inHead = rest.subarray(0, Math.max(HEAD_BYTES - this.#taken, 0));
    let isComplete = false;
    for (const piece of [inHead, rest.subarray(inHead.length)]) {
      if (piece.length === 0) continue;
      this.#taken += piece.length;
      if (isComplete) this.#held.push(piece);
      else isComplete = this.#take(piece, this.#taken);
    }
    return isComplete;
  }
  #take(chunk: Buffer, end: number): boolean {
    this.#held.push(chunk);
    const { encoding, declared } = this.#facts;
    if (this.#encoding === undefined && this.#ends.length === 0)
      if (encoding !== 'utf-8' || declared !== undefined || !this.#rules.isBeyondAscii) this.#encoding = encoding;
    if (this.#encoding !== undefined) return this.#opened.push(chunk, end);
    this.#ends.push(end);
    if (end < HEAD_BYTES) return false;
    const check = new Utf8Check(this.#facts.start);
    for (const each of this.#held) check.push(each);
    return this.#pushHeld(check.isUtf8 ? 'utf-8' : 'windows-1252');
  }
  /** The file has ended within its head. */
  end(): void {
    if (this.#encoding === undefined) this.#pushHeld(this.#facts.encoding);
    this.#opened.end();
  }
  #pushHeld(encoding: Encoding): boolean {
    this.#encoding = encoding;
    return this.#ends.splice(0).some((end, i) => this.#opened.push(this.#held[i]!, end));
  }
  /** Once, when the head is complete. @throws DatasetError when there is no row at all */
  detect(): DetectedTable {
    const dialect = this.#opened.detectDialect();
    const held = this.#held;
    this.#held = [];
    const delimiter = dialect.separator === '\0' ? '\0' : dialect.delimiter;
    const rewriter = rewriterOf(this.#rules, delimiter, this.#encoding!);
    const place = { ...this.#place, countsBytes: this.#place.countsBytes && !rewriter };
    return { dialect, place, held, rewriter, encoding: this.#encoding! };
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
      const { bytes = 0, line = 1 } = this.#skipper ?? {};
      this.#place = { origin: start + bytes, line, utf16: encoding.startsWith('utf-16'), countsBytes: !isConverted };
      this.#head = new CsvHead(this.#place, { rules: this.#rules, encoding: this.#encoding ?? encoding }, this.#spill);
    }
    return this.#head;
  }
}
