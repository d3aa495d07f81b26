import { DatasetError } from '../../errors.ts';
import { MAX_FOOTER_BYTES, mebibytes } from '../../limits.ts';

const QUOTE_BYTES = new Set([34, 39]);

/**
 * Holds the last rows of a rewritten CSV back until it is known whether they are the last of the file. Blank lines and
 * rows of empty fields do not count, since they are no rows. Memory: these rows, at most MAX_FOOTER_BYTES.
 */
export class FooterHold {
  readonly #rows: number;
  #held: Buffer = Buffer.alloc(0);
  /** Where the last counted rows begin, from the beginning of what is held; at most one a byte of it. */
  #starts: number[] = [];
  #first = 0;
  #row = 0;
  #width = 1;
  #isFilled = false;
  #isQuoted = false;

  /** @param rows at least 1 */
  constructor(rows: number) {
    this.#rows = rows;
  }
  /** A field has ended, and another one of the row follows. */
  endOfField(): void {
    this.#width++;
  }
  /** The text of a field, which is in the row so far. */
  field(bytes: Buffer, from: number, to: number, isQuoted: boolean): void {
    this.#isQuoted ||= isQuoted;
    for (let at = from; at < to && !this.#isFilled; at++) {
      const byte = bytes[at]!;
      if (byte !== 32 && (byte < 9 || byte > 13) && !(isQuoted && QUOTE_BYTES.has(byte))) this.#isFilled = true;
    }
  }
  endRow(): void {
    const counts = this.#isFilled || (this.#width === 1 && this.#isQuoted);
    if (counts) this.#starts.push(this.#row);
    if (this.#starts.length - this.#first > this.#rows) this.#first++;
    this.#width = 1;
    this.#isFilled = this.#isQuoted = false;
  }
  /** The next row begins. @param at bytes since the last take() */
  beginRow(at: number): void {
    this.#row = this.#held.length + at;
  }
  /** @returns what is before the last rows */
  take(text: Buffer): Buffer {
    const all = Buffer.concat([this.#held, text]);
    const from = Math.min(this.#starts[this.#first] ?? this.#row, all.length);
    if (all.length - from > MAX_FOOTER_BYTES)
      throw new DatasetError(
        `What skip_footer leaves out, with the blank lines in it and behind it, has more than ` +
          mebibytes(MAX_FOOTER_BYTES),
        {},
        'Leave out fewer rows, or remove the blank lines.',
      );
    this.#held = Buffer.from(all.subarray(from));
    this.#starts = this.#starts.slice(this.#first).map((start) => start - from);
    this.#first = 0;
    this.#row -= from;
    return all.subarray(0, from);
  }
  /** @returns all but the last rows */
  end(text: Buffer): Buffer {
    const all = Buffer.concat([this.#held, text]);
    return all.subarray(0, this.#starts[this.#first] ?? all.length);
  }
}
