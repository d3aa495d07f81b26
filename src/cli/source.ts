import { UsageError } from './arguments.ts';

// not imported: an import reads all that the module exports, and so loads streams, which cost the command some milliseconds
const { closeSync, createReadStream, fstatSync, openSync, readSync, statSync } = process.getBuiltinModule('node:fs');

/** Of a file: it stays in the processor's cache until it was taken. */
const PIECE_BYTES = 256 * 1024;
const SAMPLE_BYTES = 8 * 1024;
/** Of a pipe that has a name: each piece costs a turn of the event loop. */
const PIPE_BYTES = 1 << 20;

/** Pieces, or what comes after them read straight into place, as the engine takes it. */
type Bytes = AsyncIterable<Uint8Array> & { readInto?(place: Uint8Array): number };

export interface Source {
  bytes: Bytes;
  /** Unknown for a pipe. */
  size: number | undefined;
  /** Some kilobytes of a file's middle; nothing for a pipe. */
  sample(): Uint8Array;
}

const REASONS: Record<string, string> = {
  ENOENT: 'There is no such file',
  ENOTDIR: 'There is no such file',
  EACCES: 'The file may not be read',
  EPERM: 'The file may not be read',
};

/**
 * The bytes of a file, or of standard input for `-`.
 * @param signal ends the waiting for bytes that do not come
 * @throws UsageError when it cannot be opened
 */
export function openSource(file: string, signal: AbortSignal): Source {
  try {
    if (file === '-') return openStandardInput(signal);
    const facts = statSync(file);
    if (facts.isDirectory()) throw new UsageError(`This is a folder, not a file: ${file}`);
    // a named pipe: to open it waits for a writer
    if (!facts.isFile()) return pipe(createReadStream(file, { signal, highWaterMark: PIPE_BYTES }));
    return regular(openSync(file, 'r'), facts.size);
  } catch (error) {
    const reason = REASONS[(error as NodeJS.ErrnoException).code ?? ''];
    if (!reason) throw error;
    throw new UsageError(`${reason}: ${file}`, { cause: error });
  }
}

function openStandardInput(signal: AbortSignal): Source {
  const facts = fstatSync(0);
  if (facts.isDirectory()) throw new UsageError('Standard input is a folder, not a file.');
  if (facts.isFile()) return regular(0, facts.size);
  signal.addEventListener('abort', () => process.stdin.destroy(signal.reason));
  return pipe(process.stdin);
}
const pipe = (bytes: Bytes): Source => ({ bytes, size: undefined, sample: () => Buffer.alloc(0) });
const regular = (file: number, size: number): Source => ({
  bytes: pieces(file),
  size,
  sample() {
    const buffer = Buffer.allocUnsafe(SAMPLE_BYTES);
    return buffer.subarray(0, readSync(file, buffer, 0, SAMPLE_BYTES, Math.floor(size / 2)));
  },
});

/**
 * A file's bytes, read as they are asked for: the system reads ahead by itself, and to have a thread of Node's wait for each piece takes longer
 * than to copy it from the system's cache. They are read right into the kernel's blocks where that can be done.
 */
function pieces(file: number): Bytes {
  const readInto = (place: Uint8Array) => readSync(file, place, 0, place.length, null);
  return {
    readInto,
    async *[Symbol.asyncIterator]() {
      const buffer = Buffer.allocUnsafeSlow(PIECE_BYTES);
      try {
        for (let bytes = readInto(buffer); bytes > 0; bytes = readInto(buffer)) {
          yield buffer.subarray(0, bytes);
          // a head may be long: Ctrl-C and the progress bar have their turn
          await new Promise((resolve) => setImmediate(resolve));
        }
      } finally {
        closeSync(file);
      }
    },
  };
}

/** More white space than this before the first character, and nobody looks further. */
const MOST_BLANK_BYTES = 1 << 20;

/** Tells by the first bytes what it is: `[` or `{` after white space and a byte order mark is JSON, anything else CSV. */
export async function sniff(
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ format: 'csv' | 'json'; bytes: AsyncIterable<Uint8Array> }> {
  const iterator = bytes[Symbol.asyncIterator]();
  const held: Uint8Array[] = []; // at most MOST_BLANK_BYTES and one piece
  let format: 'csv' | 'json' | undefined;
  for (let blank = 0; format === undefined && blank <= MOST_BLANK_BYTES; ) {
    const { done, value } = await iterator.next();
    if (done) break;
    held.push(Buffer.from(value)); // a copy: the piece does not outlive the next one
    const from = blank === 0 && value[0] === 0xef && value[1] === 0xbb && value[2] === 0xbf ? 3 : 0;
    const first = value.subarray(from).find((byte) => byte !== 0x20 && (byte < 0x09 || byte > 0x0d));
    if (first !== undefined) format = first === 0x5b || first === 0x7b ? 'json' : 'csv';
    blank += value.length;
  }
  async function* again() {
    try {
      yield* held.splice(0);
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { format: format ?? 'csv', bytes: again() };
}
