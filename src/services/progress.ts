import type { PostgresConfig } from '../core/config.ts';
import type { Logger } from '../core/log.ts';
import type { Database, Job } from '../infra/postgres/database.ts';
import { listen } from '../infra/postgres/notify.ts';
import { jobNotFound, TERMINAL_STATES } from './datasets.ts';

const READ_AGAIN_MILLISECONDS = 500;
/** Ids read in one query. */
const READ_BATCH = 1_000;

interface Watcher {
  /** The newest row not yet taken: a slow reader gets the latest, never a queue. */
  latest: Job | undefined;
  wake: () => void;
}

/** Live progress of jobs for every subscriber of this process, over one LISTEN connection. */
export interface ProgressFeed {
  /**
   * The job as it stands, then every change that is still news; progress never goes back; ends after the terminal state.
   * @throws AppError NOT_FOUND
   */
  watch(jobId: string): Promise<AsyncIterableIterator<Job>>;
  close(): Promise<void>;
}

const isNews = (before: Job, now: Job) =>
  now.state !== before.state ||
  now.progress > before.progress ||
  now.bytesProcessed > before.bytesProcessed ||
  now.error !== before.error;

export function openProgressFeed(database: Database, postgres: PostgresConfig, log: Logger): ProgressFeed {
  const watchers = new Map<string, Set<Watcher>>(); // one entry a job that somebody watches
  const unread = new Set<string>(); // a subset of the keys of `watchers`
  let reading = false;
  let closed = false;

  /** Reads the rows that changed, one query for all, and hands each to its watchers. */
  async function read(): Promise<void> {
    if (reading) return;
    reading = true;
    while (unread.size > 0 && !closed) {
      const ids = [...unread].slice(0, READ_BATCH);
      for (const id of ids) unread.delete(id);
      try {
        for (const job of await database.job.findMany({ where: { id: { in: ids } } })) {
          for (const watcher of watchers.get(job.id) ?? []) {
            watcher.latest = job;
            watcher.wake();
          }
        }
      } catch (error) {
        log.warn({ err: error }, 'progress could not be read');
        for (const id of ids) if (watchers.has(id)) unread.add(id);
        await new Promise((resolve) => setTimeout(resolve, READ_AGAIN_MILLISECONDS));
      }
    }
    reading = false;
  }

  const listener = listen(
    postgres,
    'job_progress',
    {
      onNotify(id) {
        if (!watchers.has(id)) return;
        unread.add(id);
        void read();
      },
      onConnect() {
        // what was notified while nobody listened is lost: read all that is watched
        for (const id of watchers.keys()) unread.add(id);
        void read();
      },
    },
    log,
  );

  return {
    async watch(jobId) {
      const watcher: Watcher = { latest: undefined, wake: () => {} };
      const group = watchers.get(jobId) ?? new Set();
      watchers.set(jobId, group.add(watcher));
      let over = false;
      const leave = () => {
        over = true;
        group.delete(watcher);
        if (group.size === 0 && watchers.get(jobId) === group) watchers.delete(jobId);
        watcher.wake();
      };
      let shown: Job | undefined;
      try {
        // after registering: a change between this read and the first notification cannot be missed
        const job = await database.job.findUnique({ where: { id: jobId } });
        if (!job) throw jobNotFound(jobId);
        watcher.latest ??= job; // what a notification has brought meanwhile is newer
      } catch (error) {
        leave();
        throw error;
      }
      const iterator: AsyncIterableIterator<Job> = {
        [Symbol.asyncIterator]() {
          return this;
        },
        async next() {
          while (!over && !closed) {
            const job = watcher.latest;
            watcher.latest = undefined;
            if (job && (!shown || isNews(shown, job))) {
              shown = job;
              if (TERMINAL_STATES.includes(job.state)) leave();
              return { value: job, done: false };
            }
            if (!watcher.latest) {
              await new Promise<void>((resolve) => {
                watcher.wake = resolve;
              });
            }
          }
          leave();
          return { value: undefined, done: true };
        },
        async return() {
          leave();
          return { value: undefined, done: true };
        },
      };
      return iterator;
    },
    async close() {
      closed = true;
      for (const group of watchers.values()) for (const watcher of group) watcher.wake();
      await listener.close();
    },
  };
}
