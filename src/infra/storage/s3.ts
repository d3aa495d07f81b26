import type { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  type ListPartsCommandInput,
  NoSuchKey,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import type { S3Config } from '../../core/config.ts';
import { AppError } from '../../core/errors.ts';
import { objectRequests, rangeHeader } from './s3-object.ts';
import { prepareBucket } from './s3-start-checks.ts';
import { putObject, putStream } from './s3-upload.ts';
import type { Storage } from './storage.ts';

const CONNECT_MILLISECONDS = 3_000;
/** A connection on which nothing arrives for this time is closed. */
const SILENT_MILLISECONDS = 60_000;

/** Objects in an S3 server (MinIO), path style. */
export function openS3Storage(config: S3Config, buckets: string[]): Storage {
  const client = new S3Client({
    endpoint: config.endpoint,
    region: config.region,
    forcePathStyle: true,
    credentials: { accessKeyId: config.accessKey, secretAccessKey: config.secretKey },
    // the SDK's default trailers break several servers
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECT_MILLISECONDS, socketTimeout: SILENT_MILLISECONDS },
  });
  // Otherwise the SDK hashes every body once more to sign it, and the server to check that: half the cost of an upload.
  // The request itself is signed in any case.
  client.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { headers: Record<string, string>; body?: unknown };
      if (request.body !== undefined) request.headers['x-amz-content-sha256'] = 'UNSIGNED-PAYLOAD';
      return next(args);
    },
    { step: 'build', name: 'unsignedPayload' },
  );

  const requests = objectRequests(client, config.endpoint, config.region);
  const uploads = { client, requests, spare: [] };

  /**
   * Whether parts still arrive: a large file over a slow line takes hours, and some servers do not report when an
   * upload began.
   */
  async function hasPartSince(upload: ListPartsCommandInput, time: Date): Promise<boolean> {
    // not the SDK's paginator: it relies on the marker alone, which some servers give on the last page too, and never
    // ends
    for (let PartNumberMarker: string | undefined; ; ) {
      const page = await unlessGone(client.send(new ListPartsCommand({ ...upload, PartNumberMarker })));
      if (page?.Parts?.some(({ LastModified }) => LastModified && LastModified >= time)) return true;
      if (!page?.IsTruncated) return false;
      PartNumberMarker = page.NextPartNumberMarker;
    }
  }

  return {
    async prepare() {
      for (const bucket of buckets) await prepareBucket(client, config, bucket);
    },
    async put(bucket, key, body, contentType, signal) {
      const target = { bucket, key, contentType };
      const etag =
        typeof body === 'string'
          ? await putObject(uploads, target, Buffer.from(body), signal)
          : await putStream(uploads, target, body, signal);
      return { etag };
    },
    async get(bucket, key, signal, from = 0, end = undefined) {
      try {
        const stream = await requests.get(bucket, key, signal, from, end);
        if (stream) return stream;
        const command = new GetObjectCommand({ Bucket: bucket, Key: key, Range: rangeHeader(from, end) });
        const object = await client.send(command, { abortSignal: signal });
        return object.Body as Readable;
      } catch (error) {
        if (error instanceof NoSuchKey)
          throw new AppError('NOT_FOUND', 'The stored file is gone: upload it again.', { cause: error });
        throw error;
      }
    },
    async remove(bucket, key) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
    async *list(bucket) {
      for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket })) {
        for (const { Key, LastModified } of page.Contents ?? [])
          if (Key && LastModified) yield { key: Key, modifiedAt: LastModified };
      }
    },
    async abandonUploads(bucket, before) {
      let count = 0;
      let after: { KeyMarker?: string; UploadIdMarker?: string } = {};
      for (;;) {
        const page = await unlessGone(client.send(new ListMultipartUploadsCommand({ Bucket: bucket, ...after })));
        for (const { Key, UploadId, Initiated } of page?.Uploads ?? []) {
          if (!Initiated || Initiated >= before) continue;
          const upload = { Bucket: bucket, Key, UploadId };
          if (await hasPartSince(upload, before)) continue;
          if (await unlessGone(client.send(new AbortMultipartUploadCommand(upload)))) count++;
        }
        if (!page?.IsTruncated) break;
        after = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
      }
      return count;
    },
    async ping() {
      await client.send(new HeadBucketCommand({ Bucket: buckets[0] }), { abortSignal: AbortSignal.timeout(3_000) });
    },
    async close() {
      client.destroy();
    },
  };
}

/** Ignores that an upload in parts has ended meanwhile; rclone gives the same error for a bucket that has none. */
function unlessGone<T>(sent: Promise<T>): Promise<T | undefined> {
  return sent.catch((error) => {
    if ((error as Error).name === 'NoSuchUpload') return undefined;
    throw error;
  });
}
