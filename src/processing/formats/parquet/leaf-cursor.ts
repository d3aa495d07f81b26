import type { ByteRanges } from '../../byte-source.ts';
import type { Turns } from '../../containers/turns.ts';
import { DatasetError } from '../../errors.ts';
import { MAX_RECORD_BYTES, mebibytes } from '../../limits.ts';
import { loadCodec } from './codecs.ts';
import { decodeValues, type Values } from './encodings.ts';
import { decodeLevels } from './levels.ts';
import { type ChunkPlace, damaged, openPage, PageReader, type StoredPage } from './pages.ts';
import type { Leaf } from './schema.ts';
import { type TextOf, textsOf } from './value-text.ts';

/** JSON of values, and how many bytes it has at the least. */
interface Texts {
  of: TextOf;
  bytesOf(index: number): number;
}
/** Bytes of JSON of a value that is not text. */
const SHORT = 8;
/** Of a dictionary: its bytes, and the texts that are made of them. */
const TIMES_IN_MEMORY = 3;
/** Bytes of an entry in memory beside its value: levels, its place and length, or the number of a value. */
const ENTRY_BYTES = 10;

/** Is told the first byte of the page where a text is that is not UTF-8. */
export type OnWrongText = (byte: number) => void;

/** The entries of a leaf in one row group, one after another, page by page. */
export class LeafCursor {
  readonly leaf: Leaf;
  readonly #chunk: ChunkPlace;
  readonly #isNested: boolean;
  readonly #onWrongText: OnWrongText;
  readonly #pages: PageReader;
  #dictionary: Texts | undefined;
  #dictionaryAt = -1;
  #dictionaryBytes = 0;
  /** Of the open page. */
  #byte = 0;
  #pageBytes = 0;
  /** Its bytes and those of the dictionary have been freed. */
  isReleased = false;
  #count = 0;
  #repetition: Uint8Array = new Uint8Array(0);
  #definition: Uint8Array = new Uint8Array(0);
  #texts: Texts | undefined;
  /** The next entry of the page, and the next of its values. */
  #at = 0;
  #value = 0;

  /** @param isNested the leaf is below a list or a struct */
  constructor(
    ranges: ByteRanges,
    chunk: ChunkPlace,
    leaf: Leaf,
    windowBytes: number,
    turns: Turns,
    isNested: boolean,
    onWrongText: OnWrongText,
  ) {
    this.leaf = leaf;
    this.#onWrongText = onWrongText;
    this.#chunk = chunk;
    this.#isNested = isNested;
    this.#pages = new PageReader(ranges, chunk, windowBytes, turns);
  }
  /** Bytes of the chunk that are read. */
  get bytes(): number {
    return this.#pages.at - this.#chunk.begin;
  }
  /** Entries of the open page that have not been taken. */
  get left(): number {
    return this.#count - this.#at;
  }
  /** Levels of the next entry. There is one. */
  get definition(): number {
    return this.#definition[this.#at]!;
  }
  get repetition(): number {
    return this.#repetition[this.#at]!;
  }

  /** Whether entries can be taken without another page, or the one that was released. */
  get isOpen(): boolean {
    return this.left > 0 && !this.isReleased;
  }
  /** Bytes in memory, about: of the file, of the page and of the dictionary. */
  get heldBytes(): number {
    return this.#pages.heldBytes + this.#pageBytes + this.#dictionaryBytes;
  }
  /** Frees them; `open` reads them again. */
  release(): void {
    if (this.isReleased) return;
    this.#pages.release();
    this.#texts = undefined;
    this.#dictionary = undefined;
    this.#repetition = this.#definition = new Uint8Array(0);
    this.isReleased = true;
  }

  /** Opens the next page when there are no entries left. @returns false behind the last entry */
  async open(): Promise<boolean> {
    const loading = loadCodec(this.#chunk.codec);
    if (loading) await loading;
    if (this.isReleased) await this.#openAgain();
    while (this.left === 0) {
      const page = await this.#pages.next();
      if (!page) return false;
      this.#byte = page.at;
      this.#take(page);
      if (page.kind === 'dictionary') continue;
      this.#count = page.count;
      this.#at = 0;
      this.#value = 0;
    }
    return true;
  }
  async #openAgain(): Promise<void> {
    this.isReleased = false;
    if (this.#dictionaryAt >= 0) this.#take(await this.#pages.again(this.#dictionaryAt));
    if (this.left > 0) this.#take(await this.#pages.again(this.#byte));
  }
  /** Decodes a page, or the dictionary. */
  #take(page: StoredPage): void {
    try {
      const { kind, encoding, count, repetition, definition, values } = openPage(page, this.#chunk);
      const { maxDefinition, maxRepetition } = this.#chunk;
      const { stored } = this.leaf.type;
      if (kind === 'dictionary') {
        this.#dictionary = cached(this.#textsOf(decodeValues(values, encoding, stored, count)), count);
        this.#dictionaryAt = page.at;
        this.#dictionaryBytes = TIMES_IN_MEMORY * page.length + count * ENTRY_BYTES;
        return;
      }
      this.#repetition = decodeLevels(repetition, maxRepetition, count);
      this.#definition = decodeLevels(definition, maxDefinition, count);
      const present = countOf(this.#definition, maxDefinition);
      this.#texts = this.#textsOf(decodeValues(values, encoding, stored, present));
      this.#pageBytes = page.length + count * ENTRY_BYTES;
    } catch (error) {
      throw damaged(error, this.#chunk, page.at);
    }
  }
  #textsOf(values: Values): Texts {
    if (values.kind === 'indices') {
      const dictionary = this.#dictionary;
      if (!dictionary) throw new Error('It has no dictionary');
      const indices = values.values;
      return { of: (i) => dictionary.of(indices[i]!), bytesOf: (i) => dictionary.bytesOf(indices[i]!) };
    }
    const byte = this.#byte;
    const lengths = values.kind === 'bytes' ? values.values.length : undefined;
    return {
      of: textsOf(values, this.leaf.type.meaning, this.#isNested, () => this.#onWrongText(byte)),
      bytesOf: lengths ? (i) => lengths[i]! + 2 : () => SHORT,
    };
  }

  /** Passes over rows. @throws DatasetError when there are fewer */
  async skip(rows: number): Promise<void> {
    let left = rows;
    for (;;) {
      if (this.left === 0) {
        if (this.#chunk.maxRepetition === 0) {
          left -= await this.#pages.skip(left); // an entry is a row there
          if (left === 0) return;
        }
        // the last of the rows may go on in the next page
        if (!(await this.open())) break;
      }
      for (; this.left > 0; this.#at++) {
        if (this.repetition === 0 && left-- === 0) return;
        if (this.definition === this.#chunk.maxDefinition) this.#value++;
      }
    }
    if (left > 0) this.endsEarly();
  }

  /**
   * How many of the next entries have not more JSON than `bytes` together, or one, at most `most` and as many as are
   * left in the page.
   * @throws DatasetError for one that no record can hold
   */
  ahead(most: number, bytes: number): number {
    const end = Math.min(most, this.left);
    let sum = 0;
    let value = this.#value;
    for (let i = 0; i < end; i++) {
      const isValue = this.#definition[this.#at + i] === this.#chunk.maxDefinition;
      sum += isValue ? this.#checked(this.#bytesOf(value++)) : SHORT;
      if (sum > bytes) return Math.max(1, i);
    }
    return end;
  }
  #bytesOf(value: number): number {
    return this.#orDamaged(() => this.#texts!.bytesOf(value));
  }
  #checked(bytes: number): number {
    if (bytes > MAX_RECORD_BYTES) this.tooLarge();
    return bytes;
  }
  tooLarge(): never {
    const what = `A record is larger than ${mebibytes(MAX_RECORD_BYTES)}, by its column "${this.leaf.name}"`;
    throw new DatasetError(what, { byte: this.#byte }, 'Leave the column out.');
  }
  /** The JSON of the next entry; undefined where it is no value, whatever that means for its level. Takes it. */
  take(): string | undefined {
    const isValue = this.#definition[this.#at++] === this.#chunk.maxDefinition;
    if (!isValue) return undefined;
    const value = this.#value++;
    return this.#orDamaged(() => this.#texts!.of(value));
  }
  #orDamaged<Result>(read: () => Result): Result {
    try {
      return read();
    } catch (error) {
      throw damaged(error, this.#chunk, this.#byte);
    }
  }
  /** There are fewer entries than the rows need. */
  endsEarly(): never {
    throw damaged(new Error('The column has fewer values than rows'), this.#chunk, this.#pages.at);
  }
}

function countOf(levels: Uint8Array, level: number): number {
  let count = 0;
  for (const one of levels) if (one === level) count++;
  return count;
}

/** Texts of a dictionary, each made once. */
function cached({ of, bytesOf }: Texts, count: number): Texts {
  const texts: string[] = new Array(count);
  return {
    bytesOf,
    of(i) {
      if (i >= count) throw new Error('It names a value that the dictionary does not have');
      texts[i] ??= of(i);
      return texts[i];
    },
  };
}
