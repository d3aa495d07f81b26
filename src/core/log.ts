import { type Logger, pino } from 'pino';

export type { Logger };

/**
 * What is logged of an error. Libraries attach whole clients, passwords included, to their errors: those are left out.
 */
const describe = (error: unknown): unknown =>
  error instanceof Error
    ? {
        type: error.name,
        message: error.message,
        code: (error as { code?: unknown }).code,
        stack: error.stack,
        cause: describe(error.cause),
      }
    : error;

/** Logs JSON lines to standard error: standard output has only the one line with the service's address. */
export function createLogger(level: string, process: string): Logger {
  const destination = pino.destination({ dest: 2, sync: true });
  return pino(
    { level, base: { process }, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: describe } },
    destination,
  );
}
