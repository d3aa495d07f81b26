import type { Storage } from '../infra/storage/storage.ts';
import type { ByteRanges, ByteSource } from '../processing/byte-source.ts';

/** Where an uploaded file is stored. */
export interface StoredFile {
  uploadBucket: string;
  uploadKey: string;
  sizeBytes: bigint;
}

/** The bytes of an uploaded file: nothing is read before they are asked for. */
export function storedSource(storage: Storage, file: StoredFile, signal: AbortSignal): ByteSource {
  let begun: AsyncGenerator<Uint8Array> | undefined;
  async function* pieces() {
    yield* (await storage.get(file.uploadBucket, file.uploadKey, signal)) as AsyncIterable<Uint8Array>;
  }
  return {
    [Symbol.asyncIterator]() {
      begun = pieces();
      return begun;
    },
    async ranges() {
      // whoever looked at the first pieces wants no more of them: an open response would keep a connection of the store
      await begun?.return(undefined);
      return storedRanges(storage, file, signal);
    },
  };
}

/** The bytes of an uploaded file by their places: a request for each range. */
export function storedRanges(
  storage: Storage,
  { uploadBucket, uploadKey, sizeBytes }: StoredFile,
  signal: AbortSignal,
): ByteRanges {
  async function* stream(from: number, end: number): AsyncGenerator<Uint8Array> {
    if (end <= from) return;
    let left = end - from;
    for await (const piece of await storage.get(uploadBucket, uploadKey, signal, from, end)) {
      left -= piece.length;
      yield piece;
    }
    if (left !== 0) throw new Error(`The store has given ${end - from - left} bytes of a range of ${end - from}`);
  }
  return {
    size: Number(sizeBytes),
    async read(from, length, into) {
      const bytes = into ?? Buffer.allocUnsafeSlow(length);
      let at = 0;
      for await (const piece of stream(from, from + length)) {
        bytes.set(piece, at);
        at += piece.length;
      }
      return bytes;
    },
    stream,
    async [Symbol.asyncDispose]() {},
  };
}
