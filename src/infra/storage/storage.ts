import type { Readable } from 'node:stream';

interface StoredObject {
  etag: string | undefined;
}

interface StoredKey {
  key: string;
  modifiedAt: Date;
}

/**
 * Objects by bucket and key: an S3 server or a folder. Streams have backpressure; nothing is buffered whole.
 */
export interface Storage {
  /** Creates the buckets that are missing. */
  prepare(): Promise<void>;
  /** Stores the stream; visible only when complete. An abort or a failing stream leaves nothing behind. */
  put(
    bucket: string,
    key: string,
    body: Readable | string,
    contentType: string,
    signal?: AbortSignal,
  ): Promise<StoredObject>;
  /**
   * @param from the first byte, of those that the object has
   * @param end the place behind the last byte, greater than `from`; not given: all that follow
   * @throws AppError NOT_FOUND when there is no such object
   */
  get(bucket: string, key: string, signal?: AbortSignal, from?: number, end?: number): Promise<Readable>;
  /** Removes an object; one that does not exist is not an error. */
  remove(bucket: string, key: string): Promise<void>;
  /** All objects of a bucket, in no promised order. */
  list(bucket: string): AsyncIterable<StoredKey>;
  /** Aborts unfinished uploads that have received nothing since then. @returns how many */
  abandonUploads(bucket: string, before: Date): Promise<number>;
  /** Rejects when the store does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
