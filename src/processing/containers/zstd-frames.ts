import { DatasetError } from '../errors.ts';
import { mebibytes } from '../limits.ts';
import { cutOff, damaged } from './inflate.ts';

/** The largest window of a frame, which the decoder holds in memory: 128 MiB, as of `zstd --long`. */
export const MAX_WINDOW_LOG = 27;
const MAX_WINDOW_BYTES = 2 ** MAX_WINDOW_LOG;

const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50;
export const MAGIC_BYTES = 4;
const BLOCK_HEADER_BYTES = 3;
const CHECKSUM_BYTES = 4;
const RUN = 1;
const RESERVED = 3;

type Part = 'skippable size' | 'skippable' | 'descriptor' | 'header' | 'block header' | 'block' | 'checksum';

/** Finds where the frames of Zstandard (RFC 8878) end, without unpacking them. */
export class ZstdFrames {
  /** Between two frames, before the first and behind the last one. */
  isBetween = true;
  #part: Part = 'block';
  /** Bytes that the part still has, and of a small part those that have come. */
  #left = 0;
  #bytes: number[] = [];
  #hasChecksum = false;
  #isLast = false;

  /**
   * @param magic MAGIC_BYTES or, at the end of the file, fewer @param position their place in the file, for messages
   * @returns whether the frame is skippable: nothing of it is for a decoder
   * @throws DatasetError when no frame begins so, or the file ends within its beginning
   */
  begin(magic: Buffer, position: number): boolean {
    const number = magic.length === MAGIC_BYTES ? magic.readUInt32LE() : 0;
    const isSkippable = ((number ^ SKIPPABLE) & 0xfffffff0) === 0;
    if (number !== MAGIC && !isSkippable)
      throw beginsMagic(magic) ? cutOff('Zstandard data', position + magic.length) : notAFrame(position);
    this.isBetween = false;
    this.#expect(isSkippable ? 'skippable size' : 'descriptor', isSkippable ? 4 : 1);
    return isSkippable;
  }
  /**
   * @param bytes what comes next @param position their place in the file, for messages
   * @returns how many of them are of one frame: it ends there, or goes on behind them
   * @throws DatasetError for a frame that needs what is not there
   */
  take(bytes: Uint8Array, position: number): number {
    for (let at = 0; at < bytes.length; ) {
      const count = Math.min(this.#left, bytes.length - at);
      if (this.#part !== 'block' && this.#part !== 'skippable') this.#bytes.push(...bytes.subarray(at, at + count));
      this.#left -= count;
      at += count;
      while (this.#left === 0 && !this.isBetween) this.#next(position + at);
      if (this.isBetween) return at;
    }
    return bytes.length;
  }
  /** A part is complete. @param end the place behind it */
  #next(end: number): void {
    const bytes = Buffer.from(this.#bytes.splice(0));
    switch (this.#part) {
      case 'skippable size':
        this.#expect('skippable', bytes.readUInt32LE());
        break;
      case 'descriptor': {
        const { header, hasChecksum } = described(bytes[0]!);
        this.#hasChecksum = hasChecksum;
        this.#bytes = [bytes[0]!];
        this.#expect('header', header);
        break;
      }
      case 'header':
        checkHeader(bytes, end - bytes.length);
        this.#expect('block header', BLOCK_HEADER_BYTES);
        break;
      case 'block header': {
        const header = bytes.readUIntLE(0, BLOCK_HEADER_BYTES);
        const type = (header >> 1) & 3;
        if (type === RESERVED) throw damaged('Zstandard data', end - BLOCK_HEADER_BYTES);
        this.#isLast = (header & 1) === 1;
        this.#expect('block', type === RUN ? 1 : header >> 3);
        break;
      }
      case 'block':
        if (!this.#isLast) this.#expect('block header', BLOCK_HEADER_BYTES);
        else if (this.#hasChecksum) this.#expect('checksum', CHECKSUM_BYTES);
        else this.isBetween = true;
        break;
      default: // the last part of a frame
        this.isBetween = true;
    }
  }
  #expect(part: Part, bytes: number): void {
    this.#part = part;
    this.#left = bytes;
  }
}

/** Whether bytes, too few for a magic number, are the beginning of one. */
function beginsMagic(bytes: Buffer): boolean {
  const begins = (magic: number, mask: number) =>
    bytes.every((byte, i) => ((byte ^ (magic >> (8 * i))) & (mask >> (8 * i)) & 0xff) === 0);
  return bytes.length < MAGIC_BYTES && (begins(MAGIC, ~0) || begins(SKIPPABLE, ~0xf));
}

const notAFrame = (byte: number) =>
  new DatasetError(
    byte === 0 ? 'This is not Zstandard data' : 'Something that is not Zstandard follows the Zstandard data',
    { byte },
    'Remove it, or export the file again.',
  );

/** Lengths of a header's fields by its first byte. */
function described(descriptor: number) {
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const window = isSingleSegment ? 0 : 1;
  const dictionary = [0, 1, 2, 4][descriptor & 3]!;
  const size = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6]!;
  return { window, dictionary, size, header: window + dictionary + size, hasChecksum: (descriptor & 4) !== 0 };
}
/** @param bytes from the descriptor on @param byte its place */
function checkHeader(bytes: Buffer, byte: number): void {
  const { window, dictionary, size } = described(bytes[0]!);
  if (dictionary > 0 && bytes.readUIntLE(1 + window, dictionary) !== 0)
    throw new DatasetError('The Zstandard data needs a dictionary', { byte }, 'Compress it without one.');
  let windowBytes = 0;
  if (window > 0) {
    const base = 2 ** (10 + (bytes[1]! >> 3));
    windowBytes = base + (base / 8) * (bytes[1]! & 7);
  } else {
    const at = 1 + dictionary;
    if (size === 8) windowBytes = Number(bytes.readBigUInt64LE(at));
    else windowBytes = bytes.readUIntLE(at, size) + (size === 2 ? 256 : 0);
  }
  if (windowBytes > MAX_WINDOW_BYTES)
    throw new DatasetError(
      `The Zstandard data needs a window of ${Math.ceil(windowBytes / 2 ** 20)} MiB; ` +
        `${mebibytes(MAX_WINDOW_BYTES)} is the most that is read`,
      { byte },
      'Compress it with --long=27 at most.',
    );
}
