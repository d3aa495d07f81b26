import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { AppError, ERROR_CODES } from '../core/errors.ts';

/** The body of a refusal, as JSON (RFC 9457). */
export const problem = (error: AppError): string =>
  JSON.stringify({
    type: 'about:blank',
    title: ERROR_CODES[error.code].title,
    status: error.status,
    detail: error.message,
    code: error.code,
    choices: error.choices,
  });

/** The same for /graphql, whose clients look for `errors`. */
export const graphqlProblem = ({ message, code }: AppError): string =>
  JSON.stringify({ errors: [{ message, extensions: { code } }] });

function refusalOf(code: string | undefined): AppError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new AppError('TIMEOUT', 'The request did not arrive in time.');
  if (code === 'HPE_HEADER_OVERFLOW')
    return new AppError('BAD_REQUEST', 'The path and headers of the request are larger than 16 KiB together.');
  return new AppError(
    'BAD_REQUEST',
    'This is not a valid HTTP request: its method, its path or one of its headers is invalid.',
  );
}

/**
 * Responds where there is no response object, and closes the connection once the response is out, without waiting for
 * the client.
 */
export function respondOnSocket(socket: Socket, { status }: AppError, type: string, body: string): void {
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `content-type: ${type}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
}

/**
 * Responds to bytes that are not an HTTP request, and closes the connection: it is unknown where the next request would
 * begin.
 */
export function respondToBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const refusal = refusalOf(error.code);
  respondOnSocket(socket, refusal, 'application/problem+json; charset=utf-8', problem(refusal));
}
