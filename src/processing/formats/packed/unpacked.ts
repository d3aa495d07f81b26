import type { ByteSource } from '../../byte-source.ts';
import { DatasetError } from '../../errors.ts';
import { MAX_UNPACKED_BYTES } from '../../limits.ts';

/** The limit as a sentence has it: a whole number of the largest unit that fits. */
function size(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  while (unit < units.length - 1 && bytes % 1024 === 0) {
    bytes /= 1024;
    unit++;
  }
  return `${bytes.toLocaleString('en')} ${units[unit]}`;
}

/**
 * Unpacked bytes up to a limit: a small file may unpack to more than any disk holds.
 * @throws DatasetError beyond it; the signal's reason
 */
export async function* bounded(
  text: AsyncIterable<Uint8Array>,
  most: number = MAX_UNPACKED_BYTES,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> & ByteSource {
  let bytes = 0;
  for await (const piece of text) {
    signal?.throwIfAborted();
    bytes += piece.length;
    if (bytes > most)
      throw new DatasetError(
        `The file unpacks to more than ${size(most)}, the most that is allowed here`,
        {},
        'Upload a part of it, or let MAX_UNPACKED_BYTES be raised.',
      );
    yield piece;
  }
}
