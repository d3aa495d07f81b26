/** What a client reads about a failure of this program; what went wrong is in the log. */
export const INTERNAL_MESSAGE = 'Something went wrong on our side. It has been logged.';

/**
 * The codes of all refusals, shared by REST (`code` of problem+json) and GraphQL (`extensions.code`), with the HTTP
 * status. GraphQL has one more, by Apollo's convention: PERSISTED_QUERY_NOT_SUPPORTED.
 */
export const ERROR_CODES = {
  BAD_REQUEST: { status: 400, title: 'Bad request' },
  /** Reserved: no request needs credentials yet. */
  UNAUTHENTICATED: { status: 401, title: 'Unauthenticated' },
  FORBIDDEN: { status: 403, title: 'Forbidden' },
  NOT_FOUND: { status: 404, title: 'Not found' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'Method not allowed' },
  TIMEOUT: { status: 408, title: 'Timeout' },
  CONFLICT: { status: 409, title: 'Conflict' },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'Payload too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'Unsupported media type' },
  MISDIRECTED_REQUEST: { status: 421, title: 'Misdirected request' },
  UNPROCESSABLE: { status: 422, title: 'Unprocessable' },
  /** Reserved: requests are not counted yet. */
  TOO_MANY_REQUESTS: { status: 429, title: 'Too many requests' },
  INTERNAL: { status: 500, title: 'Internal error' },
  UNAVAILABLE: { status: 503, title: 'Unavailable' },
} as const;

/** A code of the list above. */
export type ErrorCode = keyof typeof ERROR_CODES;

/**
 * A refusal that a client may read: its message is a sentence to act on. Any other error is shown as a plain INTERNAL.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** Values of the request, each of which would be taken instead of what was refused; undefined without any. */
  readonly choices: readonly object[] | undefined;
  constructor(code: ErrorCode, message: string, options: ErrorOptions & { choices?: readonly object[] } = {}) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
    this.choices = options.choices?.length ? options.choices : undefined;
  }
  /** The HTTP status of the code. */
  get status(): number {
    return ERROR_CODES[this.code].status;
  }
}

/** A wrong or missing setting: ends the start with this sentence. */
export class SettingError extends Error {
  /** Names of the settings that a service refuses. A client may see these, not their values. */
  readonly settings: string[];
  constructor(message: string, settings: string[] = [], options?: ErrorOptions) {
    super(message, options);
    this.name = 'SettingError';
    this.settings = settings;
  }
}

/** An external system did not answer or broke off: worth trying again. */
export class TransientError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TransientError';
  }
}

const UNREACHABLE = 'A required service does not answer right now. Try again in a few seconds.';
const NETWORK = /^(ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ESOCKET)/;
// 08 connection, 40 serialization and deadlock, 53 resources, 55P03 lock, 57P0x shutdown, 57014 statement cancelled
const SQLSTATE = /^(08|40|53|57P0|55P03|57014)/;
const TRANSIENT_NAMES = new Set([
  'TransientError',
  'TimeoutError',
  'NetworkingError',
  'SlowDown',
  'ServiceUnavailable',
]);
// what pg and Node report without a code
const TRANSIENT_MESSAGE =
  /Connection terminated|not queryable|Query read timeout|timeout exceeded when trying to connect|socket hang up/i;
// Prisma: P1xxx connection, P2024 pool exhausted, P2028 transaction not started in time, P2034 write conflict
const PRISMA = /^(P1\d\d\d|P2024|P2028|P2034)$/;

/**
 * Whether the error is a transient fault of the network, the database or the store. Walks `cause`,
 * `meta.driverAdapterError` and the errors of an AggregateError, since every library wraps differently.
 */
export function isTransient(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 6) return false;
  const e = error as Record<string, unknown> & { $metadata?: { httpStatusCode?: number } };
  const codes = [e.code, e.originalCode, e.errno, e.kind].filter((code) => typeof code === 'string') as string[];
  if (codes.some((code) => NETWORK.test(code) || SQLSTATE.test(code) || PRISMA.test(code))) return true;
  if (codes.some((code) => /^(DatabaseNotReachable|ConnectionClosed|SocketTimeout)$/.test(code))) return true;
  if (typeof e.name === 'string' && TRANSIENT_NAMES.has(e.name)) return true;
  if ((e.$metadata?.httpStatusCode ?? 0) >= 500) return true;
  if (error instanceof Error && TRANSIENT_MESSAGE.test(error.message)) return true;
  const meta = e.meta as { driverAdapterError?: unknown } | undefined;
  if (Array.isArray(e.errors) && e.errors.some((inner) => isTransient(inner, depth + 1))) return true;
  return isTransient(e.cause, depth + 1) || isTransient(meta?.driverAdapterError, depth + 1);
}

/**
 * What a client sees of any error: the refusal itself, UNAVAILABLE for a transient fault, else a plain INTERNAL without
 * inner text.
 */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isTransient(error)) return new AppError('UNAVAILABLE', UNREACHABLE, { cause: error });
  return new AppError('INTERNAL', INTERNAL_MESSAGE, { cause: error });
}

/**
 * How an error that ended a request is logged: as an error what the service did wrong, as a warning what it cannot do
 * right now and says so itself, and not at all what a client did: a mistake in the request, or leaving before the
 * response (only the signals of requests abort what is read for them).
 */
export function failureLevel(error: unknown): 'error' | 'warn' | undefined {
  if (error instanceof AppError && error.status < 500) return undefined;
  if (error instanceof Error && error.name === 'AbortError') return undefined;
  return error instanceof AppError && error.code === 'UNAVAILABLE' ? 'warn' : 'error';
}
