import { DatasetError } from '../errors.ts';
import { KIND_BYTES, refuseForeign } from '../formats/file-kind.ts';
import { HEAD_BYTES } from '../limits.ts';
import { refuseBinary, replaceNuls } from './nul-bytes.ts';
import type { Encoding, TextReading } from './text-reading.ts';
import { firstInvalid, isUtf8, unfinishedBytes } from './utf8.ts';
import { Utf8Check, type WrongBytes } from './utf8-check.ts';
import { Utf16 } from './utf16.ts';

/** The bytes of a file, in order, once. A piece is valid until the next one is asked for. */
export interface ByteSource extends AsyncIterable<Uint8Array> {
  /** Reads what comes after the pieces so far straight to where it is needed, which saves a copy. @returns how many bytes, 0 at the end */
  readInto?(place: Uint8Array): number;
}

/** The bytes of a file as UTF-8 without a byte order mark, or as they are when they turn out to be windows-1252. */
export interface DecodedSource {
  /** In blocks of at most 256 KiB; no block lies across the end of the head. Valid until the next one. */
  chunks: AsyncIterable<Buffer>;
  /**
   * What comes after the chunks so far, read into place.
   * @param beginningsIn counts bytes there that begin a character beyond ASCII
   * @returns how many bytes; 0 when another chunk has to be asked for first
   */
  fill(place: Buffer, beginningsIn?: (bytes: Buffer) => number): number;
  /** From now on the reader looks for NUL bytes itself (nul-bytes.ts), but for those of the first MiB. */
  leaveNuls(): void;
  facts: {
    /** `windows-1252` only when the chunks have ended. */
    encoding: Encoding;
    bom: boolean;
    /** Bytes of the byte order marks: where the text begins. */
    start: number;
    /** Of the file as it came, so far. */
    bytes: number;
    /** Offset in the file of the end of the block handed over last. */
    end: number;
    /** Offset of the first byte that is not UTF-8. */
    invalidAt: number | undefined;
    /** What is not UTF-8, as long as the file may be UTF-8 nearly everywhere. */
    wrong: WrongBytes;
    /** NUL bytes, for which SUBSTITUTE stands in the blocks. */
    nuls: WrongBytes;
    /** UTF-16 had U+0000 or a surrogate without its other half: shown as U+FFFD. */
    replaced: boolean;
  };
}

const BLOCK_BYTES = 256 * 1024;
/** Byte order marks that are skipped: fewer bytes than the first piece has, however the file is cut. */
const MOST_MARKS = 8;

/** How the text of these facts is shown. */
export const readingOf = ({ encoding, nuls }: Pick<DecodedSource['facts'], 'encoding' | 'nuls'>): TextReading => ({
  encoding,
  hasNul: nuls.count > 0,
});

/**
 * Finds the encoding by its byte order mark, checks UTF-8, puts a byte of text in the place of NUL bytes and turns UTF-16 into
 * UTF-8, all on the way.
 * @param strict hand over whole, valid UTF-8 only, and end before the first byte that is not (JSON)
 * @throws DatasetError, from the chunks, for a file that is binary or of another kind
 */
export function decode(source: ByteSource, strict: boolean): DecodedSource {
  let check = new Utf8Check(0);
  const facts: DecodedSource['facts'] = {
    encoding: 'utf-8',
    bom: false,
    start: 0,
    bytes: 0,
    end: 0,
    invalidAt: undefined,
    wrong: check.wrong,
    nuls: { count: 0, first: [] },
    replaced: false,
  };
  let utf16: Utf16 | undefined;
  let rest = 0; // bytes of the source's piece that are still to be handed over
  let readerFindsNuls = false;

  const begin = (bytes: Buffer): Buffer => {
    const { encoding, length } = byteOrderMarks(bytes);
    facts.bom = length > 0;
    facts.encoding = encoding;
    facts.start = facts.end = length;
    if (encoding === 'utf-8') refuseForeign(bytes.subarray(length, KIND_BYTES), strict ? 'json' : 'csv');
    else utf16 = new Utf16(encoding === 'utf-16le');
    check = new Utf8Check(length);
    facts.wrong = check.wrong;
    return bytes.subarray(length);
  };
  const checked = (block: Buffer, beginningsIn?: (bytes: Buffer) => number): Buffer => {
    check.push(block, beginningsIn);
    facts.invalidAt = check.wrong.first[0];
    return block;
  };
  const strictly = new StrictUtf8();
  const nulsOfHead = new HeldNuls(facts);

  function* blocks(bytes: Buffer): Generator<Buffer> {
    for (let from = 0; from < bytes.length; ) {
      const at = facts.end + nulsOfHead.heldBytes;
      const toHead = at < HEAD_BYTES ? HEAD_BYTES - at : BLOCK_BYTES;
      const block = bytes.subarray(from, from + Math.min(BLOCK_BYTES, toHead));
      from += block.length;
      rest = bytes.length - from;
      if (utf16) {
        facts.end += block.length;
        const text = utf16.convert(block);
        facts.replaced = utf16.replaced;
        yield text;
      } else if (strict) {
        const valid = strictly.take(block, facts.end);
        facts.end += block.length;
        facts.invalidAt = strictly.invalidAt;
        yield valid;
        if (facts.invalidAt !== undefined) return;
      } else if (at < HEAD_BYTES) yield* nulsOfHead.pass(checked(block));
      else {
        facts.end += block.length;
        checked(block);
        yield readerFindsNuls || !block.includes(0) ? block : substituted(block, at);
      }
    }
  }
  /** A copy: the block is the source's. */
  const substituted = (block: Buffer, at: number): Buffer => {
    const copy = Buffer.from(block);
    replaceNuls(copy, at, facts.nuls);
    return copy;
  };
  const fill: DecodedSource['fill'] = (place, beginningsIn) => {
    if (strict || utf16 || rest > 0 || !source.readInto || facts.end < HEAD_BYTES || !readerFindsNuls) return 0;
    const count = source.readInto(place);
    facts.bytes += count;
    facts.end += count;
    checked(place.subarray(0, count), beginningsIn);
    return count;
  };
  async function* chunks(): AsyncGenerator<Buffer> {
    let head: Buffer | undefined = Buffer.alloc(0); // at most KIND_BYTES: too few to know what it is
    for await (const chunk of source) {
      facts.bytes += chunk.length;
      let bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      if (head) {
        bytes = Buffer.concat([head, bytes]);
        if (bytes.length < KIND_BYTES) {
          head = bytes;
          continue;
        }
        head = undefined;
        bytes = begin(bytes);
      }
      yield* blocks(bytes);
      if (strict && facts.invalidAt !== undefined) return;
    }
    if (head) yield* blocks(begin(head));
    if (utf16) {
      yield (utf16 as Utf16).end();
      facts.replaced = (utf16 as Utf16).replaced;
    } else if (strict) facts.invalidAt ??= strictly.unfinishedAt;
    else {
      yield* nulsOfHead.end();
      check.end();
      facts.invalidAt = check.wrong.first[0];
      if (!check.isUtf8) facts.encoding = 'windows-1252';
    }
  }
  const leaveNuls = () => {
    readerFindsNuls = true;
  };
  return { chunks: chunks(), fill, leaveNuls, facts };
}

/** Some programs write a mark in front of one that is there. */
function byteOrderMarks(bytes: Buffer): { encoding: 'utf-8' | 'utf-16le' | 'utf-16be'; length: number } {
  for (const [encoding, mark] of [
    ['utf-8', '\xef\xbb\xbf'],
    ['utf-16le', '\xff\xfe'],
    ['utf-16be', '\xfe\xff'],
  ] as const) {
    let length = 0;
    for (let i = 0; i < MOST_MARKS && bytes.toString('latin1', length, length + mark.length) === mark; i++)
      length += mark.length;
    if (length > 0) return { encoding, length };
  }
  return { encoding: 'utf-8', length: 0 };
}

/** Hands over what is valid, up to the first byte that is not. */
class StrictUtf8 {
  invalidAt: number | undefined;
  #carry = Buffer.alloc(0); // the unfinished character at the end of the block before: at most 3 bytes
  #carryAt = 0;

  /** @returns the bytes known to be valid, of the carried ones and the block */
  take(block: Buffer, at: number): Buffer {
    const bytes = this.#carry.length > 0 ? Buffer.concat([this.#carry, block]) : block;
    const begin = at - this.#carry.length;
    let valid = bytes.subarray(0, bytes.length - unfinishedBytes(bytes));
    if (!isUtf8(valid)) {
      const first = firstInvalid(valid);
      this.invalidAt = begin + first;
      valid = valid.subarray(0, first);
    }
    this.#carry = Buffer.from(bytes.subarray(valid.length, valid.length + 3));
    this.#carryAt = begin + valid.length;
    return valid;
  }
  /** After the last byte: where a character begins that has no end. */
  get unfinishedAt(): number | undefined {
    return this.#carry.length > 0 ? this.#carryAt : undefined;
  }
}

/**
 * NUL bytes of the first MiB: from the first one on its bytes are held until it is known whether they are a text.
 * Memory: that MiB.
 */
class HeldNuls {
  readonly #facts: DecodedSource['facts'];
  /** Copies of what was handed over: it is judged too, and lines are counted in it. */
  #before: Buffer[] = [];
  #held: Buffer[] = [];
  heldBytes = 0;

  constructor(facts: DecodedSource['facts']) {
    this.#facts = facts;
  }
  /** @param block that ends in the first MiB */
  *pass(block: Buffer): Generator<Buffer> {
    const nul = this.heldBytes > 0 ? 0 : block.indexOf(0);
    const free = nul < 0 ? block : block.subarray(0, nul);
    this.#before.push(Buffer.from(free));
    this.#facts.end += free.length;
    if (free.length > 0) yield free;
    if (nul >= 0) {
      const held = Buffer.from(block.subarray(nul));
      this.#held.push(held);
      this.heldBytes += held.length;
    }
    if (this.#facts.end + this.heldBytes === HEAD_BYTES) yield* this.end();
  }
  /** The first MiB, or the file, has ended. @throws DatasetError when it is binary */
  *end(): Generator<Buffer> {
    const held = this.#held.splice(0);
    const before = this.#before.splice(0);
    this.heldBytes = 0;
    if (held.length === 0) return;
    refuseBinary(Buffer.concat([Buffer.alloc(this.#facts.start, 0xff), ...before, ...held]));
    for (const block of held) {
      replaceNuls(block, this.#facts.end, this.#facts.nuls);
      this.#facts.end += block.length;
      yield block;
    }
  }
}

/** A file without a single byte is no table. */
export function requireBytes(bytes: number): void {
  if (bytes === 0) throw new DatasetError('The file is empty', { byte: 0 }, 'Upload a file with a header and rows.');
}
