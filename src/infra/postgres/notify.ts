import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { PostgresConfig } from '../../core/config.ts';
import type { Logger } from '../../core/log.ts';

/**
 * How often the connection is probed, and how long the response may take: so a half-open connection is noticed
 * within 15 s.
 */
const HEARTBEAT_MILLISECONDS = 10_000;
const ANSWER_MILLISECONDS = 5_000;
const RECONNECT_MILLISECONDS = [100, 250, 500, 1_000];

/** A LISTEN connection. */
export interface NotifyListener {
  close(): Promise<void>;
}

/**
 * One LISTEN connection of the process. A notification is a hint, the row is the truth: `onConnect` is called after
 * every (re)connection, and must read the watched rows again, since notifications sent meanwhile are not repeated.
 */
export function listen(
  config: PostgresConfig & { application_name?: string },
  channel: string,
  handlers: { onNotify(payload: string): void; onConnect(): void },
  log: Logger,
): NotifyListener {
  const closing = new AbortController();

  async function session(): Promise<void> {
    const client = new pg.Client({
      ...config,
      connectionTimeoutMillis: ANSWER_MILLISECONDS,
      query_timeout: ANSWER_MILLISECONDS,
      keepAlive: true,
    });
    const ended = new Promise<void>((resolve) => client.once('end', resolve));
    // a terminated connection emits it twice
    client.on('error', (error) => log.warn({ err: error }, 'the LISTEN connection broke'));
    client.on('notification', (message) => handlers.onNotify(message.payload ?? ''));
    await client.connect();
    const stop = () => void client.end().catch(() => {});
    closing.signal.addEventListener('abort', stop, { once: true });
    if (closing.signal.aborted) stop(); // closed while it connected: without this, nothing would end the connection
    const heartbeat = setInterval(() => {
      client
        .query('SELECT 1')
        .catch(() =>
          (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy(),
        );
    }, HEARTBEAT_MILLISECONDS);
    try {
      if (closing.signal.aborted) return;
      await client.query(`LISTEN ${channel}`);
      handlers.onConnect();
      await ended;
    } finally {
      clearInterval(heartbeat);
      closing.signal.removeEventListener('abort', stop);
      stop();
    }
  }

  const loop = (async () => {
    for (let failures = 0; !closing.signal.aborted; ) {
      try {
        await session();
        failures = 0;
      } catch (error) {
        log.warn({ err: error }, 'LISTEN could not be set up');
      }
      if (closing.signal.aborted) break;
      const pause = RECONNECT_MILLISECONDS[Math.min(failures++, RECONNECT_MILLISECONDS.length - 1)]!;
      await sleep(pause, undefined, { signal: closing.signal }).catch(() => {});
    }
  })();

  return {
    async close() {
      closing.abort();
      await loop;
    },
  };
}
