import {
  AttemptOutcome,
  CANCELLED,
  DatasetStatus,
  JobState,
  MILESTONES,
  TERMINAL_STATES,
} from '../../../core/states.ts';
import type { ReadOptions } from '../../../processing/options/read-options.ts';
import { countOf, type Database, Prisma, rowsOf } from '../database.ts';
import { jsonOrNull, listOf, literal, lockedDataset, STARTED, storable, WAITING } from './sql.ts';

/**
 * Attempts: their progress and their ends. (They begin in claims.ts, and live by leases.ts.) Every function is one
 * round trip and one commit. An end locks the dataset's row before the job's, so that none can deadlock with another or
 * with an enqueue, and it changes nothing when the row shows that the attempt no longer owns the job: another number,
 * another state, or a cancel request.
 */

/**
 * Seconds before the attempt after the first fault. Each fault doubles it, up to the cap; jitter spreads jobs of one
 * fault.
 */
const BACKOFF_SECONDS = 0.5;
const MAX_BACKOFF_SECONDS = 30;

/** An attempt's hold on its job. */
export interface Owned {
  jobId: string;
  datasetId: string;
  /** Its number: a later attempt has another. */
  attempt: number;
}

/** How far an attempt is. */
export interface Progress {
  /** 0 to 100. */
  percent: number;
  rows: number;
  bytes: number;
  /** An estimate of the time until the job is done. */
  secondsLeft: number | undefined;
}

/**
 * Writes progress, which never goes back: a later attempt begins below what an earlier one has shown.
 * @returns false when the job was lost
 */
export async function writeProgress(database: Database, { jobId, attempt }: Owned, now: Progress): Promise<boolean> {
  const count = await countOf(
    database,
    Prisma.sql`
    UPDATE jobs SET progress = GREATEST(progress, ${now.percent}::int),
      rows_processed = GREATEST(rows_processed, ${now.rows}::bigint),
      bytes_processed = GREATEST(bytes_processed, ${now.bytes}::bigint),
      estimated_finish_at = now() + make_interval(secs => ${now.secondsLeft ?? null}::float8)
    WHERE id = ${jobId}::uuid AND attempt = ${attempt} AND ${STARTED}`,
  );
  return count > 0;
}

const OWNED = Prisma.sql`${STARTED} AND cancel_requested_at IS NULL`;
const CANCEL_REQUESTED = Prisma.sql`${STARTED} AND cancel_requested_at IS NOT NULL`;
/** For the reaper: only while the lease is the one that it found, so that an owner which renews it keeps its job. */
const withLease = (guard: Prisma.Sql, leasedUntil: Date | undefined): Prisma.Sql =>
  leasedUntil === undefined ? guard : Prisma.sql`${guard} AND leased_until = ${leasedUntil}::timestamptz`;

/** The beginning of every end: locks, and changes the job's row if the guard holds. */
const ended = (
  { jobId, datasetId, attempt }: Omit<Owned, 'attempt'> & Partial<Owned>,
  change: Prisma.Sql,
  guard: Prisma.Sql,
): Prisma.Sql => Prisma.sql`
  WITH ${lockedDataset(datasetId)},
  ended AS (
    UPDATE jobs SET leased_until = NULL, estimated_finish_at = NULL, ${change}
    FROM locked WHERE jobs.id = ${jobId}::uuid AND dataset_id = locked.id
      ${attempt === undefined ? Prisma.empty : Prisma.sql`AND attempt = ${attempt}`} AND ${guard}
    RETURNING jobs.id, dataset_id, attempt)`;
const closed = (outcome: AttemptOutcome, error: string | null): Prisma.Sql => Prisma.sql`
  closed AS (
    UPDATE attempts SET ended_at = now(), outcome = ${literal(outcome)}, error = ${error}
    FROM ended WHERE job_id = ended.id AND number = ended.attempt)`;

/** The end of statements in which the dataset fails with its job. */
const datasetFailed = (error: string): Prisma.Sql => Prisma.sql`
  UPDATE datasets SET status = ${literal(DatasetStatus.FAILED)}, error = ${error}
  FROM ended WHERE datasets.id = ended.dataset_id`;

/** A report that is stored in the bucket, as its row holds it. */
export interface StoredReport {
  /** The document as JSON. */
  text: string;
  /** Of the dataset. */
  rows: number;
  /** How many alerts of each severity it has. */
  alerts: { errors: number; warnings: number; infos: number };
  /** Those that it was made with. */
  options: ReadOptions | undefined;
  bytes: number;
  bucket: string;
  key: string;
  etag: string | undefined;
}

/**
 * Ends the job as succeeded: the report's row, the dataset and the job together.
 * @returns false when the job was lost
 */
export async function succeed(database: Database, owned: Owned, report: StoredReport): Promise<boolean> {
  const change = Prisma.sql`state = ${literal(JobState.SUCCESS)}, progress = ${MILESTONES.stored}::int,
    finished_at = now(), error = NULL, rows_processed = ${report.rows}, bytes_processed = ${report.bytes}`;
  const { errors, warnings, infos } = report.alerts;
  // the text is stored as it is: integers beyond 2^53 would lose digits on the way through a JavaScript number
  const count = await countOf(
    database,
    Prisma.sql`${ended(owned, change, OWNED)}, ${closed(AttemptOutcome.SUCCESS, null)},
    stored AS (
      INSERT INTO reports (dataset_id, report_json, report_bucket, report_key, report_etag)
      SELECT dataset_id, ${report.text}::jsonb, ${report.bucket}, ${report.key}, ${report.etag ?? null} FROM ended
      ON CONFLICT (dataset_id) DO UPDATE SET report_json = excluded.report_json, created_at = now(),
        report_bucket = excluded.report_bucket, report_key = excluded.report_key, report_etag = excluded.report_etag)
    UPDATE datasets SET status = ${literal(DatasetStatus.DONE)}, processed_at = now(), row_count = ${report.rows},
      alert_errors = ${errors}, alert_warnings = ${warnings}, alert_infos = ${infos}, error = NULL,
      report_options = ${jsonOrNull(report.options)}
    FROM ended WHERE datasets.id = ended.dataset_id`,
  );
  return count > 0;
}

/**
 * Ends the job as failed, and its dataset with it.
 * @param outcome a fault or a lost worker: it was the last attempt allowed, and the message goes to the dead letters
 * @param leasedUntil from the reaper: only while the lease is this one
 * @returns false when the job was lost
 */
export async function fail(
  database: Database,
  owned: Owned,
  outcome: typeof AttemptOutcome.FAILURE | typeof AttemptOutcome.FAULT | typeof AttemptOutcome.LOST,
  sentence: string,
  leasedUntil?: Date,
): Promise<boolean> {
  const error = storable(sentence);
  const isDeadLetter = outcome !== AttemptOutcome.FAILURE;
  const change = Prisma.sql`state = ${literal(JobState.FAILURE)}, finished_at = now(), error = ${error},
    dead_letter_due = ${isDeadLetter}`;
  const count = await countOf(
    database,
    Prisma.sql`${ended(owned, change, withLease(OWNED, leasedUntil))}, ${closed(outcome, error)}
    ${datasetFailed(error)}`,
  );
  return count > 0;
}

/**
 * Ends the attempt and lets the job wait for another: the outbox sends its message again when the backoff is over. Uses
 * up one of the attempts that are allowed.
 * @param leasedUntil from the reaper: only while the lease is this one
 * @returns false when the job was lost
 */
export async function retry(
  database: Database,
  owned: Owned,
  outcome: typeof AttemptOutcome.FAULT | typeof AttemptOutcome.LOST,
  error: string,
  leasedUntil?: Date,
): Promise<boolean> {
  const backoff = Prisma.sql`LEAST(${BACKOFF_SECONDS}::float8 * 2 ^ faults, ${MAX_BACKOFF_SECONDS}::float8)`;
  const change = Prisma.sql`state = ${literal(JobState.RETRYING)}, faults = faults + 1, celery_task_id = NULL,
    handed_over_at = NULL, retry_at = now() + make_interval(secs => ${backoff} * (0.5 + random() / 2))`;
  const rows = await rowsOf(
    database,
    Prisma.sql`${ended(owned, change, withLease(OWNED, leasedUntil))}, ${closed(outcome, error)} SELECT id FROM ended`,
  );
  return rows.length > 0;
}

/** Ends the attempt at a shutdown: the job is free for the next worker at once, and no attempt is used up. */
export async function handBack(database: Database, owned: Owned): Promise<void> {
  const change = Prisma.sql`state = ${literal(JobState.RETRYING)}`;
  await rowsOf(
    database,
    Prisma.sql`${ended(owned, change, OWNED)}, ${closed(AttemptOutcome.HANDED_BACK, null)} SELECT id FROM ended`,
  );
}

/** Ends a waiting job, which no attempt owns, as failed, and its dataset with it: its message has expired. */
export async function expire(
  database: Database,
  job: { jobId: string; datasetId: string },
  error: string,
): Promise<void> {
  const change = Prisma.sql`state = ${literal(JobState.FAILURE)}, finished_at = now(), error = ${error}`;
  await countOf(database, Prisma.sql`${ended(job, change, WAITING)} ${datasetFailed(error)}`);
}

/**
 * Who may end a job as cancelled: its owner, the requester of the cancel when nobody owns it, or the reaper when the
 * owner is dead.
 */
export type Canceller = 'owner' | 'requester' | { reaper: Date };

function cancelGuard(by: Canceller): Prisma.Sql {
  if (by === 'owner') return CANCEL_REQUESTED;
  if (by === 'requester') return WAITING;
  return withLease(CANCEL_REQUESTED, by.reaper);
}

/**
 * Ends a job as cancelled: a failure with the error `cancelled`. Its dataset goes back to what its last job left.
 * @returns false when the job is not in the state in which `by` may end it
 */
export async function endCancelled(database: Database, owned: Owned, by: Canceller): Promise<boolean> {
  const change = Prisma.sql`state = ${literal(JobState.FAILURE)}, finished_at = now(), error = ${CANCELLED},
    cancel_requested_at = COALESCE(cancel_requested_at, now())`;
  const failed = literal(DatasetStatus.FAILED);
  const count = await countOf(
    database,
    Prisma.sql`${ended(owned, change, cancelGuard(by))}, ${closed(AttemptOutcome.CANCELLED, null)},
    before AS (
      SELECT
        CASE state WHEN ${literal(JobState.SUCCESS)} THEN ${literal(DatasetStatus.DONE)} ELSE ${failed} END AS status,
        error
      FROM jobs
      WHERE dataset_id = ${owned.datasetId}::uuid AND state IN ${listOf(TERMINAL_STATES)}
        AND error IS DISTINCT FROM ${CANCELLED}
      ORDER BY finished_at DESC, id DESC LIMIT 1)
    UPDATE datasets SET
      status = COALESCE((SELECT status FROM before), ${literal(DatasetStatus.UPLOADED)}),
      error = (SELECT error FROM before WHERE status = ${failed})
    FROM ended WHERE datasets.id = ended.dataset_id`,
  );
  return count > 0;
}
