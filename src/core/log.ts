import { type Logger, pino } from 'pino';

export type { Logger };

/** JSON lines on standard error: standard output stays free for the one line that says where the service is. */
export function createLogger(level: string, process: string): Logger {
  return pino(
    { level, base: { process }, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
}
