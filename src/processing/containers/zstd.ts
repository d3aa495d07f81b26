import { constants, createZstdDecompress, type ZstdDecompress } from 'node:zlib';
import type { CompressedInput } from './compressed-input.ts';
import { cutOff, DECODER_OPTIONS, damaged } from './inflate.ts';
import { MAGIC_BYTES, MAX_WINDOW_LOG, ZstdFrames } from './zstd-frames.ts';

const WHAT = 'Zstandard data';

/**
 * Unpacks Zstandard (RFC 8878), frame by frame: many frames are one text, skippable ones are passed over. Node's
 * decoder gets the bytes of one frame at a time: of several in one piece it gives only the first, and nothing when a
 * skippable one comes first. Memory: the window, 128 MiB at most, and some pieces.
 * @throws DatasetError, with the byte of the compressed file, for what is not Zstandard, damaged or cut off
 */
export async function* unzstd(input: CompressedInput): AsyncGenerator<Buffer> {
  const decoder = createZstdDecompress({
    ...DECODER_OPTIONS,
    params: { [constants.ZSTD_d_windowLogMax]: MAX_WINDOW_LOG },
  });
  let failure: unknown;
  decoder.on('error', () => {}); // comes out of the iteration
  const feeding = feed(decoder, input).catch((error) => {
    failure = error;
    decoder.end(); // what is right before it comes out
  });
  try {
    for await (const piece of decoder) yield piece as Buffer;
    await feeding;
  } catch (error) {
    throw failure ?? (isOfZstd(error) ? damaged(WHAT, input.position) : error);
  } finally {
    decoder.destroy();
  }
  if (failure) throw failure;
}
const isOfZstd = (error: unknown) => /^Z/.test(String((error as NodeJS.ErrnoException).code));

async function feed(decoder: ZstdDecompress, input: CompressedInput): Promise<void> {
  const frames = new ZstdFrames();
  const closed = new Promise<'closed'>((resolve) => decoder.once('close', () => resolve('closed')));
  /** @returns whether it was taken */
  const write = async (bytes: Uint8Array) => {
    const taken = new Promise<void>((resolve) => decoder.write(bytes, () => resolve()));
    return (await Promise.race([taken, closed])) !== 'closed';
  };
  let isSkippable = false;
  for (let bytes = await input.peek(); bytes; bytes = await input.peek()) {
    if (frames.isBetween) {
      const { position } = input;
      const magic = await input.take(MAGIC_BYTES);
      isSkippable = frames.begin(magic, position);
      if (!isSkippable && !(await write(magic))) return;
      continue;
    }
    const count = frames.take(bytes, input.position);
    if (!isSkippable && !(await write(bytes.subarray(0, count)))) return;
    input.skip(count);
  }
  if (!frames.isBetween) throw cutOff(WHAT, input.position);
  decoder.end();
}
