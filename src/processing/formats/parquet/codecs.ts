import { MAGIC_BYTES, ZstdFrames } from '../../containers/zstd-frames.ts';

const { brotliDecompressSync, gunzipSync, zstdDecompressSync } = process.getBuiltinModule('node:zlib');

/** Codecs of column chunks that can be read. */
export const CODECS = ['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'BROTLI', 'ZSTD', 'LZ4', 'LZ4_RAW'] as const;
export type Codec = (typeof CODECS)[number];

/** One buffer for all of the output, and a byte more, by which zlib sees that nothing follows. */
const whole = (length: number) => ({ maxOutputLength: length + 1, chunkSize: Math.max(length + 1, LEAST_CHUNK_BYTES) });
/** What zlib demands. */
const LEAST_CHUNK_BYTES = 64;

/**
 * Those that Node does not have. Imported when a chunk has one: they cost a run some 10 milliseconds, and the columns
 * that the kernel takes as they are stored need them only for LZ4.
 */
let others: typeof import('hyparquet-compressors')['compressors'] | undefined;
const OTHERS: ReadonlySet<Codec> = new Set(['SNAPPY', 'LZ4', 'LZ4_RAW']);

/** Before pages of a codec are decompressed. @returns undefined when nothing is to be waited for */
export function loadCodec(codec: Codec): Promise<void> | undefined {
  if (others || !OTHERS.has(codec)) return undefined;
  return import('hyparquet-compressors').then((module) => {
    others = module.compressors;
  });
}

type Decompress = (bytes: Buffer, length: number) => Uint8Array;
const DECOMPRESS: Record<Codec, Decompress> = {
  UNCOMPRESSED: (bytes) => bytes,
  SNAPPY: (bytes, length) => others!.SNAPPY!(bytes, length),
  GZIP: (bytes, length) => gunzipSync(bytes, whole(length)),
  BROTLI: (bytes, length) => brotliDecompressSync(bytes, whole(length)),
  ZSTD: unzstd,
  LZ4: (bytes, length) => others!.LZ4!(bytes, length), // of Hadoop, with sizes before the blocks, or without
  LZ4_RAW: (bytes, length) => others!.LZ4_RAW!(bytes, length),
};

/** Of a page: there is no writer of more than a few, and each takes some microseconds. */
const MOST_FRAMES = 1_024;
/** Zstandard, of which Node's function gives the first frame, and nothing of what follows a skippable one. */
function unzstd(bytes: Buffer, length: number): Uint8Array {
  const first = zstdDecompressSync(bytes, whole(length));
  if (first.length >= length) return first;
  try {
    const texts: Buffer[] = [];
    let left = length;
    for (const frame of framesOf(bytes)) {
      const text = zstdDecompressSync(frame, whole(left));
      texts.push(text);
      left -= text.length;
    }
    return Buffer.concat(texts);
  } catch {
    return first; // it is too short
  }
}
/** Those that are not skippable. @throws Error when there is something else, or too many */
function framesOf(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  let at = 0;
  for (let count = 0; at < bytes.length; count++) {
    const frame = new ZstdFrames();
    const behindMagic = at + MAGIC_BYTES;
    if (count === MOST_FRAMES) throw new Error('There are too many frames');
    const isSkippable = frame.begin(bytes.subarray(at, behindMagic), at);
    const end = behindMagic + frame.take(bytes.subarray(behindMagic), behindMagic);
    if (!isSkippable) found.push(bytes.subarray(at, end));
    at = end;
  }
  return found;
}

/**
 * Wants `loadCodec` once before.
 * @param length bytes of the page when it is decompressed, as its header has it
 * @throws Error when they are not of the codec, or of another length
 */
export function decompress(codec: Codec, bytes: Buffer, length: number): Buffer {
  if (length === 0) return Buffer.alloc(0); // an empty page may have no bytes of the codec at all
  const out = DECOMPRESS[codec](bytes, length);
  if (out.length !== length) throw new Error(`There are ${out.length} bytes instead of ${length}`);
  return Buffer.from(out.buffer, out.byteOffset, out.length);
}
