import { createHash, randomUUID } from 'node:crypto';
import { pipeline, type Readable, Transform } from 'node:stream';
import { AppError, isTransient } from '../core/errors.ts';
import { type Dataset, isUniqueViolation } from '../infra/postgres/database.ts';
import { contentTypeOf, safeFilename } from './content-type.ts';
import { type Parts, sourceKey } from './datasets.ts';

export interface IncomingFile {
  stream: Readable;
  filename: string | undefined;
  /** The type the client declared for the part, if any. */
  declaredType: string | undefined;
  /** Says that the request has failed. */
  signal?: AbortSignal;
}

export interface UploadResult {
  dataset: Dataset;
  /** false when the same bytes were already stored, and the stored dataset is returned. */
  created: boolean;
}

/** A stored object without a row: becomes a dataset by `finish`, or is removed by `discard`. */
export interface StoredUpload {
  finish(name: string | undefined): Promise<UploadResult>;
  discard(): Promise<void>;
}

/** Characters of a dataset's name, as it was sent. */
export const MAX_NAME = 1_000;

/** Streams that an upload has begun to read. */
const taken = new WeakSet<Readable>();

/** @throws AppError UNPROCESSABLE for an empty, missing or overlong name */
export function requireName(name: string | undefined): string {
  const trimmed = (name ?? '').toWellFormed().replaceAll('\u0000', '').trim();
  if (!trimmed) throw new AppError('UNPROCESSABLE', 'The dataset needs a name: send the field "name" with some text.');
  if ([...name!].length > MAX_NAME)
    throw new AppError('UNPROCESSABLE', `The name is longer than ${MAX_NAME} characters.`);
  return trimmed;
}

/**
 * Streams a file into the uploads bucket, hashing on the way, in constant memory. The name may still be unknown.
 * @throws AppError BAD_REQUEST for a stream that was taken before, UNSUPPORTED_MEDIA_TYPE before anything is read,
 *   PAYLOAD_TOO_LARGE on the way; nothing is left behind
 */
export async function storeUpload(parts: Parts, file: IncomingFile): Promise<StoredUpload> {
  const { database, storage, config, log } = parts;
  // a stream gives its bytes once: a second reader would store an empty file and call it a dataset
  if (taken.has(file.stream))
    throw new AppError('BAD_REQUEST', 'A file can be uploaded once a request: send it again for another dataset.');
  taken.add(file.stream);
  const filename = safeFilename(file.filename);
  const contentType = contentTypeOf(file.declaredType, filename);
  const id = randomUUID();
  const bucket = config.uploadsBucket;
  const key = sourceKey(id, filename);
  const hash = createHash('sha256');
  let bytes = 0;
  const measured = new Transform({
    highWaterMark: 1 << 18,
    transform(chunk: Buffer, _encoding, callback) {
      bytes += chunk.length;
      if (bytes > config.maxUploadBytes) {
        callback(
          new AppError('PAYLOAD_TOO_LARGE', `The file is larger than the ${config.maxUploadBytes} bytes allowed here.`),
        );
        return;
      }
      hash.update(chunk);
      callback(null, chunk);
    },
  });
  // pipeline() hears also of a stream that has failed before anybody read it, which emits nothing any more
  pipeline(file.stream, measured, () => {});
  const stored = await storage.put(bucket, key, measured, contentType, file.signal);
  const checksum = hash.digest('hex');

  const discard = async () => {
    await storage
      .remove(bucket, key)
      .catch((error) => log.warn({ err: error, key }, 'an unfinished upload stays behind'));
  };

  async function existing(): Promise<Dataset | undefined> {
    const found = await database.dataset.findUnique({ where: { checksumSha256: checksum } });
    if (!found || found.contentType === contentType) return found ?? undefined;
    // the same bytes, declared as the other type now: it takes that type, unless somebody is reading or has read them
    const where = { id: found.id, status: { notIn: ['processing', 'done'] } };
    await database.dataset.updateMany({ where, data: { contentType } });
    return database.dataset.findUniqueOrThrow({ where: { id: found.id } });
  }

  return {
    discard,
    async finish(name) {
      let isAsked = false;
      try {
        const checked = requireName(name);
        const data = {
          id,
          name: checked,
          originalFilename: filename,
          contentType,
          status: 'uploaded',
          checksumSha256: checksum,
          sizeBytes: BigInt(bytes),
          uploadBucket: bucket,
          uploadKey: key,
          uploadEtag: stored.etag ?? null,
        };
        let same = await existing();
        if (!same) {
          try {
            isAsked = true;
            return { dataset: await database.dataset.create({ data }), created: true };
          } catch (error) {
            if (!isUniqueViolation(error)) throw error;
            same = await existing(); // another upload of the same bytes was faster
            if (!same) throw error;
          }
        }
        await discard();
        return { dataset: same, created: false };
      } catch (error) {
        if (isAsked && isTransient(error)) {
          // the row may be there although the answer was lost: its file must not go. Without a row the cleanup removes it
          const made = await database.dataset.findUnique({ where: { id } }).catch(() => null);
          if (made) return { dataset: made, created: true };
        } else await discard();
        throw error;
      }
    },
  };
}
