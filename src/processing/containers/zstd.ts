import { constants, createZstdDecompress, type ZstdDecompress, zstdDecompressSync } from 'node:zlib';
import type { CompressedInput } from './compressed-input.ts';
import { AT_ONCE_BYTES, atOnce, cutOff, damaged, decoderOptions, free, SMALL_PACKED_BYTES } from './inflate.ts';
import { SmallPieces } from './small-pieces.ts';
import { MAGIC_BYTES, MAX_WINDOW_LOG, ZstdFrames } from './zstd-frames.ts';

const WHAT = 'Zstandard data';
const params = { [constants.ZSTD_d_windowLogMax]: MAX_WINDOW_LOG };

/**
 * Unpacks Zstandard (RFC 8878), frame by frame: many frames are one text, skippable ones are passed over. Node's
 * decoder gets the bytes of one frame: of several in one piece it gives only the first, and nothing when a skippable
 * one comes first. Small frames are unpacked at once. Memory: the window, 128 MiB at most, and some pieces.
 * @throws DatasetError, with the byte of the compressed file, for what is not Zstandard, damaged or cut off
 */
export async function* unzstd(input: CompressedInput): AsyncGenerator<Buffer> {
  const small = new SmallPieces();
  let size = 0; // of the frame before
  try {
    while (await input.peek()) {
      const text = await smallFrame(input, size);
      size = 0;
      if (text) {
        size = text.length;
        if (small.add(text)) yield* small.take();
        continue;
      }
      yield* small.take();
      for await (const piece of largeFrame(input)) {
        size += piece.length;
        yield piece;
      }
    }
  } catch (error) {
    yield* small.take(); // what is right before it
    throw error;
  }
  yield* small.take();
}

/**
 * The text of a frame if it is small and right, or skippable and at hand; else nothing is skipped.
 * @param expected bytes of text: behind a small frame, others are gathered
 */
async function smallFrame(input: CompressedInput, expected: number): Promise<Buffer | undefined> {
  let bytes = (await input.peek())!;
  let frame = wholeFrame(bytes, input.position);
  if (!frame && expected <= AT_ONCE_BYTES && bytes.length < SMALL_PACKED_BYTES) {
    bytes = await input.gather(SMALL_PACKED_BYTES);
    frame = wholeFrame(bytes, input.position);
  }
  if (!frame) return undefined;
  let text: Buffer = Buffer.alloc(0);
  try {
    if (!frame.isSkippable) text = zstdDecompressSync(bytes.subarray(0, frame.length), { ...atOnce(expected), params });
  } catch {
    return undefined;
  }
  input.skip(frame.length);
  return text;
}
function wholeFrame(bytes: Uint8Array, position: number): { length: number; isSkippable: boolean } | undefined {
  if (bytes.length < MAGIC_BYTES) return undefined;
  const frames = new ZstdFrames();
  const isSkippable = frames.begin(Buffer.from(bytes.subarray(0, MAGIC_BYTES)), position);
  const length = MAGIC_BYTES + frames.take(bytes.subarray(MAGIC_BYTES), position + MAGIC_BYTES);
  return frames.isBetween ? { length, isSkippable } : undefined;
}

/** Any frame, in one of Node's threads; a skippable one has no text. */
async function* largeFrame(input: CompressedInput): AsyncGenerator<Buffer> {
  const frames = new ZstdFrames();
  const { position } = input;
  const magic = await input.take(MAGIC_BYTES);
  if (frames.begin(magic, position)) {
    await each(input, frames, () => true);
    return;
  }
  const decoder = createZstdDecompress({ ...decoderOptions(), params });
  let failure: unknown;
  decoder.on('error', () => {}); // comes out of the iteration
  const feeding = feed(decoder, magic, input, frames).catch((error) => {
    failure = error;
    decoder.end(); // what is right before it comes out
  });
  try {
    for await (const piece of decoder) {
      yield piece as Buffer;
      free(piece as Buffer);
    }
    await feeding;
  } catch (error) {
    throw failure ?? (isOfZstd(error) ? damaged(WHAT, input.position) : error);
  } finally {
    decoder.destroy();
  }
  if (failure) throw failure;
}
const isOfZstd = (error: unknown) => /^Z/.test(String((error as NodeJS.ErrnoException).code));

/** Gives the decoder a frame. @param magic its first bytes, which are taken already */
async function feed(decoder: ZstdDecompress, magic: Buffer, input: CompressedInput, frames: ZstdFrames): Promise<void> {
  const closed = new Promise<'closed'>((resolve) => decoder.once('close', () => resolve('closed')));
  const write = async (bytes: Uint8Array) => {
    const taken = new Promise<void>((resolve) => decoder.write(bytes, () => resolve()));
    return (await Promise.race([taken, closed])) !== 'closed';
  };
  if ((await write(magic)) && (await each(input, frames, write))) decoder.end();
}

/**
 * Goes through the rest of a frame piece by piece.
 * @param take returns whether it wants more
 * @returns whether it wanted all
 */
async function each(
  input: CompressedInput,
  frames: ZstdFrames,
  take: (bytes: Uint8Array) => boolean | Promise<boolean>,
): Promise<boolean> {
  while (!frames.isBetween) {
    const bytes = await input.peek();
    if (!bytes) throw cutOff(WHAT, input.position);
    const count = frames.take(bytes, input.position);
    if (!(await take(bytes.subarray(0, count)))) return false;
    input.skip(count);
  }
  return true;
}
