import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { escapeUriPath, HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';

interface SentObject {
  bucket: string;
  key: string;
  body: Uint8Array;
  contentType?: string;
  /** For a part: its number and the id of its upload. */
  query?: Record<string, string>;
}

/**
 * Reads and writes objects and parts by one signed request each. The result is `undefined` for every refusal and fault:
 * the caller then uses the client's own command, which retries and describes errors. Only an aborted signal throws.
 */
export interface ObjectRequests {
  get(bucket: string, key: string, signal?: AbortSignal, from?: number, end?: number): Promise<Readable | undefined>;
  put(object: SentObject, signal?: AbortSignal): Promise<{ etag: string } | undefined>;
}

/** The value of a request's header `Range`; undefined for the whole object. @param end behind the last byte */
export function rangeHeader(from: number, end: number | undefined): string | undefined {
  if (from === 0 && end === undefined) return undefined;
  return `bytes=${from}-${end === undefined ? '' : end - 1}`;
}

/**
 * It uses the client's signer and connections without its layers of middleware, which take 1 ms of CPU a request: a
 * fifth of the job of a small file.
 */
export function objectRequests(client: S3Client, endpoint: string, region: string): ObjectRequests {
  const { protocol, hostname, port, host } = new URL(endpoint);
  const { credentials, sha256, requestHandler } = client.config;
  // S3 signs paths as they are sent; the body is not hashed (see s3.ts)
  const signing = { service: 's3', region, credentials, sha256, uriEscapePath: false, applyChecksum: false };
  const signer = new SignatureV4(signing);

  async function send(
    request: { method: string; bucket: string; key: string } & Partial<SentObject>,
    headers: Record<string, string>,
    abortSignal: AbortSignal | undefined,
  ) {
    const { method, bucket, key, body, query = {} } = request;
    const unsigned = new HttpRequest({
      protocol,
      hostname,
      port: port ? Number(port) : undefined,
      method,
      path: `/${bucket}/${escapeUriPath(key)}`,
      query,
      headers: { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', ...headers },
      body,
    });
    const signed = (await signer.sign(unsigned)) as HttpRequest;
    try {
      const { response } = await requestHandler.handle(signed, { abortSignal });
      if (response.statusCode === (headers.range ? 206 : 200)) return response;
      response.body.resume(); // the connection is free for other requests once the body is read
    } catch (error) {
      if (abortSignal?.aborted) throw error;
    }
    return undefined;
  }

  return {
    async get(bucket, key, signal, from = 0, end) {
      const range = rangeHeader(from, end);
      const headers: Record<string, string> = range === undefined ? {} : { range };
      return (await send({ method: 'GET', bucket, key }, headers, signal))?.body;
    },
    async put(object, signal) {
      const headers: Record<string, string> = { 'content-length': String(object.body.byteLength) };
      if (object.contentType) headers['content-type'] = object.contentType;
      const response = await send({ method: 'PUT', ...object }, headers, signal);
      response?.body.resume();
      return response?.headers.etag ? { etag: response.headers.etag } : undefined;
    },
  };
}
