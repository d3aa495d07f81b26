import type { WrittenAs } from './written-as.ts';

export const QUOTE = 34;
const SPACE = 32;

/** What a rewriter has written since it was taken. The owner bounds its length: a chunk and a field, doubled. */
export class RewrittenText {
  readonly #as: WrittenAs;
  #bytes: Buffer = Buffer.alloc(0);
  #length = 0;

  constructor(as: WrittenAs) {
    this.#as = as;
  }
  get length(): number {
    return this.#length;
  }
  append(source: Buffer, from: number, to: number): void {
    if (to <= from) return;
    this.#reserve(to - from);
    source.copy(this.#bytes, this.#length, from, to);
    this.#length += to - from;
  }
  appendByte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = byte;
  }
  /** A field's text in quotes. One whose quote does not close has no closing one here either. */
  appendField(source: Buffer, from: number, to: number, isQuoted: boolean): void {
    const { quote, delimiter, escaping } = this.#as;
    const has = (bytes: Buffer, at: number) =>
      bytes.length > 0 &&
      at + bytes.length <= to &&
      source.compare(bytes, 0, bytes.length, at, at + bytes.length) === 0;
    this.#reserve((to - from) * 2 + 2);
    this.#bytes[this.#length++] = QUOTE;
    let at = from;
    let isInside = isQuoted;
    if (isQuoted) {
      while (source[at] === SPACE) at++;
      at += quote.length;
    }
    while (at < to) {
      if (has(escaping, at)) {
        const special = [quote, delimiter, escaping].find((each) => has(each, at + escaping.length));
        if (special) {
          at += escaping.length;
          at = this.#text(source, at, at + special.length);
          continue;
        }
      }
      if (isInside && has(quote, at)) {
        at += quote.length;
        if (has(quote, at)) at = this.#text(source, at, at + quote.length);
        else isInside = false;
      } else at = this.#text(source, at, at + 1);
    }
    if (!isInside) this.#bytes[this.#length++] = QUOTE;
  }
  /** The text so far, which is forgotten here. */
  take(): Buffer {
    const text = this.#bytes.subarray(0, this.#length);
    this.#bytes = Buffer.alloc(0);
    this.#length = 0;
    return text;
  }

  #text(source: Buffer, from: number, to: number): number {
    for (let at = from; at < to; at++) {
      const byte = source[at]!;
      if (byte === QUOTE) this.#bytes[this.#length++] = QUOTE;
      this.#bytes[this.#length++] = byte;
    }
    return to;
  }
  #reserve(bytes: number): void {
    const length = this.#length + bytes;
    if (length <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(length, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
