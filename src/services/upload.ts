import { createHash, randomUUID } from 'node:crypto';
import { finished, pipeline, type Readable, Transform, type TransformCallback } from 'node:stream';
import { AppError, isTransient } from '../core/errors.ts';
import type { Dataset } from '../infra/postgres/database.ts';
import {
  changeContentType,
  findDataset,
  findDatasetByChecksum,
  insertDataset,
  type NewDataset,
} from '../infra/postgres/rows/datasets.ts';
import { byteSize } from '../report/formatting.ts';
import { contentTypeOf, MAGIC_BYTES, needsFirstBytes, safeFilename } from './content-type.ts';
import { requireName } from './dataset-name.ts';
import type { Deps } from './deps.ts';
import { takeOptions } from './enqueue.ts';
import { uploadKey } from './object-keys.ts';
import { type GivenOptions, optionsInstead, type ReadOptions } from './reading-options.ts';

/** A file that is arriving in a request. */
export interface IncomingFile {
  stream: Readable;
  filename: string | undefined;
  /** The type that the client declared for the part, if any. */
  declaredType: string | undefined;
  /** Aborted when the request has failed. */
  signal?: AbortSignal;
}

/** The dataset of an upload. */
export interface UploadResult {
  dataset: Dataset;
  /** false when the same bytes were already stored, and the stored dataset is returned. */
  created: boolean;
}

/** Streams that an upload has begun to read. */
const taken = new WeakSet<Readable>();

/**
 * Streams a file into the uploads bucket, hashing on the way, in constant memory. The name may still be unknown.
 * @throws AppError BAD_REQUEST for a stream that was taken before, UNSUPPORTED_MEDIA_TYPE before more than the first
 *   bytes are read, PAYLOAD_TOO_LARGE on the way; nothing is left behind
 */
export async function storeUpload(deps: Deps, file: IncomingFile): Promise<StoredUpload> {
  const { storage, config } = deps;
  // a stream gives its bytes once: a second upload of it would store an empty file as a dataset
  if (taken.has(file.stream))
    throw new AppError('BAD_REQUEST', 'An uploaded file makes one dataset: send the file again for another.');
  taken.add(file.stream);
  const originalFilename = safeFilename(file.filename);
  const { declaredType, stream } = file;
  const head = needsFirstBytes(declaredType, originalFilename) ? await firstBytes(stream) : undefined;
  const contentType = contentTypeOf(declaredType, originalFilename, head);
  const id = randomUUID();
  const bucket = config.uploadsBucket;
  const key = uploadKey(id, originalFilename);
  const measured = new Measured(config.maxUploadBytes);
  // pipeline() also notices a stream that has failed before anybody read it, which emits nothing any more
  pipeline(stream, measured, () => {});
  const stored = await storage.put(bucket, key, measured, contentType, file.signal);
  return new StoredUpload(deps, {
    id,
    originalFilename,
    contentType,
    checksumSha256: measured.checksum(),
    sizeBytes: BigInt(measured.bytes),
    uploadBucket: bucket,
    uploadKey: key,
    uploadEtag: stored.etag ?? null,
  });
}

/**
 * The first MAGIC_BYTES of a stream or more, which stay in it; undefined of a shorter one, which is at its end then.
 * @throws what the stream ends with
 */
function firstBytes(stream: Readable): Promise<Buffer | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer | undefined>();
  let head: Buffer = Buffer.alloc(0);
  const look = () => {
    while (head.length < MAGIC_BYTES) {
      const piece: Buffer | null = stream.read();
      if (!piece) return;
      head = Buffer.concat([head, piece]);
    }
    stop();
    stream.unshift(head); // at once: behind its end a stream takes nothing back
    resolve(head);
  };
  const ignore = finished(stream, { writable: false }, (error) => (error ? reject(error) : resolve(undefined)));
  const stop = () => {
    stream.off('readable', look);
    ignore();
  };
  stream.on('readable', look);
  return promise;
}

/** Passes bytes on, counts them up to a limit, and computes their SHA-256. */
class Measured extends Transform {
  readonly #hash = createHash('sha256');
  readonly #maxBytes: number;
  bytes = 0;

  constructor(maxBytes: number) {
    super({ highWaterMark: 1 << 18 });
    this.#maxBytes = maxBytes;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, callback: TransformCallback): void {
    this.bytes += chunk.length;
    if (this.bytes > this.#maxBytes) {
      const most = byteSize(this.#maxBytes);
      callback(new AppError('PAYLOAD_TOO_LARGE', `The file is larger than ${most}, the most that is allowed here.`));
      return;
    }
    this.#hash.update(chunk);
    callback(null, chunk);
  }

  /** Of all bytes, as hexadecimal digits; once. */
  checksum(): string {
    return this.#hash.digest('hex');
  }
}

type StoredFile = Omit<NewDataset, 'name' | 'options'>;

/** A stored object without a row: becomes a dataset by `finish`, or is removed by `discard`. */
export class StoredUpload {
  readonly #deps: Deps;
  readonly #file: StoredFile;

  constructor(deps: Deps, file: StoredFile) {
    this.#deps = deps;
    this.#file = file;
  }

  /** Removes the object. What cannot be removed now is an orphan, which the cleanup finds. */
  async discard(): Promise<void> {
    const { uploadBucket, uploadKey: key } = this.#file;
    await this.#deps.storage
      .remove(uploadBucket, key)
      .catch((error) => this.#deps.log.warn({ err: error, key }, 'an unfinished upload could not be removed'));
  }

  /**
   * @param options how the file is to be read; a dataset of the same bytes takes them too, and `none` for no options
   * @throws AppError UNPROCESSABLE for an empty, missing or overlong name, CONFLICT where the dataset of the same bytes
   *   is processed with other options; the object is removed
   */
  async finish(name: string | undefined, options?: GivenOptions): Promise<UploadResult> {
    const { database } = this.#deps;
    let isAsked = false;
    try {
      const row = { ...this.#file, name: requireName(name), options: optionsInstead(options, null) };
      let same = await this.#sameBytes();
      if (!same) {
        isAsked = true;
        const dataset = await insertDataset(database, row);
        if (dataset) return { dataset, created: true };
        same = await this.#sameBytes(); // another upload of the same bytes was faster
        if (!same) throw new Error('A dataset with the same checksum was removed during the upload.');
      }
      if (options) same = await this.#withOptions(same, options);
      await this.discard();
      return { dataset: same, created: false };
    } catch (error) {
      if (isAsked && isTransient(error)) {
        // The row may exist although the database's response was lost: its file must stay. Without a row, the cleanup
        // removes it.
        const made = await findDataset(database, this.#file.id).catch(() => undefined);
        if (made) return { dataset: made, created: true };
      } else await this.discard();
      throw error;
    }
  }

  async #withOptions(dataset: Dataset, options: ReadOptions | 'none'): Promise<Dataset> {
    await takeOptions(this.#deps, dataset.id, options);
    return (await findDataset(this.#deps.database, dataset.id)) ?? dataset;
  }

  /**
   * The dataset with the same bytes. If they are declared as another type now, it takes that type, unless it is being
   * or has been processed.
   */
  async #sameBytes(): Promise<Dataset | undefined> {
    const { database } = this.#deps;
    const { checksumSha256, contentType } = this.#file;
    const found = await findDatasetByChecksum(database, checksumSha256);
    if (!found || found.contentType === contentType) return found;
    await changeContentType(database, found.id, contentType);
    return findDataset(database, found.id);
  }
}
