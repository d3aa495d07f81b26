import type { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import type { Config } from '../core/config.ts';
import { AppError } from '../core/errors.ts';
import type { IncomingFile } from '../services/upload.ts';
import { askForBody, refuseSlowBody } from './request-body.ts';

/**
 * Limits of one request: a file, ten fields of 1 MiB, 16 KiB of headers per part. The file is passed on in pieces of at
 * most 256 KiB.
 */
const FIELD_MEBIBYTES = 1;
const LIMITS = { files: 1, fields: 10, fieldSize: FIELD_MEBIBYTES << 20, parts: 12, headerSize: 1 << 14 };
const BUFFER_BYTES = 1 << 18;
/**
 * Bytes that a body may have besides its file: boundaries, headers of parts, a name or a GraphQL document. Checked
 * against a declared length only.
 */
const AROUND_FILE_BYTES = 1 << 16;

/**
 * The parser for the body of a request.
 * @throws AppError BAD_REQUEST when its type is not multipart, or without a boundary
 */
function parserOf(request: IncomingMessage): BusboyInstance {
  const type = request.headers['content-type'] ?? '';
  // with an empty one, the parser takes every line that begins with two hyphens for a boundary
  if (/;\s*boundary\s*=\s*(""|;|$)/i.test(type))
    throw new AppError('BAD_REQUEST', 'The multipart body is not valid: its boundary is empty.');
  try {
    return new Busboy({
      headers: { ...request.headers, 'content-type': type },
      limits: LIMITS,
      fileHwm: BUFFER_BYTES,
      highWaterMark: BUFFER_BYTES,
      // an empty name and no type: no file was chosen
      isPartAFile: (_field, type, filename) => type === 'application/octet-stream' || !!filename,
    });
  } catch (error) {
    const reason = (error as Error).message.replace(/\.$/, '');
    throw new AppError('BAD_REQUEST', `The multipart body is not valid: ${reason}.`);
  }
}

/**
 * Calls back with each part's headers, before its field or file. The parser has no event for them; the parser inside it
 * has.
 */
function onPartHeaders(
  parser: BusboyInstance,
  onHeaders: (headers: Record<string, string[] | undefined>) => void,
): void {
  const { parser: inner } = (parser as unknown as { _parser: { parser?: EventEmitter } })._parser;
  inner?.prependListener('part', (part: EventEmitter) => part.once('header', onHeaders));
}

/** What is done with the parts of a body. */
export interface MultipartHandlers {
  /** May throw an AppError to refuse the request. */
  field(name: string, value: string): void;
  /**
   * Called at most once. Resolves when the file has been read to its end, or as far as it is needed. When the request
   * fails, the stream is destroyed with the reason, perhaps before it is read: read it with what notices that
   * (`pipeline`, `finished`).
   */
  file(field: string, file: IncomingFile): Promise<void>;
}

/** Bounds of a body; those of its parts are the same for every route. */
export interface MultipartLimits {
  /** Of the file. A body whose declared length is larger is refused before any of it is read. */
  maxFileBytes: number;
  /** Bytes per second, over half a minute, below which a body is refused. */
  minBytesPerSecond: number;
}

/** The limits for uploads by REST and by GraphQL, from the settings. */
export const uploadLimits = ({ maxUploadBytes, minUploadRate }: Config): MultipartLimits => ({
  maxFileBytes: maxUploadBytes,
  minBytesPerSecond: minUploadRate,
});

/**
 * Receives a multipart body as a stream, for REST and GraphQL. Settles in every case, whatever the client sends or
 * leaves out: resolves when the body has ended and the file was taken, and rejects as soon as something is refused.
 * @throws AppError BAD_REQUEST for a broken body, PAYLOAD_TOO_LARGE by its declared length, TIMEOUT for one that does
 *   not arrive, or what a handler threw. The file's handler has ended before it rejects
 */
export async function receiveMultipart(
  request: IncomingMessage,
  response: ServerResponse,
  limits: MultipartLimits,
  handlers: MultipartHandlers,
): Promise<void> {
  askForBody(request, response, limits.maxFileBytes + AROUND_FILE_BYTES, limits.maxFileBytes);
  const parser = parserOf(request);
  const failed = new AbortController();
  let reading: Promise<void> | undefined;
  const ended = Promise.withResolvers<void>();
  const fail = (error: unknown) => {
    if (failed.signal.aborted) return;
    request.unpipe(parser);
    // what still comes is read and dropped: closing on unread bytes would reset the connection and lose the response
    request.resume();
    failed.abort(error);
    ended.reject(error);
  };
  const refuse = (message: string) => fail(new AppError('BAD_REQUEST', message));
  const watch = refuseSlowBody(request, limits.minBytesPerSecond, fail);

  parser.on('field', (name, value, _isNameTruncated, isTruncated) => {
    if (failed.signal.aborted) return;
    if (isTruncated)
      return fail(
        new AppError('PAYLOAD_TOO_LARGE', `The field ${JSON.stringify(name)} is longer than ${FIELD_MEBIBYTES} MiB.`),
      );
    try {
      handlers.field(name, value);
    } catch (error) {
      fail(error);
    }
  });
  let isTyped = false;
  onPartHeaders(parser, (headers) => {
    isTyped = !!headers['content-type']?.[0];
  });
  parser.on('file', (field, stream, filename, _encoding, mimeType) => {
    stream.on('error', () => {}); // its reader gets the error as well
    if (failed.signal.aborted) return void stream.resume();
    failed.signal.addEventListener('abort', () => stream.destroy(failed.signal.reason), { once: true });
    // the parser reports text/plain when the client declared nothing, as Python's requests does: only a header counts
    const declaredType = isTyped ? mimeType : undefined;
    reading = handlers.file(field, { stream, filename, declaredType, signal: failed.signal });
    // the parser ends only when its file was read: the rest, which nobody needs, is dropped
    reading.then(() => stream.resume(), fail);
  });
  parser.on('filesLimit', () => refuse('Send one file per request.'));
  parser.on('fieldsLimit', () => refuse(`The body has more than ${LIMITS.fields} fields.`));
  parser.on('partsLimit', () => refuse(`The body has more than ${LIMITS.parts} parts.`));
  parser.on('error', (error) => refuse(`The multipart body is not valid: ${(error as Error).message}.`));
  parser.on('finish', () => ended.resolve());
  request.once('close', () => {
    if (!request.complete) refuse('The connection was closed before the whole request had arrived.');
  });
  // GraphQL may respond without the file (a document that skips its field): then nothing waits for the rest
  const dropRest = () => refuse('The response was sent before the whole request had arrived.');
  response.once('finish', dropRest);
  request.pipe(parser); // not pipeline(): it kills the socket before a refusal is sent

  try {
    await ended.promise;
    await reading;
    failed.signal.throwIfAborted();
  } catch (error) {
    await reading?.catch(() => {});
    throw failed.signal.reason ?? error;
  } finally {
    watch.stop();
    response.off('finish', dropRest);
  }
}
