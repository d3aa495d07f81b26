import { createInflateRaw, type InflateRaw, inflateRawSync } from 'node:zlib';
import { DatasetError } from '../errors.ts';
import type { CompressedInput } from './compressed-input.ts';

/** Of unpacked bytes: made in one of Node's threads while those before it are worked on. */
const UNPACKED_PIECE_BYTES = 1 << 20;
/** Pieces that are made ahead. */
const AHEAD = 4;

/** Options of Node's decoders: pieces are given one by one, not joined. @param bytes of a piece */
export const decoderOptions = (
  bytes: number = UNPACKED_PIECE_BYTES,
): { chunkSize: number; readableObjectMode: true; readableHighWaterMark: number } => ({
  chunkSize: bytes,
  readableObjectMode: true,
  readableHighWaterMark: AHEAD,
});

/**
 * Unpacks one stream of raw deflate (RFC 1951) in one of Node's threads, and leaves the input at the first byte behind
 * it. A piece is valid until the next one is asked for. Memory: some pieces, whatever the ratio.
 * @param what is unpacked, for messages: "gzip data"
 * @throws DatasetError, with the byte of the compressed file, when it is damaged or cut off
 */
export async function* inflate(input: CompressedInput, what: string): AsyncGenerator<Buffer> {
  const decoder = createInflateRaw(decoderOptions());
  const start = input.position;
  let failure: unknown;
  decoder.on('error', () => {}); // comes out of the iteration
  const feeding = feed(decoder, input).catch((error) => {
    failure = error;
    decoder.destroy(error as Error);
  });
  try {
    for await (const piece of decoder) {
      yield piece as Buffer;
      free(piece as Buffer);
    }
    await feeding; // the input is behind the last byte then
  } catch (error) {
    if (failure) throw failure;
    const byte = start + decoder.bytesWritten;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR') throw cutOff(what, byte);
    throw code === 'Z_DATA_ERROR' ? damaged(what, byte) : error;
  } finally {
    decoder.destroy();
  }
}

/**
 * Gives the memory of pieces back at once, when the last of them was taken: a decoder takes new memory for each, of
 * which the garbage collection would leave 50 MB.
 */
export function free({ buffer, byteOffset, length }: Buffer): void {
  if (byteOffset + length === buffer.byteLength && length > 0) (buffer as ArrayBuffer).transfer(0);
}

/** Unpacked bytes of a stream that is unpacked at once. */
export const AT_ONCE_BYTES: number = 256 * 1024;
/** Compressed bytes that are gathered for one: those of bgzip have up to 64 KiB. */
export const SMALL_PACKED_BYTES: number = 128 * 1024;
/** As many as a buffer of Node's decoders must have. */
const LEAST_CHUNK_BYTES = 64;

/** Options of Node's decoders for one that unpacks at once. @param expected unpacked bytes that it probably gives */
export const atOnce = (expected: number): { maxOutputLength: number; chunkSize: number } => ({
  maxOutputLength: AT_ONCE_BYTES,
  chunkSize: Math.min(Math.max(expected + (expected >> 2), LEAST_CHUNK_BYTES), AT_ONCE_BYTES),
});

/**
 * Unpacks a stream of raw deflate that ends within these bytes, in this thread: a decoder for each of many small ones
 * takes much longer, and a piece of memory each.
 * @param expected how many unpacked bytes it probably has
 * @returns them and its length; undefined for one that is larger than AT_ONCE_BYTES, damaged or not whole
 */
export function inflateAtOnce(bytes: Uint8Array, expected: number): { text: Buffer; length: number } | undefined {
  try {
    const unpacked = inflateRawSync(bytes, { ...atOnce(expected), info: true });
    const { buffer, engine } = unpacked as unknown as { buffer: Buffer; engine: InflateRaw };
    return { text: buffer, length: engine.bytesWritten };
  } catch {
    return undefined;
  }
}

/** Gives the decoder what it takes, piece by piece: its stream ends by itself. */
async function feed(decoder: InflateRaw, input: CompressedInput): Promise<void> {
  const over = new Promise<'over'>((resolve) => {
    for (const event of ['end', 'close']) decoder.once(event, () => resolve('over'));
  });
  for (;;) {
    const bytes = await input.peek();
    if (!bytes) {
      decoder.end();
      return;
    }
    const before = decoder.bytesWritten;
    const taken = new Promise<void>((resolve) => decoder.write(bytes, () => resolve()));
    const isOver = (await Promise.race([taken, over])) === 'over';
    input.skip(decoder.bytesWritten - before);
    if (isOver) return;
  }
}

export const cutOff = (what: string, byte: number): DatasetError =>
  new DatasetError(`The ${what} is cut off at the end of the compressed file`, { byte }, 'Copy or export it again.');
export const damaged = (what: string, byte: number): DatasetError =>
  new DatasetError(
    `The ${what} is damaged at or behind this byte of the compressed file`,
    { byte },
    'Copy or export it again.',
  );
