import type { TextFacts } from './text-facts.ts';
import { firstInvalid, isUtf8, unfinishedBytes } from './utf8.ts';

/** Hands over what is valid UTF-8, in whole characters, up to the first byte that is not. */
export class StrictUtf8 {
  readonly #facts: TextFacts;
  #carry = Buffer.alloc(0); // the unfinished character at the end of the block before: at most 3 bytes
  #carryAt = 0;

  constructor(facts: TextFacts) {
    this.#facts = facts;
  }
  get next(): number {
    return this.#facts.end;
  }
  *pass(block: Buffer): Generator<Buffer> {
    const facts = this.#facts;
    const bytes = this.#carry.length > 0 ? Buffer.concat([this.#carry, block]) : block;
    const begin = facts.end - this.#carry.length;
    let valid = bytes.subarray(0, bytes.length - unfinishedBytes(bytes));
    if (!isUtf8(valid)) {
      const first = firstInvalid(valid);
      facts.invalidAt = begin + first;
      valid = valid.subarray(0, first);
    }
    this.#carry = Buffer.from(bytes.subarray(valid.length, valid.length + 3));
    this.#carryAt = begin + valid.length;
    facts.end += block.length;
    yield valid;
  }
  /** A character without its end is invalid from its first byte on. */
  end(): Buffer[] {
    if (this.#carry.length > 0) this.#facts.invalidAt ??= this.#carryAt;
    return [];
  }
}
