import type { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { AppError } from '../core/errors.ts';

/** After a refusal the client may still be sending: it gets this long to read the answer before the connection goes. */
const LINGER_MILLISECONDS = 1_000;

/**
 * For every body, since each may be refused before it has ended: once the answer is out, what still comes is read and
 * dropped for a second, then the connection is closed. Closing on unread bytes would reset the connection and lose the
 * answer.
 */
export function lingerAfterRefusal(request: IncomingMessage, response: ServerResponse): void {
  if (!request.headers['transfer-encoding'] && !Number(request.headers['content-length'])) return;
  const { socket } = request;
  const drop = () => {
    request.unpipe();
    request.resume();
  };
  // After an answer with "Connection: close" (proxies ask for it) Node closes at once, unread bytes or not: here the
  // sending half alone, until the client has stopped sending.
  const closeGently = () => {
    if (request.complete || socket.destroyed) return Socket.prototype.destroySoon.call(socket);
    drop();
    socket.end();
    request.once('end', () => Socket.prototype.destroySoon.call(socket));
    setTimeout(() => socket.destroy(), LINGER_MILLISECONDS).unref();
  };
  // It takes the place of the one before, never wraps it: a connection may carry any number of refused bodies.
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
 * Refuses a body by the length that it declares, before any of it is read or, where the client waits to be asked for
 * it, sent.
 * @param most bytes that the body may have @param told the limit as the sentence names it
 * @throws AppError PAYLOAD_TOO_LARGE
 */
export function askForBody(request: IncomingMessage, response: ServerResponse, most: number, told = most): void {
  const declared = Number(request.headers['content-length']);
  if (declared > most)
    throw new AppError(
      'PAYLOAD_TOO_LARGE',
      `The request says that its body has ${declared} bytes; ${told} are allowed here.`,
    );
  // server.ts leaves it to whoever reads the body; HTTP/1.0 has no such answer
  if (request.headers.expect && request.httpVersion !== '1.0') response.writeContinue();
}

/** A body is given up when less than the least rate came over so long. */
const SLOW_MILLISECONDS = 30_000;

/**
 * Watches that a body keeps coming: a client that stops sending would otherwise hold its request for ever. Time in
 * which it was this side that did not read is not counted.
 * @param refuse called once at most, with an AppError TIMEOUT
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
        `The body came too slowly: ${bytes} bytes in ${SLOW_MILLISECONDS / 1_000} seconds. ` +
          `Send at least ${minBytesPerSecond} bytes a second.`,
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
 * @throws AppError PAYLOAD_TOO_LARGE as soon as there are more or more are declared, TIMEOUT when it does not come,
 *   BAD_REQUEST when the client goes before the end
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
    chunks = []; // what still comes is dropped
    reject(new AppError('PAYLOAD_TOO_LARGE', `The body is larger than the ${limit} bytes allowed here.`));
  });
  request.once('end', () => resolve(Buffer.concat(chunks)));
  request.once('close', () =>
    reject(new AppError('BAD_REQUEST', 'The connection was closed before the body had ended.')),
  );
  return promise.finally(watch.stop);
}
