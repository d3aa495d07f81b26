import { PgBoss } from 'pg-boss';
import type { PostgresConfig } from '../core/config.ts';
import type { Logger } from '../core/log.ts';
import { type Queue, TASK_NAME, type Task } from './queue.ts';

/** The embedded queue: pg-boss in Postgres, woken by NOTIFY, polled once a second in case one was missed. */
export async function openEmbeddedQueue(config: PostgresConfig, log: Logger): Promise<Queue> {
  const boss = new PgBoss({
    ...config,
    max: 4,
    application_name: 'dataset-reports-queue',
    useListenNotify: true,
  } as never);
  boss.on('error', (error) => log.warn({ err: error }, 'the embedded queue had an error'));
  await boss.start();
  await boss.createQueue(TASK_NAME, { retryLimit: 20, expireInSeconds: 86_400, notify: true } as never);
  return {
    async publish(task) {
      await boss.send(TASK_NAME, task);
    },
    async bury(task, reason) {
      log.error({ task, reason }, 'a message was set aside');
    },
    async waiting() {
      return (await boss.getQueueStats(TASK_NAME))[0]?.queuedCount ?? 0;
    },
    async consume(concurrency, handle) {
      const options = {
        pollingIntervalSeconds: 1,
        notifyPollingIntervalSeconds: 1,
        localConcurrency: concurrency,
        batchSize: 1,
      };
      const id = await boss.work<Task>(TASK_NAME, options as never, async ([job]) => {
        if (!job) return;
        const outcome = await handle(job.data);
        // a failed pg-boss job is delivered again, the retry limit ends it
        if (outcome === 'later') throw new Error('given back');
        if (outcome === 'dead') log.error({ task: job.data }, 'a message was set aside');
      });
      return {
        async stop() {
          await boss.offWork(TASK_NAME, { id, wait: true } as never);
        },
      };
    },
    async ping() {},
    async close() {
      await boss.stop({ graceful: false, close: true } as never);
    },
  };
}
