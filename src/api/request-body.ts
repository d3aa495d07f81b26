import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { AppError } from '../core/errors.ts';
import { countOf, whole } from '../report/formatting.ts';

/**
 * How long a client that is still sending after a refusal has to read the response before the connection is closed.
 */
const LINGER_MILLISECONDS = 1_000;

/**
 * Lets a client read a refusal that is sent before its body has ended: once the response is out, what still arrives is
 * read and dropped for a second, then the connection is closed. Closing on unread bytes would reset the connection and
 * lose the response. Called for every request, since each may be refused.
 */
export function lingerAfterRefusal(request: IncomingMessage, response: ServerResponse): void {
  if (!request.headers['transfer-encoding'] && !Number(request.headers['content-length'])) return;
  const { socket } = request;
  const drop = () => {
    request.unpipe();
    request.resume();
  };
  // After a response with "Connection: close" (proxies ask for it) Node closes at once, unread bytes or not. This
  // closes only the sending half until the client has stopped sending.
  const closeGently = () => {
    if (request.complete || socket.destroyed) return Socket.prototype.destroySoon.call(socket);
    drop();
    socket.end();
    request.once('end', () => Socket.prototype.destroySoon.call(socket));
    setTimeout(() => socket.destroy(), LINGER_MILLISECONDS).unref();
  };
  // It replaces the previous one and never wraps it: a connection may carry any number of refused bodies.
  socket.destroySoon = closeGently;
  const restore = () => {
    if (socket.destroySoon === closeGently) socket.destroySoon = Socket.prototype.destroySoon;
  };
  response.once('finish', () => {
    if (request.complete) return restore();
    drop();
    setTimeout(() => {
      // a body that has ended since then leaves the connection to the next request
      if (!request.complete) socket.destroy();
      else restore();
    }, LINGER_MILLISECONDS).unref();
  });
}

/**
 * Refuses a body by its declared length before any of it is read; else asks for it, when the client waits for that
 * (`Expect: 100-continue`).
 * @param most bytes that the body may have
 * @param stated the limit as the sentence names it
 * @throws AppError PAYLOAD_TOO_LARGE
 */
export function askForBody(request: IncomingMessage, response: ServerResponse, most: number, stated = most): void {
  refuseLargeBody(request, most, stated);
  // server.ts leaves this response to the reader of the body; HTTP/1.0 does not have it
  if (request.headers.expect && request.httpVersion !== '1.0') response.writeContinue();
}

/** The first half of `askForBody`, where something is checked in between. @throws AppError PAYLOAD_TOO_LARGE */
export function refuseLargeBody(request: IncomingMessage, most: number, stated = most): void {
  const declared = Number(request.headers['content-length']);
  if (declared > most)
    throw new AppError(
      'PAYLOAD_TOO_LARGE',
      `The request has ${whole(declared)} bytes; at most ${whole(stated)} are allowed here.`,
    );
}

/** A body is refused when less than the minimum rate arrived over this time. */
const SLOW_MILLISECONDS = 30_000;

/**
 * Watches that a body keeps arriving: a client that stops sending would otherwise hold its request for ever. Time in
 * which this side did not read is not counted.
 * @param refuse called at most once, with an AppError TIMEOUT
 */
export function refuseSlowBody(
  request: IncomingMessage,
  minBytesPerSecond: number,
  refuse: (error: AppError) => void,
): { stop(): void } {
  let before = request.socket.bytesRead;
  let wasHeld = false;
  const hold = () => {
    wasHeld = true;
  };
  request.on('pause', hold);
  const timer = setInterval(() => {
    const bytes = request.socket.bytesRead - before;
    before += bytes;
    const isHeld = wasHeld || request.isPaused();
    wasHeld = false;
    if (request.complete || isHeld || bytes >= (minBytesPerSecond * SLOW_MILLISECONDS) / 1_000) return;
    stop();
    refuse(
      new AppError(
        'TIMEOUT',
        `The body came too slowly: ${countOf(bytes, 'byte')} in ${SLOW_MILLISECONDS / 1_000} seconds. ` +
          `Send at least ${countOf(minBytesPerSecond, 'byte')} per second.`,
      ),
    );
  }, SLOW_MILLISECONDS);
  timer.unref();
  const stop = () => {
    clearInterval(timer);
    request.off('pause', hold);
  };
  return { stop };
}

/**
 * Reads a whole body of at most `limit` bytes.
 * @throws AppError PAYLOAD_TOO_LARGE as soon as more arrive or are declared, TIMEOUT when it does not arrive,
 *   BAD_REQUEST when the client disconnects before the end
 */
export async function readBody(
  request: IncomingMessage,
  response: ServerResponse,
  limit: number,
  minBytesPerSecond: number,
): Promise<Buffer> {
  askForBody(request, response, limit);
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const watch = refuseSlowBody(request, minBytesPerSecond, reject);
  let chunks: Buffer[] = [];
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= limit) {
      chunks.push(chunk);
      return;
    }
    chunks = []; // what still arrives is dropped
    reject(
      new AppError(
        'PAYLOAD_TOO_LARGE',
        `The request is larger than ${whole(limit)} bytes, the most that is allowed here.`,
      ),
    );
  });
  request.once('end', () => resolve(Buffer.concat(chunks)));
  request.once('close', () =>
    reject(new AppError('BAD_REQUEST', 'The connection was closed before the whole request had arrived.')),
  );
  return promise.finally(watch.stop);
}

/**
 * A body as text.
 * @throws AppError BAD_REQUEST when it is not UTF-8: what is in it would be stored, or searched for, as something else
 */
export function textOf(body: Buffer): string {
  if (!isUtf8(body)) throw new AppError('BAD_REQUEST', 'The request is not in UTF-8, as JSON is.');
  return body.toString();
}
