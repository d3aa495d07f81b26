import { WAITING_STATES } from '../../../core/states.ts';
import { countOf, type Database, Prisma, rowsOf } from '../database.ts';
import { listOf } from './sql.ts';

/** The way of jobs to the broker: those whose messages are still to be sent, were sent, or were lost. */

/** Of any job that waits, also one whose lease is not released yet. */
const WAITING = Prisma.sql`state IN ${listOf(WAITING_STATES)}`;

/** A job whose message is to be sent. */
export interface DueJob {
  jobId: string;
  datasetId: string;
  /** How many attempts there were before. */
  attempt: number;
  /** The expiry of a message that was postponed. */
  expires?: Date | null;
}

/** When the message of a job is due. */
export interface DueRule {
  /** Age at which a new job is due: normally the process that made it sends its message at once. */
  ageSeconds: number;
  /** How long a process that took a job may need to send its message; after that it counts as dead. */
  sendSeconds: number;
}

/** Takes jobs whose messages are due, oldest first; other processes do not see them for `sendSeconds`. */
export function takeDueJobs(database: Database, rule: DueRule, limit: number): Promise<DueJob[]> {
  return rowsOf<DueJob>(
    database,
    Prisma.sql`
    UPDATE jobs SET handed_over_at = now() WHERE id IN (
      SELECT id FROM jobs WHERE ${WAITING} AND celery_task_id IS NULL AND leased_until IS NULL
        AND COALESCE(retry_at, queued_at + make_interval(secs => ${rule.ageSeconds}::float8)) <= now()
        AND (handed_over_at IS NULL
          OR handed_over_at < now() - make_interval(secs => ${rule.sendSeconds}::float8))
      ORDER BY queued_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING id AS "jobId", dataset_id AS "datasetId", attempt, expires_at AS "expires"`,
  );
}

/** Gives back jobs whose messages could not be sent: they are due again at once. */
export async function releaseDueJobs(database: Database, jobIds: string[]): Promise<void> {
  await countOf(
    database,
    Prisma.sql`
    UPDATE jobs SET handed_over_at = NULL
    WHERE id = ANY(${jobIds}::uuid[]) AND celery_task_id IS NULL AND ${WAITING}`,
  );
}

/** A message that the broker has taken. */
export interface SentMessage {
  messageId: string;
  jobId: string;
  attempt: number;
}

/**
 * Writes the ids of messages to their jobs, all in one statement. A worker may have been faster: its claim has written
 * the id of the message that it holds. When its attempt has failed already, the job waits for another message, and this
 * one must not count as that.
 */
export async function markSent(database: Database, sent: SentMessage[]): Promise<void> {
  const jobs = sent.map(({ jobId }) => jobId);
  const messages = sent.map(({ messageId }) => messageId);
  const attempts = sent.map(({ attempt }) => attempt);
  await countOf(
    database,
    Prisma.sql`
    UPDATE jobs SET celery_task_id = sent.message, handed_over_at = now()
    FROM unnest(${jobs}::uuid[], ${messages}::text[], ${attempts}::int[]) AS sent (job, message, attempt)
    WHERE id = sent.job AND jobs.attempt = sent.attempt AND celery_task_id IS NULL AND ${WAITING}`,
  );
}

/** A job that failed for good and whose message is still to be put among the dead letters. */
export interface DeadLetter {
  jobId: string;
  datasetId: string;
  messageId: string | null;
  error: string | null;
}

/** Jobs that failed for good, whose messages are not among the dead letters yet. */
export function findDeadLetters(database: Database, limit: number): Promise<DeadLetter[]> {
  return rowsOf<DeadLetter>(
    database,
    Prisma.sql`
    SELECT id AS "jobId", dataset_id AS "datasetId", celery_task_id AS "messageId", error
    FROM jobs WHERE dead_letter_due LIMIT ${limit}`,
  );
}

/** The message of the job is among the dead letters now. */
export async function markDeadLettered(database: Database, jobId: string): Promise<void> {
  await countOf(database, Prisma.sql`UPDATE jobs SET dead_letter_due = false WHERE id = ${jobId}::uuid`);
}

const sentBefore = (seconds: number): Prisma.Sql => Prisma.sql`${WAITING} AND celery_task_id IS NOT NULL
  AND leased_until IS NULL AND handed_over_at < now() - make_interval(secs => ${seconds}::float8)`;

/** Whether a job is still waiting whose message was sent more than `seconds` ago. */
export async function hasUnclaimedJobs(database: Database, seconds: number): Promise<boolean> {
  const rows = await rowsOf(database, Prisma.sql`SELECT 1 FROM jobs WHERE ${sentBefore(seconds)} LIMIT 1`);
  return rows.length > 0;
}

/** Makes such jobs due again. @returns how many */
export function resendUnclaimedJobs(database: Database, seconds: number): Promise<number> {
  return countOf(
    database,
    Prisma.sql`
    UPDATE jobs SET celery_task_id = NULL, handed_over_at = NULL, retry_at = now() WHERE ${sentBefore(seconds)}`,
  );
}
