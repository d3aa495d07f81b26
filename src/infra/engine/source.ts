import type { ByteSource } from '../../processing/byte-source.ts';
import { rangesOfBytes, rangesOfFile, rangesOfStream } from './ranges.ts';

// not imported: an import reads all that the module exports, and so loads streams, which cost the command some
// milliseconds
const { closeSync, createReadStream, fstatSync, openSync, readSync, statSync } = process.getBuiltinModule('node:fs');

/** Of a file: it stays in the processor's cache until it was taken. */
const PIECE_BYTES = 256 * 1024;
const SAMPLE_BYTES = 8 * 1024;
/** Of a named pipe: each piece costs a turn of the event loop. */
const PIPE_BYTES = 1 << 20;

/** The file does not exist or may not be read: a sentence with its name. `cause` has the system's `code`. */
export class UnreadableError extends Error {}

/** Bytes to be profiled, and what is known of them before they are read. */
export interface Source {
  bytes: ByteSource;
  /** Unknown for a pipe. */
  size: number | undefined;
  /** Some kilobytes of the middle; nothing for a pipe. */
  sample(): Uint8Array;
}

const REASONS: Record<string, string> = {
  ENOENT: 'There is no such file',
  ENOTDIR: 'There is no such file',
  EACCES: 'Permission denied',
  EPERM: 'Permission denied',
};

/**
 * The bytes of a file, or of standard input for `-`.
 * @param signal ends the waiting for bytes that do not come
 * @throws UnreadableError when it cannot be opened
 */
export function openSource(file: string, signal: AbortSignal): Source {
  try {
    if (file === '-') return openStandardInput(signal);
    const facts = statSync(file);
    if (facts.isDirectory()) throw new UnreadableError(`This is a folder, not a file: ${file}`);
    // a named pipe: to open it waits for a writer
    if (!facts.isFile()) return sourceOfStream(createReadStream(file, { signal, highWaterMark: PIPE_BYTES }));
    return regular(openSync(file, 'r'), facts.size);
  } catch (error) {
    const reason = REASONS[(error as NodeJS.ErrnoException).code ?? ''];
    if (!reason) throw error;
    throw new UnreadableError(`${reason}: ${file}`, { cause: error });
  }
}

function openStandardInput(signal: AbortSignal): Source {
  const facts = fstatSync(0);
  if (facts.isDirectory()) throw new UnreadableError('Standard input is a folder, not a file.');
  if (facts.isFile()) return regular(0, facts.size);
  signal.addEventListener('abort', () => process.stdin.destroy(signal.reason));
  return sourceOfStream(process.stdin);
}
const regular = (file: number, size: number): Source => ({
  bytes: pieces(file, size),
  size,
  sample() {
    const buffer = Buffer.allocUnsafe(SAMPLE_BYTES);
    return buffer.subarray(0, readSync(file, buffer, 0, SAMPLE_BYTES, Math.floor(size / 2)));
  },
});

/**
 * A file's bytes, read synchronously as they are asked for: the system reads ahead by itself, and handing each piece to
 * one of Node's threads takes longer than copying it from the system's cache. They are read right into the kernel's
 * blocks where that is possible.
 */
function pieces(file: number, size: number): ByteSource {
  const readInto = (place: Uint8Array) => readSync(file, place, 0, place.length, null);
  let isOpen = true;
  const close = () => {
    if (isOpen) closeSync(file);
    isOpen = false;
  };
  return {
    readInto,
    // a file that was read to its end is closed: it is shorter than a signature, and all of it was given
    ranges: async (given = []) => (isOpen ? rangesOfFile(file, size, close) : rangesOfBytes(Buffer.concat(given))),
    async *[Symbol.asyncIterator]() {
      const buffer = Buffer.allocUnsafeSlow(PIECE_BYTES);
      try {
        for (let bytes = readInto(buffer); bytes > 0; bytes = readInto(buffer)) {
          yield buffer.subarray(0, bytes);
          // a head may be long: Ctrl-C and the progress bar get a turn
          await new Promise((resolve) => setImmediate(resolve));
        }
      } finally {
        close();
      }
    },
  };
}

/** Bytes that are all in memory. */
export function sourceOfBytes(bytes: Uint8Array): Source {
  const middle = Math.floor(bytes.length / 2);
  return {
    bytes: {
      [Symbol.asyncIterator]: () => rangesOfBytes(bytes).stream(0, bytes.length)[Symbol.asyncIterator](),
      ranges: async () => rangesOfBytes(bytes),
    },
    size: bytes.length,
    sample: () => bytes.subarray(middle, middle + SAMPLE_BYTES),
  };
}

/** Bytes that come one after the other, how many is not known. */
export function sourceOfStream(bytes: AsyncIterable<Uint8Array>): Source {
  let iterator: AsyncIterator<Uint8Array> | undefined;
  const once = { [Symbol.asyncIterator]: () => (iterator ??= bytes[Symbol.asyncIterator]()) };
  return {
    bytes: { ...once, ranges: (given) => rangesOfStream(once, given) },
    size: undefined,
    sample: () => new Uint8Array(),
  };
}
