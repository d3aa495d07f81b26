import { DatasetError } from '../../errors.ts';
import { mebibytes } from '../../limits.ts';
import { csvField } from './csv-field.ts';
import { RichText } from './rich-text.ts';
import { isName, type XmlHandler, XmlScanner } from './xml-scanner.ts';

/** All texts of a workbook that its cells name by number, and eight bytes for each: they are in memory. */
const MOST_BYTES = 128 * 1024 * 1024;
const CHUNK_BYTES = 1 << 20;

/**
 * The texts that cells name by their number, as fields of a CSV. They are read when they are needed: programs number
 * them as they come in the sheet, so the first rows wait for the first of them alone. Memory: at most MOST_BYTES.
 */
export class SharedStrings {
  /** U+0000 or half of a surrogate pair was replaced. */
  hasReplaced = false;
  readonly #chunks: Buffer[] = [];
  #chunk: Buffer = Buffer.alloc(0);
  #have = 0;
  #bytes = 0;
  /** Of each text its chunk, its place there and its length. */
  #places = new Uint32Array(3 * 1024);
  #count = 0;
  readonly #reading: AsyncIterator<void> | undefined;
  /** All of them are here. */
  isWhole: boolean;

  /** @param reading adds them, step by step (`readSharedStrings`); there are none without it */
  constructor(reading?: (into: SharedStrings) => AsyncIterator<void>) {
    this.#reading = reading?.(this);
    this.isWhole = reading === undefined;
  }
  /** So many are here. */
  get count(): number {
    return this.#count;
  }
  /** Reads some more of them, if there are. */
  async more(): Promise<void> {
    if (this.#reading && !this.isWhole) this.isWhole = (await this.#reading.next()).done === true;
  }
  /** No more of them will be needed. */
  async close(): Promise<void> {
    await this.#reading?.return?.();
  }
  add(text: Buffer): void {
    const { length } = text;
    this.#bytes += length + 12;
    if (this.#bytes > MOST_BYTES)
      throw new DatasetError(
        `The different texts of the workbook take more than ${mebibytes(MOST_BYTES)}`,
        {},
        'Save the sheet as CSV.',
      );
    if (this.#have + length > this.#chunk.length) {
      this.#chunk = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, length));
      this.#chunks.push(this.#chunk);
      this.#have = 0;
    }
    if ((this.#count + 1) * 3 > this.#places.length) {
      const larger = new Uint32Array(this.#places.length * 2);
      larger.set(this.#places);
      this.#places = larger;
    }
    text.copy(this.#chunk, this.#have);
    this.#places.set([this.#chunks.length - 1, this.#have, length], this.#count * 3);
    this.#have += length;
    this.#count++;
  }
  /** Gives the bytes of a text, which are not to be changed, and where it is in them. @param index below `count` */
  give(index: number, take: (bytes: Buffer, from: number, to: number) => void): void {
    const from = this.#places[index * 3 + 1]!;
    take(this.#chunks[this.#places[index * 3]!]!, from, from + this.#places[index * 3 + 2]!);
  }
}

/**
 * Reads the part of shared strings, step by step: yields after each piece.
 * @throws DatasetError when it is damaged, or the texts take more than MOST_BYTES
 */
export async function* readSharedStrings(
  pieces: AsyncIterable<Uint8Array>,
  part: string,
  into: SharedStrings,
): AsyncGenerator<void> {
  const scanner = new XmlScanner(part, new Strings(part, into));
  for await (const piece of pieces) {
    scanner.push(piece);
    yield;
  }
  scanner.end();
}

/** `sst > si > t`, `sst > si > r > t`. */
class Strings implements XmlHandler {
  readonly #into: SharedStrings;
  readonly #text: RichText;

  constructor(part: string, into: SharedStrings) {
    this.#into = into;
    this.#text = new RichText(part, 1);
  }
  open(bytes: Buffer, name: number, nameEnd: number, _end: number, depth: number): void {
    if (depth === 1 && isName(bytes, name, nameEnd, 'si')) this.#text.begin();
    else this.#text.open(bytes, name, nameEnd, depth);
  }
  text(bytes: Buffer, from: number, to: number, isCdata: boolean): void {
    this.#text.text(bytes, from, to, isCdata);
  }
  close(depth: number): void {
    if (depth > 1 || !this.#text.isOpen) this.#text.close(depth);
    else {
      this.#into.add(csvField(this.#text.take()));
      this.#into.hasReplaced ||= this.#text.hasReplaced;
    }
  }
}
