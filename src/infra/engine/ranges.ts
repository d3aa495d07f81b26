import type { ByteRanges } from '../../processing/byte-source.ts';

// not imported: an import reads all that the module exports, and so loads streams, which cost the command some
// milliseconds
const { read, readSync } = process.getBuiltinModule('node:fs');

/** Of a stream of a file: it stays in the processor's cache until it was taken. */
const PIECE_BYTES = 256 * 1024;
/** Up to here a range is read at once: handing it to one of Node's threads takes longer. */
const AT_ONCE_BYTES = 1 << 20;
/** Of bytes in memory: between two pieces progress is reported and the signal is checked. */
const MEMORY_PIECE_BYTES = 1 << 20;

const shorter = () => new Error('The file has become shorter while it was read');
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Ranges of an open file. @param close called when they are disposed of */
export function rangesOfFile(file: number, size: number, close: () => void): ByteRanges {
  const readSome = (into: Buffer, at: number, from: number): number | Promise<number> =>
    into.length <= AT_ONCE_BYTES
      ? readSync(file, into, at, into.length - at, from + at)
      : new Promise((resolve, reject) =>
          read(file, into, at, into.length - at, from + at, (error, bytes) => (error ? reject(error) : resolve(bytes))),
        );
  return {
    size,
    async read(from, length, into) {
      const bytes = into ?? Buffer.allocUnsafeSlow(length);
      for (let at = 0; at < length; ) {
        const got = await readSome(bytes, at, from);
        if (got === 0) throw shorter();
        at += got;
      }
      return bytes;
    },
    async *stream(from, end) {
      const buffer = Buffer.allocUnsafeSlow(Math.max(Math.min(PIECE_BYTES, end - from), 0));
      for (let at = from; at < end; ) {
        const got = readSync(file, buffer, 0, Math.min(buffer.length, end - at), at);
        if (got === 0) throw shorter();
        at += got;
        yield buffer.subarray(0, got);
        await turn(); // Ctrl-C and the progress bar
      }
    },
    async [Symbol.asyncDispose]() {
      close();
    },
  };
}

/** Ranges of bytes that are all in memory. */
export function rangesOfBytes(bytes: Uint8Array): ByteRanges {
  return {
    size: bytes.length,
    // a copy: the caller may change what it is given
    async read(from, length, into) {
      const range = bytes.subarray(from, from + length);
      if (!into) return Buffer.from(range);
      into.set(range);
      return into;
    },
    async *stream(from, end) {
      for (let at = from; at < end; at += MEMORY_PIECE_BYTES)
        yield bytes.subarray(at, Math.min(at + MEMORY_PIECE_BYTES, end));
    },
    async [Symbol.asyncDispose]() {},
  };
}

/**
 * Ranges of a stream: its bytes are written to a temporary file, which has no name and is gone with the process.
 * @param given pieces that were taken from the stream before
 */
export async function rangesOfStream(
  bytes: AsyncIterable<Uint8Array>,
  given: readonly Uint8Array[] = [],
): Promise<ByteRanges> {
  const { SpillFile } = await import('./spill-file.ts');
  const spill = new SpillFile();
  try {
    let size = 0;
    for (const piece of given) {
      spill.write(piece);
      size += piece.length;
    }
    for await (const piece of bytes) {
      spill.write(piece);
      size += piece.length;
    }
    if (size === 0) return rangesOfBytes(new Uint8Array());
    return rangesOfFile(spill.lend().file, size, () => {
      spill.giveBack();
      spill[Symbol.dispose]();
    });
  } catch (error) {
    spill[Symbol.dispose]();
    throw error;
  }
}
