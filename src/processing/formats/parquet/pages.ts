// The pages of a column chunk: what stands between the footer and the values. Both ways of reading use them: values
// one by one (leaf-cursor.ts), and typed columns for the kernel.

import type { ByteRanges } from '../../byte-source.ts';
import type { Turns } from '../../containers/turns.ts';
import { DatasetError } from '../../errors.ts';
import { mebibytes } from '../../limits.ts';
import { type Codec, decompress } from './codecs.ts';
import { bitsOf, hasLevels, type Levels } from './levels.ts';
import { EndOfBytes, type Fields, ThriftReader } from './thrift.ts';

const { crc32 } = process.getBuiltinModule('node:zlib');

/** Encodings by their number in the format; those without a number here are none. */
const ENCODINGS = [
  'PLAIN',
  undefined,
  'PLAIN_DICTIONARY',
  'RLE',
  'BIT_PACKED',
  'DELTA_BINARY_PACKED',
  'DELTA_LENGTH_BYTE_ARRAY',
  'DELTA_BYTE_ARRAY',
  'RLE_DICTIONARY',
  'BYTE_STREAM_SPLIT',
] as const;
export type Encoding = NonNullable<(typeof ENCODINGS)[number]>;

const DATA_PAGE = 0;
const DICTIONARY_PAGE = 2;
const DATA_PAGE_V2 = 3;

/** Bytes of a page, compressed or not, that is in memory as a whole. */
const MAX_PAGE_BYTES = 256 * 1024 * 1024;
/** Values of a page, nulls among them: their levels are in memory. */
const MAX_PAGE_ENTRIES = 64 * 1024 * 1024;
/** Bytes of a page's header: the least and the greatest value of the page may be in it. */
const MAX_HEADER_BYTES = 16 * 1024 * 1024;
const FIRST_HEADER_BYTES = 4 * 1024;
/** Values of it; the format has some thirty. */
const MAX_HEADER_VALUES = 1_000;

/** Where the pages of a column are in a row group, and what is needed to read them. */
export interface ChunkPlace {
  /** The first byte, of the dictionary page where there is one, and the byte behind the last. */
  begin: number;
  end: number;
  codec: Codec;
  /** Of its pages, as the footer has them. */
  encodings: readonly string[];
  /** Which share of its data pages have numbers of its dictionary: not all where it became too large. */
  dictionaryShare: number;
  /** Entries of all data pages: values, nulls and empty lists. */
  entries: number;
  /** Name of the column, for failures. */
  name: string;
  /** The greatest levels of the leaf: 0 and 0 for a required column. */
  maxDefinition: number;
  maxRepetition: number;
  /** The schema does not say whether it has nulls: a page with levels all the same is refused. */
  isUnstated: boolean;
}

/** A page as it stands in the file, still compressed. */
export interface StoredPage {
  kind: 'dictionary' | 'data';
  /** Its first byte in the file, and the byte behind it. */
  at: number;
  end: number;
  version: 1 | 2;
  encoding: Encoding;
  /** Entries of levels: values, nulls and empty lists; of a dictionary its values. */
  count: number;
  /**
   * What stands in the file: in version 2 the levels, which are never compressed, and the values. Undefined of a page
   * that is left there (`leftBytes`), from `bodyAt` on, up to `end`.
   */
  body: Buffer;
  isLeft: boolean;
  bodyAt: number;
  /** CRC-32 of the body of a page that is left. */
  checksum: number | undefined;
  /** Bytes of the levels at the beginning of the body; version 2 only. */
  repetitionBytes: number;
  definitionBytes: number;
  levelEncodings: { definition: Encoding; repetition: Encoding };
  isCompressed: boolean;
  /** Bytes of all that when it is decompressed. */
  length: number;
}

/** A page whose values can be decoded: `decodeLevels` (levels.ts), `decodeValues` (encodings.ts). */
export interface OpenPage {
  kind: 'dictionary' | 'data';
  encoding: Encoding;
  /** Entries: as many as there are levels; of a dictionary its values. */
  count: number;
  /** Undefined where the greatest level is 0. */
  repetition: Levels | undefined;
  definition: Levels | undefined;
  /** The encoded values, of entries whose definition level is the greatest. */
  values: Buffer;
}

/** Memory that one reader of pages after another reads into. It grows as a page needs it. */
export class PageMemory {
  readonly #extend: (length: number) => Buffer;
  #bytes: Buffer = Buffer.alloc(0);

  /** @param extend gives memory of this length that begins with what the one before has */
  constructor(extend: (length: number) => Buffer) {
    this.#extend = extend;
  }
  /** @returns this many bytes, with `kept`, which is of this memory, at their beginning */
  keep(kept: Buffer, length: number): Buffer {
    const from = kept.length > 0 ? kept.byteOffset - this.#bytes.byteOffset : 0;
    if (this.#bytes.length < length) this.#bytes = this.#extend(length);
    this.#bytes.copyWithin(0, from, from + kept.length);
    return this.#bytes.subarray(0, length);
  }
}

/**
 * Reads the pages of a chunk one after another: the dictionary page first, where there is one, then data pages until
 * all entries have come. There may be any number of pages without entries, and a local file is read without waiting:
 * the event loop has its turns here. Memory: one page and a window of bytes.
 */
export class PageReader {
  readonly #ranges: ByteRanges;
  readonly #chunk: ChunkPlace;
  readonly #windowBytes: number;
  readonly #turns: Turns;
  readonly #memory: PageMemory | undefined;
  readonly #leftBytes: number;
  /** Bytes of the file from #from on. */
  #window: Buffer = Buffer.alloc(0);
  #from: number;
  #entries = 0;
  #hasDictionary = false;
  /** The next byte of the file to be read as a page: what lies before is done. */
  at: number;

  /**
   * @param windowBytes how much is read from the source at once, at least
   * @param memory a page is valid until the next one is read into it; without any, for as long as somebody keeps it
   * @param leftBytes data pages of plain values that have more are left in the file, and their checksum is not tested
   */
  constructor(
    ranges: ByteRanges,
    chunk: ChunkPlace,
    windowBytes: number,
    turns: Turns,
    memory?: PageMemory,
    leftBytes: number = Number.POSITIVE_INFINITY,
  ) {
    this.#turns = turns;
    this.#memory = memory;
    this.#leftBytes = leftBytes;
    this.#ranges = ranges;
    this.#chunk = chunk;
    this.#windowBytes = windowBytes;
    this.#from = chunk.begin;
    this.at = chunk.begin;
  }

  /** Bytes of the file that are held. */
  get heldBytes(): number {
    return this.#window.length;
  }
  /** Frees these bytes. */
  release(): void {
    this.#window = Buffer.alloc(0);
    this.#from = this.at;
  }
  /**
   * @returns undefined behind the last entry
   * @throws DatasetError with the byte; the signal's reason
   */
  async next(): Promise<StoredPage | undefined> {
    for (;;) {
      if (this.#entries >= this.#chunk.entries) return undefined;
      if (this.#turns.isDue) await this.#turns.take();
      const at = this.at;
      const page = await this.#read();
      if (!page) continue;
      if (page.kind === 'data') {
        this.#entries += page.count;
        if (this.#entries > this.#chunk.entries) this.#fail('The pages have more values than the column', at);
        if (page.count === 0) continue; // nobody needs its bytes, however many they unfold to
      } else {
        if (this.#hasDictionary) this.#failOfDictionaries(at);
        this.#hasDictionary = true;
      }
      return page;
    }
  }
  /**
   * Passes over whole data pages, without looking at what is in them.
   * @param entries at most so many of them
   * @returns how many entries were passed over
   */
  async skip(entries: number): Promise<number> {
    let passed = 0;
    while (passed < entries && this.#entries < this.#chunk.entries) {
      if (this.#turns.isDue) await this.#turns.take();
      const { fields, length } = await this.#header();
      const head = fields[1] === DATA_PAGE ? fields[5] : fields[1] === DATA_PAGE_V2 ? fields[8] : undefined;
      const count = typeof head === 'object' ? number(head as Fields, 1) : -1;
      const stored = number(fields, 3);
      if (count < 0 || stored < 0 || count > entries - passed) break;
      this.at += length + stored;
      this.#entries += count;
      passed += count;
    }
    return passed;
  }
  /** Reads a page that was read before. @param at its first byte */
  async again(at: number): Promise<StoredPage> {
    const behind = this.at;
    this.at = at;
    const page = await this.#read();
    this.at = behind;
    return page!;
  }
  /** @returns undefined for a page of another kind */
  async #read(): Promise<StoredPage | undefined> {
    const { at } = this;
    const { fields, length: headerBytes } = await this.#header();
    const stored = number(fields, 3);
    const length = number(fields, 2);
    if (stored < 0 || length < 0) this.#fail('A page has no length', at);
    const isLeft = Math.max(stored, length) > this.#leftBytes && hasPlainValues(fields);
    if (!isLeft && Math.max(stored, length) > MAX_PAGE_BYTES)
      throw new DatasetError(
        `A page of the column "${this.#chunk.name}" is larger than ${mebibytes(MAX_PAGE_BYTES)}`,
        { byte: at },
        'Write the file with smaller pages.',
      );
    const bodyAt = at + headerBytes;
    const end = bodyAt + stored;
    if (end > this.#ranges.size) this.#fail('The file ends in the middle of a page', bodyAt);
    const body = isLeft ? Buffer.alloc(0) : await this.#bytes(bodyAt, stored);
    this.at = end;
    const crc = fields[4];
    const checksum = typeof crc === 'number' ? crc >>> 0 : undefined;
    if (!isLeft && checksum !== undefined && crc32(body) !== checksum)
      this.#fail('The checksum of a page is wrong', at);
    return this.#page(fields, { at, end, body, bodyAt, isLeft, checksum, length });
  }
  #page(
    fields: Fields,
    place: Pick<StoredPage, 'at' | 'end' | 'body' | 'bodyAt' | 'isLeft' | 'checksum' | 'length'>,
  ): StoredPage | undefined {
    const type = fields[1];
    const { at } = place;
    const shared = { ...place, repetitionBytes: 0, definitionBytes: 0, isCompressed: true };
    const head = (type === DATA_PAGE ? fields[5] : type === DICTIONARY_PAGE ? fields[7] : fields[8]) as Fields;
    if (type !== DATA_PAGE && type !== DICTIONARY_PAGE && type !== DATA_PAGE_V2) return undefined; // an index
    if (typeof head !== 'object') this.#fail('A page has no header', at);
    const count = number(head, 1);
    if (count < 0) this.#fail('A page has a wrong number of values', at);
    if (count > MAX_PAGE_ENTRIES)
      throw new DatasetError(
        `A page of the column "${this.#chunk.name}" has more than ${MAX_PAGE_ENTRIES.toLocaleString('en')} values`,
        { byte: at },
        'Write the file with smaller pages.',
      );
    const encoding = (id: number) => this.#encoding(head[id], at);
    if (type === DICTIONARY_PAGE)
      return { ...shared, kind: 'dictionary', version: 1, count, encoding: 'PLAIN', levelEncodings: RLE_LEVELS };
    if (type === DATA_PAGE) {
      const levelEncodings = { definition: encoding(3), repetition: encoding(4) };
      return { ...shared, kind: 'data', version: 1, count, encoding: encoding(2), levelEncodings };
    }
    const definitionBytes = number(head, 5);
    const repetitionBytes = number(head, 6);
    if (Math.min(definitionBytes, repetitionBytes) < 0 || definitionBytes + repetitionBytes > place.end - place.bodyAt)
      this.#fail('The levels of a page are longer than the page', at);
    return {
      ...shared,
      kind: 'data',
      version: 2,
      count,
      encoding: encoding(4),
      levelEncodings: RLE_LEVELS,
      repetitionBytes,
      definitionBytes,
      isCompressed: head[7] !== false,
    };
  }
  #encoding(value: Fields[number], at: number): Encoding {
    if (typeof value !== 'number') this.#fail('A page has no encoding', at);
    const encoding = ENCODINGS[value];
    if (encoding === undefined)
      throw new DatasetError(
        `The column "${this.#chunk.name}" has an unknown encoding (${value})`,
        { byte: at },
        'Write the file with another encoding.',
      );
    return encoding;
  }
  async #header(): Promise<{ fields: Fields; length: number }> {
    for (let want = FIRST_HEADER_BYTES; ; want *= 8) {
      const most = this.#ranges.size - this.at;
      const bytes = await this.#bytes(this.at, Math.min(want, most));
      try {
        const reader = new ThriftReader(bytes, MAX_HEADER_VALUES);
        const fields = reader.struct();
        return { fields, length: reader.at };
      } catch (error) {
        if (error instanceof EndOfBytes && want < most && want < MAX_HEADER_BYTES) continue;
        this.#fail('A page has no header', this.at);
      }
    }
  }
  /** Bytes of the file, from the window where they are in it. */
  async #bytes(at: number, length: number): Promise<Buffer> {
    const { size } = this.#ranges;
    if (at + length > size) this.#fail('The file ends in the middle of a page', at);
    const behind = this.#from + this.#window.length;
    if (at < this.#from || at + length > behind) {
      const kept = at >= this.#from && at < behind ? this.#window.subarray(at - this.#from) : Buffer.alloc(0);
      const from = at + kept.length;
      const end = Math.min(size, Math.max(at + length, Math.min(this.#chunk.end, from + this.#windowBytes)));
      const { length: keptBytes } = kept; // of the window, which is written over
      const all = this.#memory?.keep(kept, keptBytes + end - from);
      const read = await this.#ranges.read(from, end - from, all?.subarray(keptBytes));
      if (all && read.buffer !== all.buffer) all.set(read, keptBytes);
      this.#window = all ?? (keptBytes > 0 ? Buffer.concat([kept, read]) : read);
      this.#from = at;
    }
    return this.#window.subarray(at - this.#from, at - this.#from + length);
  }
  /** The format allows one, and other readers refuse more, too. */
  #failOfDictionaries(byte: number): never {
    throw new DatasetError(
      `The column "${this.#chunk.name}" has more than one dictionary page in a row group`,
      { byte },
      'The format allows one: write the file again.',
    );
  }
  #fail(what: string, byte: number): never {
    throw new DatasetError(what, { column: this.#chunk.name, byte }, DAMAGED);
  }
}

function hasPlainValues(fields: Fields): boolean {
  const head = fields[1] === DATA_PAGE ? fields[5] : fields[1] === DATA_PAGE_V2 ? fields[8] : undefined;
  if (typeof head !== 'object') return false;
  return (head as Fields)[fields[1] === DATA_PAGE ? 2 : 4] === ENCODINGS.indexOf('PLAIN');
}

const RLE_LEVELS = { definition: 'RLE', repetition: 'RLE' } as const;
const DAMAGED = 'The file is damaged or was cut: write or upload it again.';

const number = (fields: Fields, id: number): number => {
  const value = fields[id];
  return typeof value === 'number' ? value : -1;
};

/** Decompresses a page and finds its levels. @throws DatasetError with the byte */
export function openPage(page: StoredPage, chunk: ChunkPlace): OpenPage {
  try {
    return page.version === 2 ? openVersion2(page, chunk) : openVersion1(page, chunk);
  } catch (error) {
    throw damaged(error, chunk, page.at);
  }
}

/** The failure for bytes of a page that are not what its header says. */
export function damaged(error: unknown, chunk: ChunkPlace, byte: number): unknown {
  if (error instanceof DatasetError || !(error instanceof Error)) return error;
  const what = `A page cannot be read: ${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`;
  return new DatasetError(what, { column: chunk.name, byte }, DAMAGED);
}

function openVersion1(
  { kind, encoding, count, body, length, levelEncodings }: StoredPage,
  chunk: ChunkPlace,
): OpenPage {
  let rest = decompress(chunk.codec, body, length);
  if (kind === 'dictionary')
    return { kind, encoding, count, repetition: undefined, definition: undefined, values: rest };
  if (chunk.isUnstated && hasLevels(rest, count))
    throw new DatasetError(
      `The file does not say whether its column "${chunk.name}" has nulls`,
      {},
      'Write it again, by fastparquet with has_nulls=True.',
    );
  const levels = (max: number, encoding: Encoding): Levels | undefined => {
    if (max === 0) return undefined;
    const isPacked = encoding === 'BIT_PACKED';
    const bytes = isPacked ? Math.ceil((count * bitsOf(max)) / 8) : rest.readUInt32LE(0);
    const begin = isPacked ? 0 : 4;
    if (begin + bytes > rest.length) throw new Error('The levels are longer than the page');
    const levels = rest.subarray(begin, begin + bytes);
    rest = rest.subarray(begin + bytes);
    return { max, encoding: isPacked ? 'BIT_PACKED' : 'RLE', bytes: levels };
  };
  const repetition = levels(chunk.maxRepetition, levelEncodings.repetition);
  const definition = levels(chunk.maxDefinition, levelEncodings.definition);
  return { kind, encoding, count, repetition, definition, values: rest };
}

function openVersion2(page: StoredPage, chunk: ChunkPlace): OpenPage {
  const { kind, encoding, count, body, length, repetitionBytes, definitionBytes, isCompressed } = page;
  const levelBytes = repetitionBytes + definitionBytes;
  const levels = (max: number, from: number, to: number): Levels | undefined =>
    max === 0 ? undefined : { max, encoding: 'RLE', bytes: body.subarray(from, to) };
  const stored = body.subarray(levelBytes);
  return {
    kind,
    encoding,
    count,
    repetition: levels(chunk.maxRepetition, 0, repetitionBytes),
    definition: levels(chunk.maxDefinition, repetitionBytes, levelBytes),
    values: isCompressed ? decompress(chunk.codec, stored, Math.max(0, length - levelBytes)) : stored,
  };
}
