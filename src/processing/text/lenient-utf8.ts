import { HEAD_BYTES } from '../limits.ts';
import { refuseBinary, replaceNuls } from './nul-bytes.ts';
import type { TextFacts } from './text-facts.ts';
import { Utf8Check } from './utf8-check.ts';

/**
 * Hands every byte over, whether it is UTF-8 or not, and decides at the end which of UTF-8 and windows-1252 the file
 * is, unless a person has said so. NUL bytes are replaced by SUBSTITUTE. Those of the first MiB are held, from the
 * first one on with all bytes behind it, until it is known whether they are a text. Memory: that MiB.
 */
export class LenientUtf8 {
  readonly #facts: TextFacts;
  readonly #label: string;
  readonly #check: Utf8Check;
  /** The reader replaces NUL bytes itself. */
  leavesNuls = false;
  /** Copies of the bytes handed over before the held ones: they count as well, and so do their lines. */
  #before: Buffer[] = [];
  #held: Buffer[] = [];
  #heldBytes = 0;

  /** @param label of the format, for messages */
  constructor(facts: TextFacts, label: string) {
    this.#facts = facts;
    this.#label = label;
    this.#check = new Utf8Check(facts.start);
    facts.wrong = this.#check.wrong;
  }
  get next(): number {
    return this.#facts.end + this.#heldBytes;
  }
  leaveNuls(): void {
    this.leavesNuls = true;
  }
  check(block: Buffer, beginningsIn?: (bytes: Buffer) => number): void {
    this.#check.push(block, beginningsIn);
    this.#facts.invalidAt = this.#check.wrong.first[0];
  }
  *pass(block: Buffer): Generator<Buffer> {
    const at = this.next;
    this.check(block);
    if (at < HEAD_BYTES) yield* this.#passHead(block);
    else {
      this.#facts.end += block.length;
      yield this.leavesNuls || !block.includes(0) ? block : this.#withoutNuls(block, at);
    }
  }
  *end(): Generator<Buffer> {
    yield* this.#endHead();
    this.#check.end();
    this.#facts.invalidAt = this.#check.wrong.first[0];
    this.decide();
  }
  /** No further byte is wanted: what the file is follows from those that have come. */
  decide(): void {
    const facts = this.#facts;
    facts.countsAll = this.#check.countsAll;
    if (facts.declared === undefined && !this.#check.isUtf8) facts.encoding = 'windows-1252';
  }

  /** A copy: the block is the source's. */
  #withoutNuls(block: Buffer, at: number): Buffer {
    const copy = Buffer.from(block);
    replaceNuls(copy, at, this.#facts.nuls);
    return copy;
  }
  /** @param block that ends in the first MiB */
  *#passHead(block: Buffer): Generator<Buffer> {
    const nul = this.#heldBytes > 0 ? 0 : block.indexOf(0);
    const free = nul < 0 ? block : block.subarray(0, nul);
    this.#before.push(Buffer.from(free));
    this.#facts.end += free.length;
    if (free.length > 0) yield free;
    if (nul >= 0) {
      const held = Buffer.from(block.subarray(nul));
      this.#held.push(held);
      this.#heldBytes += held.length;
    }
    if (this.next === HEAD_BYTES) yield* this.#endHead();
  }
  /** The first MiB, or the file, has ended. @throws DatasetError when it is binary */
  *#endHead(): Generator<Buffer> {
    const held = this.#held.splice(0);
    const before = this.#before.splice(0);
    this.#heldBytes = 0;
    if (held.length === 0) return;
    const marks = Buffer.alloc(this.#facts.start, 0xff);
    refuseBinary(Buffer.concat([marks, ...before, ...held]), this.#label);
    for (const block of held) {
      replaceNuls(block, this.#facts.end, this.#facts.nuls);
      this.#facts.end += block.length;
      yield block;
    }
  }
}
