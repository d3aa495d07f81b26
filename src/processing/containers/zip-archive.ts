import { isUtf8 } from 'node:buffer';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import type { ByteRanges } from '../byte-source.ts';
import { DatasetError } from '../errors.ts';
import { CompressedInput } from './compressed-input.ts';
import { AT_ONCE_BYTES, inflate, inflateAtOnce, SMALL_PACKED_BYTES } from './inflate.ts';

/** What is read at once around a header or an entry of the directory: one request to a store for many entries. */
const WINDOW_BYTES = 256 * 1024;
const STORED = 0;
const DEFLATED = 8;
/** Methods that other programs use, as they call them (APPNOTE 4.4.5). */
const METHODS: Record<number, string> = {
  1: 'Shrink',
  6: 'Implode',
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  20: 'Zstandard',
  93: 'Zstandard',
  95: 'xz',
  98: 'PPMd',
  99: 'AES encryption',
};
const AES = 99;

/** A file in a zip archive, as the central directory has it. */
export interface ZipEntry {
  name: string;
  /** Bytes in the archive, and unpacked. */
  compressedSize: number;
  size: number;
  /** A sentence's words on why it cannot be unpacked: "it is encrypted". */
  obstacle: string | undefined;
  raw: yauzl.Entry;
}

/**
 * A zip archive by its central directory, which is at its end: sizes of 0 in local headers, zip64 and data descriptors
 * do no harm. Memory: 256 KiB, and what is being unpacked.
 */
export class ZipArchive {
  readonly #file: yauzl.ZipFile;
  readonly #ranges: ByteRanges;
  readonly #signal: AbortSignal | undefined;

  private constructor(file: yauzl.ZipFile, ranges: ByteRanges, signal: AbortSignal | undefined) {
    this.#file = file;
    this.#ranges = ranges;
    this.#signal = signal;
  }
  /** @param signal ends all reading @throws DatasetError when there is no central directory */
  static async open(ranges: ByteRanges, signal?: AbortSignal): Promise<ZipArchive> {
    const options = { autoClose: false, decodeStrings: false, validateEntrySizes: false };
    try {
      const reader = new RangeReader(ranges, signal);
      return new ZipArchive(await yauzl.fromRandomAccessReaderPromise(reader, ranges.size, options), ranges, signal);
    } catch (error) {
      signal?.throwIfAborted();
      throw unreadable(error, ranges.size);
    }
  }

  /** The entries in the order of the directory, folders too. Once. */
  async *entries(): AsyncGenerator<ZipEntry> {
    const file = this.#file;
    try {
      for await (const raw of file.eachEntry()) yield described(raw);
    } catch (error) {
      this.#signal?.throwIfAborted();
      throw unreadable(error, Number(file.readEntryCursor));
    }
  }

  /**
   * The bytes of an entry, unpacked, in pieces that are valid until the next one is asked for.
   * @param onRead called with the bytes of the archive that were read for it so far
   * @throws DatasetError, with the byte of the archive, when it is damaged, encrypted or of an unknown method
   */
  async *stream(entry: ZipEntry, onRead?: (bytes: number) => void): AsyncGenerator<Uint8Array> {
    const { name, raw, obstacle, compressedSize } = entry;
    const what = `file ${JSON.stringify(name)} in the zip archive`;
    const header = raw.relativeOffsetOfLocalHeader;
    if (obstacle !== undefined)
      throw new DatasetError(`The ${what} cannot be read: ${obstacle}`, {}, 'Unpack it and upload the file itself.');
    const { fileDataStart } = await this.#file.readLocalFileHeaderPromise(raw, { minimal: true }).catch((error) => {
      this.#signal?.throwIfAborted();
      throw unreadable(error, header);
    });
    const bytes = this.#ranges.stream(fileDataStart, fileDataStart + compressedSize);
    const input = new CompressedInput(bytes, fileDataStart, this.#signal);
    let checksum = 0;
    let size = 0;
    try {
      for await (const piece of unpacked(entry, input, what)) {
        checksum = crc32(piece, checksum);
        size += piece.length;
        onRead?.(input.position - fileDataStart);
        yield piece;
      }
    } finally {
      await input.close();
    }
    if (size !== entry.size)
      throw new DatasetError(
        `The ${what} has ${size} bytes unpacked, and ${entry.size} by the archive's directory`,
        { byte: header },
        'Make the archive again.',
      );
    if (checksum !== raw.crc32)
      throw new DatasetError(`The checksum of the ${what} is wrong`, { byte: header }, 'Copy or make it again.');
  }
}

async function* unpacked(
  { compressedSize, size, raw }: ZipEntry,
  input: CompressedInput,
  what: string,
): AsyncGenerator<Uint8Array> {
  if (raw.compressionMethod === STORED) {
    yield* stored(input);
    return;
  }
  if (compressedSize <= SMALL_PACKED_BYTES && size <= AT_ONCE_BYTES) {
    const small = inflateAtOnce(await input.gather(compressedSize), size);
    if (small) {
      input.skip(small.length);
      yield small.text;
      return;
    }
  }
  yield* inflate(input, what);
}

async function* stored(input: CompressedInput): AsyncGenerator<Uint8Array> {
  for (let bytes = await input.peek(); bytes; bytes = await input.peek()) {
    input.skip(bytes.length);
    yield bytes;
  }
}

function described(raw: yauzl.Entry): ZipEntry {
  const { fileNameRaw, compressionMethod: method } = raw;
  // a bit says whether names are UTF-8; some programs write UTF-8 without it
  const name = isUtf8(fileNameRaw)
    ? fileNameRaw.toString('utf8')
    : yauzl.getFileNameLowLevel(raw.generalPurposeBitFlag, fileNameRaw, raw.extraFields, false);
  let obstacle: string | undefined;
  if (raw.isEncrypted() || method === AES) obstacle = 'it is encrypted';
  else if (method !== STORED && method !== DEFLATED)
    obstacle = `it is compressed by the method ${method}${METHODS[method] ? ` (${METHODS[method]})` : ''}`;
  return { name, compressedSize: raw.compressedSize, size: raw.uncompressedSize, obstacle, raw };
}

/** Reads for yauzl, which asks for 46 bytes at a time. */
class RangeReader extends yauzl.RandomAccessReader {
  readonly #ranges: ByteRanges;
  readonly #signal: AbortSignal | undefined;
  #window: Buffer = Buffer.alloc(0);
  #from = 0;

  constructor(ranges: ByteRanges, signal: AbortSignal | undefined) {
    super();
    this.#ranges = ranges;
    this.#signal = signal;
  }
  override read(
    into: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.#read(into, offset, length, position).then(
      () => callback(null),
      (error) => callback(error),
    );
  }
  async #read(into: Buffer, offset: number, length: number, position: number): Promise<void> {
    const { size } = this.#ranges;
    if (position + length > size) throw new Error('unexpected EOF');
    if (position < this.#from || position + length > this.#from + this.#window.length) {
      await new Promise((resolve) => setImmediate(resolve)); // a directory may have millions of entries
      this.#signal?.throwIfAborted();
      this.#window = await this.#ranges.read(position, Math.min(Math.max(length, WINDOW_BYTES), size - position));
      this.#from = position;
    }
    this.#window.copy(into, offset, position - this.#from, position - this.#from + length);
  }
}

function unreadable(error: unknown, byte: number): unknown {
  const { message, code } = error as NodeJS.ErrnoException;
  // of the disk, the store or the signal: nothing is wrong with the file
  if (error instanceof DatasetError || code !== undefined || (error as Error).name !== 'Error') return error;
  if (/^End of central directory/.test(message))
    return new DatasetError(
      'The zip archive has no directory at its end: it is cut off',
      { byte },
      'Copy or download it again.',
    );
  if (/encryption/.test(message))
    return new DatasetError('The zip archive is encrypted', {}, 'Unpack it and upload the file in it.');
  return new DatasetError(`The zip archive is damaged (${message.replace(/\.$/, '')})`, { byte }, 'Make it again.');
}
