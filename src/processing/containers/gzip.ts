import { crc32 } from 'node:zlib';
import { DatasetError } from '../errors.ts';
import type { CompressedInput } from './compressed-input.ts';
import { AT_ONCE_BYTES, cutOff, inflate, inflateAtOnce, SMALL_PACKED_BYTES } from './inflate.ts';
import { SmallPieces } from './small-pieces.ts';

const WHAT = 'gzip data';
const HEADER_BYTES = 10;
const TRAILER_BYTES = 8;
const DEFLATE = 8;
/** Bits of a header's flags (RFC 1952); others are reserved. */
const HAS_CHECKSUM = 2;
const HAS_EXTRA = 4;
const HAS_NAME = 8;
const HAS_COMMENT = 16;
const RESERVED = 0xe0;
/** What tapes and disks fill the last block of a file with. */
const PADDING: ReadonlySet<number> = new Set([0x00, 0xff]);

/**
 * Unpacks gzip (RFC 1952), member by member: bgzip, pigz and appended logs are one text. Padding between and behind
 * members is passed over. Not by Node's own reader of many members, which ends at zeros without an error, and loses
 * what is right in a piece that ends in something else. Behind a small member others are expected to be small, and
 * unpacked at once. Memory: some pieces.
 * @throws DatasetError, with the byte of the compressed file, for what is not gzip, damaged or cut off
 */
export async function* gunzip(input: CompressedInput): AsyncGenerator<Buffer> {
  const small = new SmallPieces();
  let size = Number.POSITIVE_INFINITY; // of the member before
  try {
    for (let members = 0; ; members++) {
      if (members > 0) await skipPadding(input);
      if (members > 0 && !(await input.peek())) break;
      await skipHeader(input, members);
      let checksum = 0;
      const text = size <= AT_ONCE_BYTES ? await smallMember(input, size) : undefined;
      size = 0;
      if (text) {
        checksum = crc32(text);
        size = text.length;
        if (small.add(text)) yield* small.take();
      } else {
        yield* small.take();
        for await (const piece of inflate(input, WHAT)) {
          checksum = crc32(piece, checksum);
          size += piece.length;
          yield piece;
        }
      }
      await checkTrailer(input, checksum, size);
    }
  } catch (error) {
    yield* small.take(); // what is right before it
    throw error;
  }
  yield* small.take();
}

/** The text of a member if it is small and right, else nothing is skipped. @param expected bytes of text */
async function smallMember(input: CompressedInput, expected: number): Promise<Buffer | undefined> {
  const atHand = await input.peek();
  let unpacked = atHand && inflateAtOnce(atHand, expected);
  if (atHand && !unpacked && atHand.length < SMALL_PACKED_BYTES)
    unpacked = inflateAtOnce(await input.gather(SMALL_PACKED_BYTES), expected);
  if (unpacked) input.skip(unpacked.length);
  return unpacked?.text;
}

async function checkTrailer(input: CompressedInput, checksum: number, size: number): Promise<void> {
  const byte = input.position;
  const trailer = await input.take(TRAILER_BYTES);
  if (trailer.length < TRAILER_BYTES) throw cutOff(WHAT, input.position);
  if (trailer.readUInt32LE(0) !== checksum || trailer.readUInt32LE(4) !== size % 2 ** 32)
    throw new DatasetError(
      'The checksum in the gzip data, at this byte of the compressed file, is wrong',
      { byte },
      'Copy or export it again.',
    );
}

async function skipPadding(input: CompressedInput): Promise<void> {
  for (let bytes = await input.peek(); bytes; bytes = await input.peek()) {
    const end = bytes.findIndex((byte) => !PADDING.has(byte));
    input.skip(end < 0 ? bytes.length : end);
    if (end >= 0) return;
  }
}

async function skipHeader(input: CompressedInput, members: number): Promise<void> {
  const byte = input.position;
  const header = await input.take(HEADER_BYTES);
  if (header[0] !== 0x1f || (header.length > 1 && header[1] !== 0x8b))
    throw new DatasetError(
      members === 0 ? 'This is not gzip data' : 'Something that is not gzip follows the gzip data',
      { byte },
      'Remove it, or export the file again.',
    );
  if (header.length < HEADER_BYTES) throw cutOff(WHAT, input.position);
  const [, , method, flags = 0] = header;
  if (method !== DEFLATE || (flags & RESERVED) !== 0)
    throw new DatasetError('The header of the gzip data is damaged', { byte }, 'Copy or export it again.');
  if (flags & HAS_EXTRA) {
    const length = await input.take(2);
    if (length.length === 2) await input.take(length.readUInt16LE());
  }
  if (flags & HAS_NAME) await skipText(input);
  if (flags & HAS_COMMENT) await skipText(input);
  if (flags & HAS_CHECKSUM) await input.take(2);
}

/** Up to a zero byte. */
async function skipText(input: CompressedInput): Promise<void> {
  for (let bytes = await input.peek(); bytes; bytes = await input.peek()) {
    const zero = bytes.indexOf(0);
    input.skip(zero < 0 ? bytes.length : zero + 1);
    if (zero >= 0) return;
  }
}
