import type { ByteSource } from '../byte-source.ts';
import { DatasetError } from '../errors.ts';
import { BLOCK_BYTES, HEAD_BYTES, KIND_BYTES, MAX_BYTE_ORDER_MARKS } from '../limits.ts';
import { DeclaredBlocks, encodingName } from './declared-blocks.ts';
import { LenientUtf8 } from './lenient-utf8.ts';
import { StrictUtf8 } from './strict-utf8.ts';
import type { TextFacts } from './text-facts.ts';
import { ENCODINGS, type Encoding, type TextReading } from './text-reading.ts';
import { requireUtf16, Utf16Blocks } from './utf16.ts';

/** The bytes of a file as UTF-8 without a byte order mark, or as they are when they turn out to be windows-1252. */
export interface DecodedSource {
  /** In blocks of at most 256 KiB; no block lies across the end of the head. Valid until the next one. */
  chunks: AsyncIterable<Buffer>;
  /**
   * What comes after the chunks so far, read into place.
   * @param beginningsIn counts bytes there that begin a character beyond ASCII
   * @returns how many bytes; 0 when another chunk has to be requested first
   */
  fill(place: Buffer, beginningsIn?: (bytes: Buffer) => number): number;
  /** From now on the reader looks for NUL bytes itself (nul-bytes.ts), except those of the first MiB. */
  leaveNuls(): void;
  /** No further chunk is requested: facts of the whole text are those of the chunks so far. */
  stop(): void;
  facts: TextFacts;
}

/** What a format demands of its text. */
export interface TextRules {
  /** What messages call a file of the format: "CSV". */
  label: string;
  /** Hand over valid UTF-8 in whole characters only, and end before the first byte that is not. */
  isStrict: boolean;
  /** A label of the encoding, where a person has named it. */
  encoding?: string | undefined;
  /** @param first KIND_BYTES behind a byte order mark @throws DatasetError for a file of another kind */
  refuseForeign(first: Buffer): void;
}

/**
 * Turns the bytes of one encoding into UTF-8, block by block, and keeps the facts up to date before each block that it
 * yields.
 */
interface BlockDecoder {
  /** Offset in the file of the next byte that it will be given. */
  readonly next: number;
  pass(block: Buffer): Iterable<Buffer>;
  /** After the last byte. */
  end(): Iterable<Buffer>;
}

/** The name of the file's encoding, as reports have it. */
export const encodingOf = ({ encoding, declared }: Pick<TextFacts, 'encoding' | 'declared'>): string =>
  declared ?? encoding;
/** How the text of these facts is shown. */
export const readingOf = ({ encoding, nuls }: Pick<TextFacts, 'encoding' | 'nuls'>): TextReading => ({
  encoding,
  hasNul: nuls.count > 0,
});

/**
 * Finds the encoding by its byte order mark, or takes the one that a person has named, checks UTF-8, replaces NUL bytes
 * and turns other encodings into UTF-8, in one pass.
 * @throws DatasetError, from the chunks, for a file that is binary or of another kind
 */
export function decode(source: ByteSource, rules: TextRules): DecodedSource {
  const decoder = new Decoder(source, rules);
  return {
    chunks: decoder.chunks(),
    fill: (place, beginningsIn) => decoder.fill(place, beginningsIn),
    leaveNuls: () => decoder.leaveNuls(),
    stop: () => decoder.stop(),
    facts: decoder.facts,
  };
}

class Decoder {
  readonly facts: TextFacts = {
    encoding: 'utf-8',
    bom: false,
    start: 0,
    bytes: 0,
    end: 0,
    invalidAt: undefined,
    wrong: { count: 0, first: [] },
    nuls: { count: 0, first: [] },
    replaced: false,
    declared: undefined,
    isConverted: false,
    undecodable: 0,
    countsAll: true,
  };
  readonly #source: ByteSource;
  readonly #rules: TextRules;
  #blocks: BlockDecoder | undefined;
  /** The same, for a file that is read leniently. */
  #lenient: LenientUtf8 | undefined;
  /** Bytes of the source's piece that are still to be handed over. */
  #rest = 0;

  constructor(source: ByteSource, rules: TextRules) {
    this.#source = source;
    this.#rules = rules;
  }
  leaveNuls(): void {
    this.#lenient?.leaveNuls();
  }
  stop(): void {
    this.#lenient?.decide();
  }
  fill(place: Buffer, beginningsIn?: (bytes: Buffer) => number): number {
    const { facts } = this;
    if (!this.#lenient?.leavesNuls || this.#rest > 0 || !this.#source.readInto || facts.end < HEAD_BYTES) return 0;
    const count = this.#source.readInto(place);
    facts.bytes += count;
    facts.end += count;
    this.#lenient.check(place.subarray(0, count), beginningsIn);
    return count;
  }
  async *chunks(): AsyncGenerator<Buffer> {
    let first: Buffer | undefined = Buffer.alloc(0); // at most KIND_BYTES: too few to know what it is
    for await (const chunk of this.#source) {
      this.facts.bytes += chunk.length;
      let bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      if (first) {
        bytes = Buffer.concat([first, bytes]);
        if (bytes.length < KIND_BYTES) {
          first = bytes;
          continue;
        }
        first = undefined;
        bytes = this.#begin(bytes);
      }
      yield* this.#decoded(bytes);
      if (this.#hasEnded) return;
    }
    if (first) yield* this.#decoded(this.#begin(first));
    yield* this.#blocks!.end();
  }
  /** Strict text ends before its first invalid byte. */
  get #hasEnded(): boolean {
    return this.#rules.isStrict && this.facts.invalidAt !== undefined;
  }
  /** @returns the bytes behind the byte order marks */
  #begin(bytes: Buffer): Buffer {
    const { facts } = this;
    const { isStrict, label, refuseForeign, encoding: named } = this.#rules;
    const declared = named === undefined ? undefined : encodingName(named);
    const mark = byteOrderMarks(bytes);
    const hasMark = mark.length > 0 && (declared === undefined || declared === mark.encoding);
    const length = hasMark ? mark.length : 0; // of another encoding it is text like any other
    if (declared?.startsWith('utf-16')) requireUtf16(bytes.subarray(length, KIND_BYTES), declared);
    facts.bom = hasMark;
    facts.declared = declared;
    facts.encoding = declared === undefined ? mark.encoding : readAs(declared, isStrict);
    facts.isConverted = declared !== undefined && facts.encoding !== declared;
    facts.start = facts.end = length;
    if (facts.encoding !== 'utf-16le' && facts.encoding !== 'utf-16be')
      refuseForeign(bytes.subarray(length, KIND_BYTES));
    if (facts.isConverted) this.#blocks = new DeclaredBlocks(facts, declared!);
    else if (facts.encoding.startsWith('utf-16')) this.#blocks = new Utf16Blocks(facts, facts.encoding === 'utf-16le');
    else if (isStrict) this.#blocks = new StrictUtf8(facts);
    else this.#blocks = this.#lenient = new LenientUtf8(facts, label);
    return bytes.subarray(length);
  }
  *#decoded(bytes: Buffer): Generator<Buffer> {
    const blocks = this.#blocks!;
    for (let from = 0; from < bytes.length; ) {
      const toHead = blocks.next < HEAD_BYTES ? HEAD_BYTES - blocks.next : BLOCK_BYTES;
      const block = bytes.subarray(from, from + Math.min(BLOCK_BYTES, toHead));
      from += block.length;
      this.#rest = bytes.length - from;
      yield* blocks.pass(block);
      if (this.#hasEnded) return;
    }
  }
}

/**
 * The encoding that the bytes have which are handed over: windows-1252 and UTF-16 have ways of their own, of which
 * strict text takes none.
 */
function readAs(declared: string, isStrict: boolean): Encoding {
  const isOwn = !isStrict && (ENCODINGS as readonly string[]).includes(declared);
  return isOwn ? (declared as Encoding) : 'utf-8';
}

/** All marks at the beginning: some programs write one more in front of a mark that is there. */
function byteOrderMarks(bytes: Buffer): { encoding: 'utf-8' | 'utf-16le' | 'utf-16be'; length: number } {
  for (const [encoding, mark] of [
    ['utf-8', '\xef\xbb\xbf'],
    ['utf-16le', '\xff\xfe'],
    ['utf-16be', '\xfe\xff'],
  ] as const) {
    let length = 0;
    while (
      length < MAX_BYTE_ORDER_MARKS * mark.length &&
      bytes.toString('latin1', length, length + mark.length) === mark
    )
      length += mark.length;
    if (length > 0) return { encoding, length };
  }
  return { encoding: 'utf-8', length: 0 };
}

/** @throws DatasetError for a file without a single byte */
export function requireBytes(bytes: number): void {
  if (bytes === 0) throw new DatasetError('The file is empty', {}, 'Export it again.');
}
