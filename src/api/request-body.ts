import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '../core/errors.ts';

/** After a refusal the client may still be sending: it gets this long to read the answer before the connection goes. */
const LINGER_MILLISECONDS = 1_000;

/**
 * For a body that may be refused before it has ended: once the answer is out, what still comes is read and dropped for a
 * second, then the connection is closed. Closing on unread bytes would reset the connection and lose the answer.
 */
export function lingerAfterRefusal(request: IncomingMessage, response: ServerResponse): void {
  response.once('finish', () => {
    if (request.complete) return;
    request.unpipe();
    request.resume();
    setTimeout(() => {
      // a body that has ended since then leaves the connection to the next request
      if (!request.complete) request.socket.destroy();
    }, LINGER_MILLISECONDS).unref();
  });
}

/**
 * Reads a whole body of at most `limit` bytes.
 * @throws AppError PAYLOAD_TOO_LARGE as soon as there are more, BAD_REQUEST when the client goes before the end
 */
export function readBody(request: IncomingMessage, response: ServerResponse, limit: number): Promise<Buffer> {
  lingerAfterRefusal(request, response);
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  let chunks: Buffer[] = [];
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= limit) {
      chunks.push(chunk);
      return;
    }
    chunks = []; // what still comes is dropped
    reject(new AppError('PAYLOAD_TOO_LARGE', `The body is larger than the ${limit} bytes allowed here.`));
  });
  request.once('end', () => resolve(Buffer.concat(chunks)));
  request.once('close', () =>
    reject(new AppError('BAD_REQUEST', 'The connection was closed before the body had ended.')),
  );
  return promise;
}
