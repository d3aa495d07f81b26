import type { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { ObjectRequests } from './s3-object.ts';

/** The smallest parts that S3 allows: with its 10,000 parts, 52 GB per object. */
const PART_BYTES = 5 * 1024 * 1024;
const PARTS_UNDER_WAY = 2;
/** A smaller object needs no buffer of a part. */
const SMALL_BYTES = 1 << 16;
/** Buffers of parts that are kept for later uploads, 60 MiB. */
const MOST_SPARE = 12;

interface Target {
  bucket: string;
  key: string;
  contentType: string;
}
/** What all uploads of a process share. */
export interface UploadParts {
  client: S3Client;
  requests: ObjectRequests;
  /** Buffers of PART_BYTES that are free. */
  spare: Buffer[];
}

/** Stores an object whole. @returns its ETag */
export async function putObject(
  { client, requests }: UploadParts,
  target: Target,
  body: Uint8Array,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const sent = await requests.put({ ...target, body }, signal);
  if (sent) return sent.etag;
  const command = { Bucket: target.bucket, Key: target.key, Body: body, ContentType: target.contentType };
  return (await client.send(new PutObjectCommand(command), { abortSignal: signal })).ETag;
}

/**
 * Stores what the stream yields: whole up to 5 MiB, else in parts; visible only when complete. An upload that fails or
 * is aborted leaves nothing behind. Buffers of parts are reused: with a new one for each part, as in the SDK's own
 * upload, V8 collected its whole heap every 11 MB, half of the CPU time of an upload.
 * @returns the object's ETag
 */
export async function putStream(
  parts: UploadParts,
  target: Target,
  source: Readable,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const end = () => source.destroy(signal?.reason);
  if (signal?.aborted) end();
  signal?.addEventListener('abort', end, { once: true });
  const upload = new PartedUpload(parts, target, (error) => source.destroy(error), signal);
  try {
    const small: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of source as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes <= SMALL_BYTES) small.push(chunk);
      else {
        for (const earlier of small.splice(0)) await upload.write(earlier);
        await upload.write(chunk);
      }
    }
    if (bytes <= SMALL_BYTES) return await putObject(parts, target, Buffer.concat(small), signal);
    return await upload.complete();
  } catch (error) {
    source.destroy();
    await upload.abandon();
    throw upload.failure ?? error;
  } finally {
    signal?.removeEventListener('abort', end);
  }
}

/** An object that is written piece by piece and sent part by part, at most three buffers of a part at a time. */
class PartedUpload {
  readonly #parts: UploadParts;
  readonly #target: Target;
  readonly #failed: (error: Error) => void;
  readonly #signal: AbortSignal | undefined;
  /** Given by the store with the first part. */
  #id: string | undefined;
  #part: Buffer | undefined;
  #filled = 0;
  readonly #etags: (string | undefined)[] = [];
  #count = 0;
  readonly #underWay = new Set<Promise<void>>();
  /** Why a part could not be sent. */
  failure: Error | undefined;

  /** @param failed called at once, since the source may be idle */
  constructor(parts: UploadParts, target: Target, failed: (error: Error) => void, signal: AbortSignal | undefined) {
    this.#parts = parts;
    this.#target = target;
    this.#failed = failed;
    this.#signal = signal;
  }

  get #object() {
    return { Bucket: this.#target.bucket, Key: this.#target.key };
  }

  /** Takes bytes; those of full parts are sent while more follow. */
  async write(chunk: Buffer): Promise<void> {
    for (let at = 0; at < chunk.length; ) {
      // a full part is sent when more follows: an object that fits into one part is stored whole
      if (this.#part && this.#filled === PART_BYTES) await this.#sendPart(this.#part);
      this.#part ??= this.#parts.spare.pop() ?? Buffer.allocUnsafeSlow(PART_BYTES);
      const length = Math.min(chunk.length - at, PART_BYTES - this.#filled);
      chunk.copy(this.#part, this.#filled, at, at + length);
      at += length;
      this.#filled += length;
    }
  }

  /** Sends the rest. @returns the object's ETag @throws what the SDK throws */
  async complete(): Promise<string | undefined> {
    if (this.#id === undefined) {
      const part = this.#part!;
      const etag = await putObject(this.#parts, this.#target, part.subarray(0, this.#filled), this.#signal);
      this.#giveBack(part);
      return etag;
    }
    await this.#sendPart(this.#part!);
    await Promise.all(this.#underWay);
    if (this.failure) throw this.failure;
    const Parts = this.#etags.map((ETag, i) => ({ ETag, PartNumber: i + 1 }));
    const command = { ...this.#object, UploadId: this.#id, MultipartUpload: { Parts } };
    const sent = this.#parts.client.send(new CompleteMultipartUploadCommand(command), { abortSignal: this.#signal });
    return (await sent).ETag;
  }

  /** Removes the parts that the store has. */
  async abandon(): Promise<void> {
    await Promise.all(this.#underWay); // a part that arrives after the abort would stay
    if (this.#id === undefined) return;
    const command = new AbortMultipartUploadCommand({ ...this.#object, UploadId: this.#id });
    await this.#parts.client.send(command).catch(() => {}); // the cleanup finds it
  }

  /** Begins to send the part, once there is room for it. */
  async #sendPart(part: Buffer): Promise<void> {
    const body = part.subarray(0, this.#filled);
    this.#part = undefined;
    this.#filled = 0;
    if (this.#id === undefined) {
      const command = new CreateMultipartUploadCommand({ ...this.#object, ContentType: this.#target.contentType });
      this.#id = (await this.#parts.client.send(command, { abortSignal: this.#signal })).UploadId!;
    }
    while (this.#underWay.size >= PARTS_UNDER_WAY) await Promise.race(this.#underWay);
    if (this.failure) throw this.failure;
    const number = ++this.#count;
    const sending = this.#send(number, body)
      .then((etag) => {
        this.#etags[number - 1] = etag;
        this.#giveBack(part);
      })
      .catch((error) => {
        this.failure ??= error;
        this.#failed(error);
      })
      .finally(() => this.#underWay.delete(sending));
    this.#underWay.add(sending);
  }

  async #send(number: number, body: Buffer): Promise<string | undefined> {
    const { client, requests } = this.#parts;
    const { bucket, key } = this.#target;
    const query = { partNumber: String(number), uploadId: this.#id! };
    const sent = await requests.put({ bucket, key, body, query }, this.#signal);
    if (sent) return sent.etag;
    const command = { ...this.#object, UploadId: this.#id, PartNumber: number, Body: body };
    return (await client.send(new UploadPartCommand(command), { abortSignal: this.#signal })).ETag;
  }

  /** Gives a buffer back, only after the store's response: a part that failed may still be on its way to a socket. */
  #giveBack(part: Buffer): void {
    if (this.#parts.spare.length < MOST_SPARE) this.#parts.spare.push(part);
  }
}
