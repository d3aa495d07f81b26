import type { ByteRanges, ByteSource } from './byte-source.ts';
import { DatasetError } from './errors.ts';
import { mebibytes, PREVIEW_BYTES, PREVIEW_MILLISECONDS, PREVIEW_MOST_BYTES } from './limits.ts';

/** Bytes below which the time says more about the machine than about the file. */
const TIMED_BYTES = 2 * PREVIEW_BYTES;

/**
 * How far a preview looks for its first row: PREVIEW_MOST_BYTES, or PREVIEW_MILLISECONDS where the file is read from
 * its first byte on. Once there is a row, PREVIEW_BYTES end it soon (`isEnough`), and nothing is refused here.
 */
export class ReadBudget {
  /** Set by `isEnough`. */
  hasRows = false;
  readonly #signal: AbortSignal | undefined;
  readonly #began = performance.now();
  #read = 0;
  #unpacked = 0;

  /** @param signal checked with every piece: what is unpacked may have no row for a long time */
  constructor(signal?: AbortSignal) {
    this.#signal = signal;
  }
  /** Before a piece of the file is taken. @throws DatasetError when there was no row so far; the signal's reason */
  take(bytes: number): void {
    this.#look();
    this.#read += bytes;
  }
  /** The same of what was unpacked. */
  takeUnpacked(bytes: number): void {
    this.#look();
    this.#unpacked += bytes;
  }
  /** Before a range is read: not timed, since as much of a typed file is read whatever is in it. */
  takeRange(bytes: number): void {
    this.#signal?.throwIfAborted();
    this.#read += bytes;
    if (!this.hasRows && this.#read > PREVIEW_MOST_BYTES)
      throw new DatasetError(
        `The first rows cannot be shown: more than ${mebibytes(PREVIEW_MOST_BYTES)} would have to be read for them`,
        {},
        'Process the dataset to read the whole file.',
      );
  }
  /** Pieces that are counted as they are unpacked. */
  async *unpacked(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      this.takeUnpacked(piece.length);
      yield piece;
    }
  }
  /** The same bytes, counted. */
  counted(source: ByteSource): ByteSource {
    const take = (bytes: number) => this.take(bytes);
    const { ranges } = source;
    return {
      [Symbol.asyncIterator]: () => counting(source, take),
      ...(ranges && { ranges: async (given) => this.#countedRanges(await ranges.call(source, given)) }),
    };
  }

  #countedRanges(ranges: ByteRanges): ByteRanges {
    return {
      size: ranges.size,
      read: async (from, length, into) => {
        this.takeRange(length);
        return ranges.read(from, length, into);
      },
      stream: (from, end) => counting(ranges.stream(from, end), (bytes) => this.take(bytes)),
      [Symbol.asyncDispose]: () => ranges[Symbol.asyncDispose](),
    };
  }
  #look(): void {
    this.#signal?.throwIfAborted();
    if (this.hasRows) return;
    const bytes = Math.max(this.#read, this.#unpacked);
    const isLate = bytes > TIMED_BYTES && performance.now() - this.#began > PREVIEW_MILLISECONDS;
    if (bytes <= PREVIEW_MOST_BYTES && !isLate) return;
    const looked = mebibytes(Math.floor(bytes / 2 ** 20) * 2 ** 20);
    throw new DatasetError(
      `There is no row in the first ${looked}, and a preview reads no further`,
      {},
      'Process the dataset to read the whole file, or check the options that leave lines out (skip_rows, comment).',
    );
  }
}

async function* counting(pieces: AsyncIterable<Uint8Array>, take: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    take(piece.length);
    yield piece;
  }
}
