import { PgBoss } from 'pg-boss';
import type { PostgresConfig } from '../../core/config.ts';
import type { Logger } from '../../core/log.ts';
import { DELIVERY_LIMIT, type Delivery, type Queue, TASK_NAME, type Task } from './queue.ts';

/** How often the queue is polled for messages that were given back after a failure, or are due now. */
const POLL_MILLISECONDS = 1_000;
/** Connections of the queue to Postgres, besides those of the database's pool. */
const CONNECTIONS = 4;
/** How long a message may be worked before pg-boss delivers it again: longer than any job takes. */
const HANDLING_SECONDS = 86_400;

/**
 * The embedded queue: pg-boss in Postgres. The same process publishes and consumes, so it wakes its own loop: the
 * library's takes one message per poll, at most two per second of a backlog.
 */
export async function openEmbeddedQueue(config: PostgresConfig, log: Logger): Promise<Queue> {
  const boss = new PgBoss({ ...config, max: CONNECTIONS, application_name: 'dataset-reports-queue' } as never);
  boss.on('error', (error) => log.warn({ err: error }, 'the embedded queue had an error'));
  await boss.start();
  await boss.createQueue(TASK_NAME, { retryLimit: DELIVERY_LIMIT, expireInSeconds: HANDLING_SECONDS } as never);
  let wake = () => {};

  async function settle(id: string, outcome: Delivery): Promise<void> {
    try {
      // pg-boss delivers a failed job again, up to the retry limit
      if (outcome === 'later') await boss.fail(TASK_NAME, id);
      else await boss.complete(TASK_NAME, id);
    } catch (error) {
      log.warn({ err: error }, 'a message could not be acknowledged: it comes again, and the row of its job decides');
    }
  }

  return {
    async publish(task) {
      await boss.send(TASK_NAME, task);
      wake();
    },
    async deadLetter(task, reason) {
      log.error({ task, reason }, 'a message is a dead letter');
    },
    async waiting() {
      return (await boss.getQueueStats(TASK_NAME))[0]?.queuedCount ?? 0;
    },
    async consume(concurrency, handle) {
      const working = new Set<Promise<void>>(); // at most `concurrency`
      let stopping = false;
      async function work({ id, data }: { id: string; data: Task }): Promise<void> {
        // times are strings in its JSON
        const { expires, notBefore } = data;
        const outcome = await handle({
          ...data,
          expires: expires && new Date(expires),
          notBefore: notBefore && new Date(notBefore),
        });
        if (outcome === 'dead') log.error({ task: data }, 'a message is a dead letter');
        await settle(id, outcome);
      }
      async function fetch(): Promise<boolean> {
        const free = concurrency - working.size;
        const jobs = free > 0 ? await boss.fetch<Task>(TASK_NAME, { batchSize: free }) : [];
        for (const job of jobs) {
          const one = work(job).finally(() => {
            working.delete(one);
            wake();
          });
          working.add(one);
        }
        return jobs.length > 0;
      }
      const loop = (async () => {
        while (!stopping) {
          // before the fetch: a message that arrives during it wakes the loop, too
          const woken = new Promise<void>((resolve) => {
            wake = resolve;
          });
          const timer = setTimeout(() => wake(), POLL_MILLISECONDS);
          try {
            if (await fetch()) wake();
          } catch (error) {
            log.warn({ err: error }, 'the embedded queue cannot be read');
          }
          await woken;
          clearTimeout(timer);
        }
      })();
      return {
        async stop() {
          stopping = true;
          wake();
          await loop;
          await Promise.all(working);
        },
      };
    },
    async ping() {},
    async close() {
      await boss.stop({ graceful: false, close: true } as never);
    },
  };
}
