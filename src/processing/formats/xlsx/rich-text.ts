import { DatasetError } from '../../errors.ts';
import { MAX_FIELD_BYTES, mebibytes } from '../../limits.ts';
import { damagedPart, isName } from './xml-scanner.ts';
import { decodeXmlText, isPlainText, mayBeEscaped, resolveEscapes } from './xml-text.ts';

/**
 * The text of an element that holds it plain (`t`), or in runs (`r > t`), which are joined. Phonetic readings (`rPh`)
 * are no part of it. Memory: one text of at most MAX_FIELD_BYTES.
 */
export class RichText {
  isOpen = false;
  /** The last text had characters that were replaced. */
  hasReplaced = false;
  readonly #part: string;
  /** Of the element that holds the text. */
  readonly #depth: number;
  #runDepth = 0;
  #isTaken = false;
  #bytes: Buffer = Buffer.allocUnsafeSlow(1024);
  #have = 0;

  /** @param part for messages @param depth of the element that holds it */
  constructor(part: string, depth: number) {
    this.#part = part;
    this.#depth = depth;
  }
  get isEmpty(): boolean {
    return this.#have === 0;
  }
  /** The element of the text begins. */
  begin(): void {
    this.isOpen = true;
    this.#runDepth = 0;
    this.#have = 0;
    this.hasReplaced = false;
  }
  /** The element has no others in it: all its text is taken. */
  takeAll(): void {
    this.begin();
    this.#isTaken = true;
  }
  open(bytes: Buffer, name: number, nameEnd: number, depth: number): void {
    if (!this.isOpen) return;
    const within = depth - this.#depth;
    if (within === 1 && isName(bytes, name, nameEnd, 'r')) this.#runDepth = depth;
    else if (within === 1 || (this.#runDepth > 0 && depth === this.#runDepth + 1))
      this.#isTaken = isName(bytes, name, nameEnd, 't');
  }
  close(depth: number): void {
    this.#isTaken = false;
    if (depth === this.#runDepth) this.#runDepth = 0;
  }
  text(bytes: Buffer, from: number, to: number, isCdata: boolean): void {
    if (!this.#isTaken) return;
    if (isCdata || isPlainText(bytes, from, to)) this.append(bytes, from, to);
    else {
      const unknown = (reference: string) => damagedPart(this.#part, `has the unknown reference ${reference}`);
      const text = Buffer.from(decodeXmlText(bytes.toString('utf8', from, to), isCdata, unknown));
      this.append(text, 0, text.length);
    }
  }
  append(bytes: Buffer, from: number, to: number): void {
    const length = to - from;
    if (this.#have + length > this.#bytes.length) this.#grow(this.#have + length);
    const into = this.#bytes;
    // a call takes longer than some bytes
    if (length > 48) bytes.copy(into, this.#have, from, to);
    else for (let i = 0; i < length; i++) into[this.#have + i] = bytes[from + i]!;
    this.#have += length;
  }
  /** The element of the text has ended, which was taken elsewhere. */
  drop(): void {
    this.isOpen = false;
  }
  /** The element of the text has ended. @returns its text, valid until the next one */
  take(): Buffer {
    this.isOpen = false;
    const bytes = this.#bytes.subarray(0, this.#have);
    if (!mayBeEscaped(bytes, 0, bytes.length)) return bytes;
    const { text, isReplaced } = resolveEscapes(bytes.toString('utf8'));
    this.hasReplaced = isReplaced;
    return Buffer.from(text);
  }

  #grow(length: number): void {
    if (length > MAX_FIELD_BYTES)
      throw new DatasetError(`A text is longer than ${mebibytes(MAX_FIELD_BYTES)}`, {}, 'Save the sheet as CSV.');
    const larger = Buffer.allocUnsafeSlow(Math.max(length, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#have);
    this.#bytes = larger;
  }
}
