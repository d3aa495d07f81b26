import type { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import type { Config } from '../core/config.ts';
import { AppError } from '../core/errors.ts';
import type { IncomingFile } from '../services/upload.ts';
import { askForBody, refuseSlowBody } from './request-body.ts';

/**
 * Bounds of one request: a file, ten fields of 1 MiB, 16 KiB of a part's headers; the file is passed on in pieces of at
 * most 256 KiB.
 */
const LIMITS = { files: 1, fields: 10, fieldSize: 1 << 20, parts: 12, headerSize: 1 << 14 };
const BUFFER_BYTES = 1 << 18;
/**
 * What a body may have beside its file: boundaries, headers of parts, a name or a GraphQL document. Only a declared
 * length is held to it.
 */
const AROUND_FILE_BYTES = 1 << 16;

/** Tells of each part's headers, before its field or file. The parser has no event for that; the one inside it has. */
function onPartHeaders(parser: BusboyInstance, told: (headers: Record<string, string[] | undefined>) => void): void {
  const { parser: inner } = (parser as unknown as { _parser: { parser?: EventEmitter } })._parser;
  inner?.prependListener('part', (part: EventEmitter) => part.once('header', told));
}

export interface MultipartHandlers {
  /** May throw an AppError to refuse the request. */
  field(name: string, value: string): void;
  /**
   * Called once at most. Resolves when the file has been read to its end, or as far as it is wanted. When the request
   * fails, the stream is destroyed with the reason, perhaps before anybody reads it: read it by what hears of that
   * (`pipeline`, `finished`).
   */
  file(field: string, file: IncomingFile): Promise<void>;
}

export interface MultipartLimits {
  /** Of the file: a body that is declared longer is refused before any of it is read. */
  maxFileBytes: number;
  /** Bytes a second, over half a minute, below which a body is given up. */
  minBytesPerSecond: number;
}

/** The limits of both doors, from the settings. */
export const uploadLimits = ({ maxUploadBytes, minUploadRate }: Config): MultipartLimits => ({
  maxFileBytes: maxUploadBytes,
  minBytesPerSecond: minUploadRate,
});

/**
 * Receives a multipart body as a stream, for REST and GraphQL. Settles in every case, whatever is sent or left out:
 * resolves when the body has ended and the file was taken, and rejects as soon as something is refused.
 * @throws AppError BAD_REQUEST for a broken body, PAYLOAD_TOO_LARGE by its declared length, TIMEOUT for one that does
 *   not come, or whatever a handler threw; by then the file's handler has ended too
 */
export async function receiveMultipart(
  request: IncomingMessage,
  response: ServerResponse,
  limits: MultipartLimits,
  handlers: MultipartHandlers,
): Promise<void> {
  askForBody(request, response, limits.maxFileBytes + AROUND_FILE_BYTES, limits.maxFileBytes);
  const type = request.headers['content-type'] ?? '';
  // the parser would take any line that begins with two hyphens for a boundary
  if (/;\s*boundary\s*=\s*(""|;|$)/i.test(type))
    throw new AppError('BAD_REQUEST', 'The multipart body cannot be read: its boundary is empty.');
  const parser = (() => {
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
      throw new AppError('BAD_REQUEST', `The multipart body cannot be read: ${reason}.`);
    }
  })();
  const failed = new AbortController();
  let reading: Promise<void> | undefined;
  const ended = Promise.withResolvers<void>();
  const fail = (error: unknown) => {
    if (failed.signal.aborted) return;
    request.unpipe(parser);
    // what still comes is read and dropped: closing on unread bytes would reset the connection and lose the answer
    request.resume();
    failed.abort(error);
    ended.reject(error);
  };
  const refuse = (message: string) => fail(new AppError('BAD_REQUEST', message));
  const watch = refuseSlowBody(request, limits.minBytesPerSecond, fail);

  parser.on('field', (name, value, _isNameTruncated, isTruncated) => {
    if (failed.signal.aborted) return;
    if (isTruncated)
      return fail(new AppError('PAYLOAD_TOO_LARGE', `The field ${JSON.stringify(name)} is longer than 1 MiB.`));
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
    stream.on('error', () => {}); // whoever reads it hears of it
    if (failed.signal.aborted) return void stream.resume();
    failed.signal.addEventListener('abort', () => stream.destroy(failed.signal.reason), { once: true });
    // the parser says text/plain where the client declared nothing, as Python's requests does: only a header that is
    // there counts
    const declaredType = isTyped ? mimeType : undefined;
    reading = handlers.file(field, { stream, filename, declaredType, signal: failed.signal });
    // the parser ends only when its file was read: what nobody wants any more is dropped
    reading.then(() => stream.resume(), fail);
  });
  parser.on('filesLimit', () => refuse('Send one file a request.'));
  parser.on('fieldsLimit', () => refuse('The body has too many fields.'));
  parser.on('partsLimit', () => refuse('The body has too many parts.'));
  parser.on('error', (error) => refuse(`The multipart body is broken: ${(error as Error).message}.`));
  parser.on('finish', () => ended.resolve());
  request.once('close', () => {
    if (!request.complete) refuse('The connection was closed before the body had ended.');
  });
  // GraphQL may answer without the file (a document that skips its field): nobody waits for the rest then
  const dropRest = () => refuse('The request was answered before its body had ended.');
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
