import type { ByteRanges } from '../../byte-source.ts';
import { DatasetError } from '../../errors.ts';
import { MAX_RECORD_BYTES, mebibytes } from '../../limits.ts';
import { decodeValues, type Values } from './encodings.ts';
import { decodeLevels } from './levels.ts';
import { type ChunkPlace, damaged, openPage, PageReader } from './pages.ts';
import type { Leaf } from './schema.ts';
import { type TextOf, textsOf } from './value-text.ts';

/** JSON of values, and how many bytes it has at the least. */
interface Texts {
  of: TextOf;
  bytesOf(index: number): number;
}
/** Bytes of JSON of a value that is not text. */
const SHORT = 8;

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
  /** Of the open page. */
  #byte = 0;
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
    isNested: boolean,
    onWrongText: OnWrongText,
  ) {
    this.leaf = leaf;
    this.#onWrongText = onWrongText;
    this.#chunk = chunk;
    this.#isNested = isNested;
    this.#pages = new PageReader(ranges, chunk, windowBytes);
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

  /** Opens the next page when there are no entries left. @returns false behind the last entry */
  async open(): Promise<boolean> {
    while (this.left === 0) {
      const page = await this.#pages.next();
      if (!page) return false;
      this.#byte = page.at;
      try {
        const { kind, encoding, count, repetition, definition, values } = openPage(page, this.#chunk);
        const { maxDefinition, maxRepetition } = this.#chunk;
        if (kind === 'dictionary') {
          this.#dictionary = cached(this.#textsOf(decodeValues(values, encoding, this.leaf.type.stored, count)), count);
          continue;
        }
        this.#repetition = decodeLevels(repetition, maxRepetition, count);
        this.#definition = decodeLevels(definition, maxDefinition, count);
        const present = countOf(this.#definition, maxDefinition);
        this.#texts = this.#textsOf(decodeValues(values, encoding, this.leaf.type.stored, present));
        this.#count = count;
        this.#at = 0;
        this.#value = 0;
      } catch (error) {
        throw damaged(error, this.#chunk, page.at);
      }
    }
    return true;
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
