import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../core/log.ts';
import type { Database } from '../infra/postgres/database.ts';
import {
  type DueJob,
  findDeadLetters,
  hasUnclaimedJobs,
  markDeadLettered,
  markSent,
  releaseDueJobs,
  resendUnclaimedJobs,
  type SentMessage,
  takeDueJobs,
} from '../infra/postgres/rows/outbox.ts';
import type { Queue } from '../infra/queue/queue.ts';

/** After this time, any process sends a new job's message; the process that made the job may be dead. */
const AGE_SECONDS = 3;
/** After this time, another process takes a job again whose sender has died. */
const SEND_SECONDS = 5;
const BATCH = 500;
const CONCURRENCY = 50;
/** Messages under way to the broker at a time: beyond it jobs wait in the database, where they are anyway. */
const MAX_UNDER_WAY = 1_000;
/** How often the ids of sent messages are written to the rows, together. */
const MARK_MILLISECONDS = 200;

interface OutboxDeps {
  database: Database;
  queue: Queue;
  log: Logger;
}

/**
 * From the row to the broker. A job is accepted when its row is committed; its message follows as soon as it can. Until
 * the message's id is in the row, every process may send the message (again): a second one does no harm, since the
 * claim decides by the row.
 */
export class Outbox {
  readonly #deps: OutboxDeps;
  readonly #underWay = new Set<Promise<unknown>>(); // at most MAX_UNDER_WAY
  /** Messages that the broker has taken and the rows do not show yet. */
  #sent: SentMessage[] = [];
  #marking: Promise<void> | undefined;
  #isBrokerAway = false;

  constructor(deps: OutboxDeps) {
    this.#deps = deps;
  }

  /** Sends the message of a new job, without waiting for the broker. What fails here is sent by `dispatch`. */
  send(job: DueJob): void {
    if (this.#underWay.size >= MAX_UNDER_WAY) return;
    const publishing = this.#publish(job).finally(() => this.#underWay.delete(publishing));
    this.#underWay.add(publishing);
  }

  /**
   * Empties the outbox: sends the messages that are due, of new jobs, of retries and to the dead letters.
   * @returns how many
   */
  async dispatch(): Promise<number> {
    return (await this.#dispatchJobs()) + (await this.#dispatchDeadLetters());
  }

  /** Resolves when nothing is under way any more. */
  async close(): Promise<void> {
    await Promise.all(this.#underWay);
    await this.#marking;
  }

  async #publish({ datasetId, jobId, attempt, expires }: DueJob): Promise<boolean> {
    const { queue, log } = this.#deps;
    const messageId = randomUUID();
    try {
      await queue.publish({ id: messageId, datasetId, jobId, expires: expires ?? undefined });
      this.#sent.push({ messageId, jobId, attempt });
      this.#isBrokerAway = false;
      this.#markSoon();
      return true;
    } catch (error) {
      this.#isBrokerAway = true;
      log.warn({ err: error, job: jobId }, 'the message of a job could not be sent to the broker yet');
      return false;
    }
  }

  /** Writes the ids of the messages that were sent since the last time, in one statement. */
  #markSoon(): void {
    this.#marking ??= sleep(MARK_MILLISECONDS)
      .then(() => this.#mark())
      .finally(() => {
        this.#marking = undefined;
        if (this.#sent.length > 0) this.#markSoon();
      });
  }

  async #mark(): Promise<void> {
    const { database, log } = this.#deps;
    const sent = this.#sent;
    this.#sent = [];
    if (sent.length === 0) return;
    try {
      await markSent(database, sent);
    } catch (error) {
      log.warn({ err: error, jobs: sent.length }, 'ids of messages could not be noted: they will be sent again');
    }
  }

  async #dispatchJobs(): Promise<number> {
    const { database } = this.#deps;
    // one message finds out whether a broker that was away is back
    const limit = this.#isBrokerAway ? 1 : BATCH;
    const due = await takeDueJobs(database, { ageSeconds: AGE_SECONDS, sendSeconds: SEND_SECONDS }, limit);
    let count = 0;
    for (let at = 0; at < due.length; at += CONCURRENCY) {
      const results = await Promise.all(due.slice(at, at + CONCURRENCY).map((job) => this.#publish(job)));
      count += results.filter(Boolean).length;
      if (results.includes(false)) {
        const rest = due.slice(at).map(({ jobId }) => jobId);
        await releaseDueJobs(database, rest);
        break;
      }
    }
    return count;
  }

  async #dispatchDeadLetters(): Promise<number> {
    const { database, queue } = this.#deps;
    const due = await findDeadLetters(database, BATCH);
    for (const { jobId, datasetId, messageId, error } of due) {
      await queue.deadLetter({ id: messageId ?? randomUUID(), datasetId, jobId }, error ?? '');
      await markDeadLettered(database, jobId);
    }
    return due.length;
  }
}

/** Sends messages again that the broker took and lost, as when its queue was deleted. @returns how many */
export async function resendLost(
  { database, queue }: Pick<OutboxDeps, 'database' | 'queue'>,
  afterSeconds: number,
): Promise<number> {
  if (!(await hasUnclaimedJobs(database, afterSeconds))) return 0;
  // while messages wait, the job's own may be among them
  if ((await queue.waiting()) > 0) return 0;
  return resendUnclaimedJobs(database, afterSeconds);
}
