import type { PostgresConfig } from '../core/config.ts';
import type { Logger } from '../core/log.ts';
import { isTerminal } from '../core/states.ts';
import type { Job } from '../infra/postgres/database.ts';
import { listen, type NotifyListener } from '../infra/postgres/notify.ts';
import { jobNotFound } from './jobs.ts';

const READ_AGAIN_MILLISECONDS = 500;
/** Ids read in one query. */
const READ_BATCH = 1_000;

interface FeedDeps {
  /** Reads those of the jobs that exist. */
  readJobs(ids: string[]): Promise<Job[]>;
  /** Where sessions can LISTEN. */
  postgres: PostgresConfig;
  log: Logger;
}

/** Whether a subscriber who was shown a job wants to see it as it is now: progress never goes back. */
const isNews = (before: Job, now: Job) =>
  now.state !== before.state ||
  now.progress > before.progress ||
  now.bytesProcessed > before.bytesProcessed ||
  now.error !== before.error;

/** Live progress of jobs for every subscriber of this process, over one LISTEN connection. */
export class ProgressFeed {
  readonly #deps: FeedDeps;
  readonly #listener: NotifyListener;
  readonly #watchers = new Map<string, Set<Watcher>>(); // one entry per job that somebody watches
  readonly #unread = new Set<string>(); // a subset of the keys of #watchers
  #isReading = false;
  #isClosed = false;

  constructor(deps: FeedDeps) {
    this.#deps = deps;
    const handlers = {
      onNotify: (id: string) => this.#readSoon([id]),
      // what was notified while nobody listened is lost: read all that is watched
      onConnect: () => this.#readSoon(this.#watchers.keys()),
    };
    this.#listener = listen(deps.postgres, 'job_progress', handlers, deps.log);
  }

  /**
   * The job as it stands, then every later change; ends after the terminal state.
   * @throws AppError NOT_FOUND
   */
  async watch(jobId: string): Promise<AsyncIterableIterator<Job>> {
    const watcher = new Watcher(() => this.#leave(jobId, watcher));
    this.#watchers.set(jobId, (this.#watchers.get(jobId) ?? new Set()).add(watcher));
    try {
      // after registering: a change between this read and the first notification cannot be missed
      const [job] = await this.#deps.readJobs([jobId]);
      if (!job) throw jobNotFound(jobId);
      watcher.offerFirst(job);
    } catch (error) {
      await watcher.return();
      throw error;
    }
    if (this.#isClosed) await watcher.return();
    return watcher;
  }

  /** Ends the streams of all subscribers, and listens no more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const group of [...this.#watchers.values()]) for (const watcher of [...group]) await watcher.return();
    await this.#listener.close();
  }

  #leave(jobId: string, watcher: Watcher): void {
    const group = this.#watchers.get(jobId);
    group?.delete(watcher);
    if (group?.size === 0) this.#watchers.delete(jobId);
  }

  #readSoon(ids: Iterable<string>): void {
    for (const id of ids) if (this.#watchers.has(id)) this.#unread.add(id);
    if (!this.#isReading) void this.#read();
  }

  /** Reads the rows that changed, one query for all, and gives each to its watchers. */
  async #read(): Promise<void> {
    this.#isReading = true;
    while (this.#unread.size > 0 && !this.#isClosed) {
      const ids = [...this.#unread].slice(0, READ_BATCH);
      for (const id of ids) this.#unread.delete(id);
      try {
        for (const job of await this.#deps.readJobs(ids))
          for (const watcher of this.#watchers.get(job.id) ?? []) watcher.offer(job);
      } catch (error) {
        this.#deps.log.warn({ err: error }, 'progress could not be read');
        for (const id of ids) if (this.#watchers.has(id)) this.#unread.add(id);
        await new Promise((resolve) => setTimeout(resolve, READ_AGAIN_MILLISECONDS));
      }
    }
    this.#isReading = false;
  }
}

/** One subscriber's view of a job: a slow reader gets the latest row, never a queue of them. */
class Watcher implements AsyncIterableIterator<Job> {
  readonly #left: () => void;
  /** The newest row that was not taken yet. */
  #latest: Job | undefined;
  #shown: Job | undefined;
  #isOver = false;
  #wake = () => {};

  /** @param left is called once nothing more will be taken */
  constructor(left: () => void) {
    this.#left = left;
  }

  /** The job has changed. */
  offer(job: Job): void {
    this.#latest = job;
    this.#wake();
  }

  /** Offers what was read when the subscription began: a row that a notification brought meanwhile is newer. */
  offerFirst(job: Job): void {
    this.#latest ??= job;
    this.#wake();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The latest row that is news, as soon as there is one. */
  async next(): Promise<IteratorResult<Job>> {
    while (!this.#isOver) {
      const job = this.#latest;
      this.#latest = undefined;
      if (job && (!this.#shown || isNews(this.#shown, job))) {
        this.#shown = job;
        if (isTerminal(job.state)) await this.return();
        return { value: job, done: false };
      }
      if (!this.#latest) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
    return { value: undefined, done: true };
  }

  /** Ends the subscription. */
  async return(): Promise<IteratorResult<Job>> {
    this.#isOver = true;
    this.#left();
    this.#wake();
    return { value: undefined, done: true };
  }
}
