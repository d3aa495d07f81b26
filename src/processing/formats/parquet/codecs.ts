import { compressors } from 'hyparquet-compressors';

const { brotliDecompressSync, gunzipSync, zstdDecompressSync } = process.getBuiltinModule('node:zlib');

/** Codecs of column chunks that can be read. */
export const CODECS = ['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'BROTLI', 'ZSTD', 'LZ4', 'LZ4_RAW'] as const;
export type Codec = (typeof CODECS)[number];

/** One buffer for all of the output, and a byte more, by which zlib sees that nothing follows. */
const whole = (length: number) => ({ maxOutputLength: length + 1, chunkSize: Math.max(length + 1, LEAST_CHUNK_BYTES) });
/** What zlib demands. */
const LEAST_CHUNK_BYTES = 64;

type Decompress = (bytes: Buffer, length: number) => Uint8Array;
const DECOMPRESS: Record<Codec, Decompress> = {
  UNCOMPRESSED: (bytes) => bytes,
  SNAPPY: (bytes, length) => compressors.SNAPPY!(bytes, length),
  GZIP: (bytes, length) => gunzipSync(bytes, whole(length)),
  BROTLI: (bytes, length) => brotliDecompressSync(bytes, whole(length)),
  ZSTD: (bytes, length) => zstdDecompressSync(bytes, whole(length)),
  LZ4: (bytes, length) => compressors.LZ4!(bytes, length), // of Hadoop, with sizes before the blocks, or without
  LZ4_RAW: (bytes, length) => compressors.LZ4_RAW!(bytes, length),
};

/**
 * @param length bytes of the page when it is decompressed, as its header has it
 * @throws Error when they are not of the codec, or of another length
 */
export function decompress(codec: Codec, bytes: Buffer, length: number): Buffer {
  if (length === 0) return Buffer.alloc(0); // an empty page may have no bytes of the codec at all
  const out = DECOMPRESS[codec](bytes, length);
  if (out.length !== length) throw new Error(`There are ${out.length} bytes instead of ${length}`);
  return Buffer.from(out.buffer, out.byteOffset, out.length);
}
