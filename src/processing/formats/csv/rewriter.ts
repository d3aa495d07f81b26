import { MAX_FIELD_BYTES } from '../../limits.ts';
import { FooterHold } from './footer-hold.ts';
import { QUOTE, RewrittenText } from './rewritten-text.ts';
import type { WrittenAs } from './written-as.ts';

const LF = 10;
const CR = 13;
const SPACE = 32;

const FIELD_START = 0;
const UNQUOTED = 1;
const QUOTED = 2;
/** Behind the closing quote, up to the delimiter. */
const TAIL = 3;
/** In a line that is not read. */
const SKIPPED = 4;

/** Bytes of a field that are held: its text is at least half of them. */
const MOST_HELD = 2 * MAX_FIELD_BYTES + 1_024;

/**
 * A CSV as a person has said that it is written, to what the scanner and the kernel read: quotes are `"` and doubled
 * inside, the delimiter is one byte, and lines that are not read are blank, which are no rows. Line ends stay, so lines
 * have the same numbers; offsets do not. Runs of bytes that stay what they are are copied at once. O(bytes); memory:
 * one chunk, at most MOST_HELD of one field, and what FooterHold holds.
 */
export class CsvRewriter {
  readonly #as: WrittenAs;
  /** Bytes that may end a run of unquoted text, and of quoted text. */
  readonly #stops = new Uint8Array(256);
  readonly #quotedStops = new Uint8Array(256);
  /** Bytes that must be there to decide about one. */
  readonly #ahead: number;
  readonly #footer: FooterHold | undefined;
  readonly #out: RewrittenText;
  /** From the field on that has not ended; the run that is not copied yet begins there or before. */
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;
  #run = 0;
  #field = 0;
  #state = FIELD_START;
  #isRowStart = true;
  /** Of the field so far: it cannot stay as it is; it is quoted. */
  #changes = false;
  #isQuoted = false;

  constructor(as: WrittenAs) {
    const { delimiter, quote, escaping, comment, skipFooter, separator } = as;
    this.#as = as;
    for (const byte of [LF, CR, delimiter[0], escaping[0]]) if (byte !== undefined) this.#stops[byte] = 1;
    if (separator !== delimiter[0]) this.#stops[separator] = 1;
    for (const byte of [quote[0], escaping[0]]) if (byte !== undefined) this.#quotedStops[byte] = 1;
    const longest = Math.max(delimiter.length, quote.length, escaping.length);
    this.#ahead = Math.max(1, 2 * longest, comment.length);
    this.#footer = skipFooter > 0 ? new FooterHold(skipFooter) : undefined;
    this.#out = new RewrittenText(as);
  }
  /** @returns rewritten bytes; they do not depend on how those so far were cut @throws DatasetError */
  push(chunk: Buffer): Buffer {
    this.#bytes = Buffer.concat([this.#bytes, chunk]); // a copy: separators are written into it
    this.#scan(Math.max(this.#at, this.#bytes.length - this.#ahead));
    if (this.#bytes.length - this.#field > MOST_HELD) this.#giveUp();
    this.#out.append(this.#bytes, this.#run, this.#field);
    this.#bytes = Buffer.from(this.#bytes.subarray(this.#field));
    this.#at -= this.#field;
    this.#run = this.#field = 0;
    return this.#footer ? this.#footer.take(this.#out.take()) : this.#out.take();
  }
  /** After the last byte. */
  end(): Buffer {
    const { length } = this.#bytes;
    this.#scan(length);
    if (this.#state === SKIPPED) this.#run = length;
    else if (length > this.#field || !this.#isRowStart) this.#endField(length);
    this.#out.append(this.#bytes, this.#run, length);
    if (!this.#footer) return this.#out.take();
    this.#footer.endRow();
    return this.#footer.end(this.#out.take());
  }

  /** The field is too long, whatever it is: handed on as far as it has come, it is refused with its place. */
  #giveUp(): void {
    this.#out.append(this.#bytes, this.#run, this.#field);
    this.#out.appendField(this.#bytes, this.#field, this.#bytes.length, this.#isQuoted);
    this.#run = this.#field = this.#at = this.#bytes.length;
  }
  #has(bytes: Buffer, at: number): boolean {
    const from = this.#bytes;
    if (bytes.length === 0) return false;
    for (let i = 0; i < bytes.length; i++) if (from[at + i] !== bytes[i]) return false;
    return true;
  }
  #scan(limit: number): void {
    while (this.#at < limit) {
      switch (this.#state) {
        case SKIPPED:
          this.#skipLine(limit);
          break;
        case FIELD_START:
          this.#beginField(limit);
          break;
        case QUOTED:
          this.#readQuoted(limit);
          break;
        default:
          this.#readText(limit);
      }
    }
  }
  /** Up to the line's end, which stays. */
  #skipLine(limit: number): void {
    let at = this.#at;
    this.#out.append(this.#bytes, this.#run, at); // the end of the line before
    while (at < limit && this.#bytes[at] !== LF && this.#bytes[at] !== CR) at++;
    this.#at = this.#run = this.#field = at;
    if (at >= limit) return;
    this.#passLineEnd();
    this.#state = FIELD_START;
  }
  #passLineEnd(): void {
    this.#at += this.#bytes[this.#at] === CR && this.#bytes[this.#at + 1] === LF ? 2 : 1;
    this.#field = this.#at;
    this.#isRowStart = true;
    this.#footer?.beginRow(this.#out.length + this.#at - this.#run);
  }
  #beginField(limit: number): void {
    const { delimiter, quote, comment } = this.#as;
    if (this.#isRowStart && this.#at === this.#field && this.#has(comment, this.#at)) {
      this.#state = SKIPPED;
      return;
    }
    while (this.#at < limit && this.#bytes[this.#at] === SPACE && delimiter[0] !== SPACE) this.#at++;
    if (this.#at >= limit) return;
    this.#changes = this.#isQuoted = false;
    if (this.#has(quote, this.#at)) {
      this.#isQuoted = true;
      this.#changes = quote.length > 1 || quote[0] !== QUOTE;
      this.#at += quote.length;
      this.#state = QUOTED;
      return;
    }
    this.#changes = this.#bytes[this.#at] === QUOTE && !this.#has(delimiter, this.#at);
    this.#state = UNQUOTED;
  }
  #readQuoted(limit: number): void {
    const { quote, escaping } = this.#as;
    let at = this.#at;
    while (at < limit && this.#quotedStops[this.#bytes[at]!] === 0) at++;
    this.#at = at;
    if (at >= limit) return;
    if (this.#isEscape(at)) {
      this.#changes = true;
      this.#at += escaping.length + this.#specialAt(at + escaping.length);
    } else if (!this.#has(quote, at)) this.#at++;
    else if (this.#has(quote, at + quote.length)) this.#at += quote.length * 2;
    else {
      this.#at += quote.length;
      this.#state = TAIL;
    }
  }
  #readText(limit: number): void {
    const { delimiter, escaping, separator } = this.#as;
    let at = this.#at;
    while (at < limit && this.#stops[this.#bytes[at]!] === 0) at++;
    this.#at = at;
    if (at >= limit) return;
    const byte = this.#bytes[at];
    if (this.#isEscape(at)) {
      this.#changes = true;
      this.#at += escaping.length + this.#specialAt(at + escaping.length);
    } else if (byte === LF || byte === CR) {
      this.#endField(at);
      this.#footer?.endRow();
      this.#passLineEnd();
      this.#state = FIELD_START;
    } else if (this.#has(delimiter, at)) {
      this.#endField(at);
      if (delimiter.length === 1) this.#bytes[at] = separator;
      else {
        this.#out.append(this.#bytes, this.#run, at);
        this.#out.appendByte(separator);
        this.#run = at + delimiter.length;
      }
      this.#footer?.endOfField();
      this.#at = this.#field = at + delimiter.length;
      this.#isRowStart = false;
      this.#state = FIELD_START;
    } else {
      if (byte === separator) this.#changes = true;
      this.#at++;
    }
  }
  #isEscape(at: number): boolean {
    const { escaping } = this.#as;
    return this.#has(escaping, at) && this.#specialAt(at + escaping.length) > 0;
  }
  /** Bytes of what an escape may stand before. */
  #specialAt(at: number): number {
    const { delimiter, quote, escaping } = this.#as;
    for (const each of [quote, delimiter, escaping]) if (this.#has(each, at)) return each.length;
    return 0;
  }
  #endField(end: number): void {
    this.#footer?.field(this.#bytes, this.#field, end, this.#isQuoted);
    if (this.#changes) {
      this.#out.append(this.#bytes, this.#run, this.#field);
      this.#out.appendField(this.#bytes, this.#field, end, this.#isQuoted);
      this.#run = end;
    }
    this.#changes = this.#isQuoted = false;
  }
}

/** Bytes as they come out of a rewriter, or as they are without one. @param isWhole they are all there are */
export function* rewritten(
  chunks: readonly Buffer[],
  rewriter: CsvRewriter | undefined,
  isWhole: boolean,
): Generator<Buffer> {
  if (!rewriter) {
    yield* chunks;
    return;
  }
  for (const chunk of chunks) yield rewriter.push(chunk);
  if (isWhole) yield rewriter.end();
}
