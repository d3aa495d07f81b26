import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../core/log.ts';
import { type Database, Prisma } from '../infra/postgres/database.ts';
import type { Queue, Task } from '../infra/queue/queue.ts';

/** How long a job may wait with its row written but not handed over before any process does it. */
const AGE_SECONDS = 3;
/** A process that began to hand over and died is given this long. */
const BEGUN_SECONDS = 5;
const BATCH = 500;
const AT_ONCE = 50;
/** Messages under way to the broker at a time: beyond it jobs wait in the database, where they are anyway. */
const MOST_UNDER_WAY = 1_000;
/** Ids of messages are noted together, so often. */
const NOTE_MILLISECONDS = 200;

interface Waiting extends Pick<Task, 'datasetId' | 'jobId'> {
  /** How many attempts there were before. */
  attempt: number;
  /** Of a message that was put off. */
  expires?: Date | null;
}

/**
 * From the row to the broker. A job is accepted when its row is committed; its message follows as soon as it can. Until the message's id
 * is in the row, every process may send it (again): a second message does no harm, since the claim decides by the row.
 */
export interface Outbox {
  /** Sends the message of a new job, without waiting for the broker. What fails here goes out by `dispatch`. */
  send(job: Waiting): void;
  /** Sends what is due: jobs not handed over, retries, dead letters. @returns how many went out */
  dispatch(): Promise<number>;
  /** Resolves when nothing is under way any more. */
  close(): Promise<void>;
}

export function openOutbox({ database, queue, log }: { database: Database; queue: Queue; log: Logger }): Outbox {
  const underWay = new Set<Promise<unknown>>(); // at most MOST_UNDER_WAY
  let sent: (Task & Waiting)[] = []; // what the broker took and the rows do not say yet
  let noting: Promise<void> | undefined;
  let isAway = false;

  /** Writes the ids of all that was sent in the last moments, in one statement. */
  function note(): void {
    noting ??= sleep(NOTE_MILLISECONDS)
      .then(() => flush())
      .finally(() => {
        noting = undefined;
        if (sent.length > 0) note();
      });
  }
  async function flush(): Promise<void> {
    const tasks = sent;
    sent = [];
    if (tasks.length === 0) return;
    const ids = tasks.map(({ jobId }) => jobId);
    try {
      // A worker may have been faster: its claim has noted the id of the message that it holds, and when its attempt has failed already
      // the job waits for another message, which this one must not pass for.
      await database.$executeRaw`
        UPDATE jobs SET celery_task_id = sent.task, handed_over_at = now()
        FROM unnest(${ids}::uuid[], ${tasks.map(({ id }) => id)}::text[], ${tasks.map(({ attempt }) => attempt)}::int[]) AS sent (job, task, attempt)
        WHERE id = sent.job AND jobs.attempt = sent.attempt AND celery_task_id IS NULL AND state IN ('queued', 'retrying')`;
    } catch (error) {
      log.warn({ err: error, jobs: ids.length }, 'ids of messages could not be noted: they will be sent again');
    }
  }

  async function publish({ datasetId, jobId, attempt, expires }: Waiting): Promise<boolean> {
    const task = { id: randomUUID(), datasetId, jobId, expires: expires ?? undefined };
    try {
      await queue.publish(task);
      sent.push({ ...task, attempt });
      isAway = false;
      note();
      return true;
    } catch (error) {
      isAway = true;
      log.warn({ err: error, job: jobId }, 'the job could not be handed to the broker yet');
      return false;
    }
  }

  async function dispatchJobs(): Promise<number> {
    // of a broker that was away one message finds out whether it is back
    const due = await database.$queryRaw<Waiting[]>`
      UPDATE jobs SET handed_over_at = now() WHERE id IN (
        SELECT id FROM jobs WHERE state IN ('queued', 'retrying') AND celery_task_id IS NULL AND leased_until IS NULL
          AND COALESCE(retry_at, queued_at + make_interval(secs => ${AGE_SECONDS}::float8)) <= now()
          AND (handed_over_at IS NULL OR handed_over_at < now() - make_interval(secs => ${BEGUN_SECONDS}::float8))
        ORDER BY queued_at LIMIT ${isAway ? 1 : BATCH} FOR UPDATE SKIP LOCKED)
      RETURNING id AS "jobId", dataset_id AS "datasetId", attempt, expires_at AS "expires"`;
    let count = 0;
    for (let at = 0; at < due.length; at += AT_ONCE) {
      const results = await Promise.all(due.slice(at, at + AT_ONCE).map(publish));
      count += results.filter(Boolean).length;
      if (results.includes(false)) {
        // the broker is away: the others are free for the next time
        const ids = due.slice(at).map(({ jobId }) => jobId);
        await database.$executeRaw`
          UPDATE jobs SET handed_over_at = NULL
          WHERE id = ANY(${ids}::uuid[]) AND celery_task_id IS NULL AND state IN ('queued', 'retrying')`;
        break;
      }
    }
    return count;
  }

  async function dispatchDeadLetters(): Promise<number> {
    const due = await database.job.findMany({ where: { deadLetterDue: true }, take: BATCH });
    for (const { id, datasetId, celeryTaskId, error } of due) {
      await queue.bury({ id: celeryTaskId ?? randomUUID(), datasetId, jobId: id }, error ?? '');
      await database.job.updateMany({ where: { id }, data: { deadLetterDue: false } });
    }
    return due.length;
  }

  return {
    send(job) {
      if (underWay.size >= MOST_UNDER_WAY) return;
      const publishing = publish(job).finally(() => underWay.delete(publishing));
      underWay.add(publishing);
    },
    async dispatch() {
      return (await dispatchJobs()) + (await dispatchDeadLetters());
    },
    async close() {
      await Promise.all(underWay);
      await noting;
    },
  };
}

/** A message that the broker took and lost (a queue deleted, a stock worker that dropped it) is sent again. */
export async function resendLost(
  { database, queue }: { database: Database; queue: Queue },
  afterSeconds: number,
): Promise<number> {
  const old = Prisma.sql`state IN ('queued', 'retrying') AND celery_task_id IS NOT NULL AND leased_until IS NULL
    AND handed_over_at < now() - make_interval(secs => ${afterSeconds}::float8)`;
  const [some] = await database.$queryRaw<unknown[]>`SELECT 1 FROM jobs WHERE ${old} LIMIT 1`;
  // while messages wait, the job's own may be among them
  if (!some || (await queue.waiting()) > 0) return 0;
  return database.$executeRaw`UPDATE jobs SET celery_task_id = NULL, handed_over_at = NULL, retry_at = now() WHERE ${old}`;
}
