import { type Logger, pino } from 'pino';

export type { Logger };

/** What is told of an error. Libraries hang whole clients, passwords among them, on their errors: those stay out. */
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

/** JSON lines on standard error: standard output stays free for the one line that says where the service is. */
export function createLogger(level: string, process: string): Logger {
  const destination = pino.destination({ dest: 2, sync: true });
  return pino(
    { level, base: { process }, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: describe } },
    destination,
  );
}
