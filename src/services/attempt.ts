import { type Database, type Dataset, Prisma, rowsOf } from '../infra/postgres/database.ts';
import type { Task } from '../infra/queue/queue.ts';
import { CANCELLED, type Parts, reportKey } from './datasets.ts';

/**
 * What an attempt may do to its job's row. Every statement is one round trip and one commit, takes the dataset's row before
 * the job's (so that none of them can deadlock with another or with an enqueue), and changes nothing when the row says
 * that the attempt no longer owns the job: another number, another state, or a cancel that somebody has asked for.
 */

/** The brief's first milestone: started. */
const STARTED = 5;
/** Seconds before the attempt after the first fault; doubled by each, up to the cap, with jitter so that jobs of one fault do not come back together. */
const BACKOFF_SECONDS = 0.5;
const MAX_BACKOFF_SECONDS = 30;

type Outcome = 'success' | 'failure' | 'fault' | 'lost' | 'handed_back' | 'cancelled';

/** An attempt's hold on its job. */
export interface Owned {
  jobId: string;
  datasetId: string;
  /** Its number: a later attempt has another. */
  attempt: number;
}
type ClaimedDataset = Pick<Dataset, 'id' | 'name' | 'contentType' | 'sizeBytes' | 'uploadBucket' | 'uploadKey'>;
export interface Claim extends Owned {
  /** Attempts before this one that a passing fault or a dead worker ended. */
  faults: number;
  /** The dataset was processed before. */
  hasReport: boolean;
  dataset: ClaimedDataset;
}

/**
 * Takes a waiting job by its row, by the database's clock. The dataset is `processing` from then on.
 * @returns undefined when the job is over, unknown, owned by another attempt, or not due yet: the message has done its duty
 */
export async function claim(
  { database, config }: Pick<Parts, 'database' | 'config'>,
  task: Task,
  worker: string,
): Promise<Claim | undefined> {
  type Row = ClaimedDataset & { attempt: number; faults: number; hasReport: boolean };
  const [row] = await rowsOf<Row>(
    database,
    Prisma.sql`
    WITH locked AS (SELECT id FROM datasets WHERE id = ${task.datasetId}::uuid FOR UPDATE),
    claimed AS (
      UPDATE jobs SET state = 'started', attempt = attempt + 1, progress = GREATEST(progress, ${STARTED}), retry_at = NULL, expires_at = NULL,
        started_at = COALESCE(started_at, now()), celery_task_id = ${task.id}, handed_over_at = COALESCE(handed_over_at, now()),
        leased_until = now() + make_interval(secs => ${config.leaseSeconds}::float8)
      FROM locked WHERE jobs.id = ${task.jobId}::uuid AND dataset_id = locked.id AND state IN ('queued', 'retrying')
        AND leased_until IS NULL AND cancel_requested_at IS NULL AND (retry_at IS NULL OR retry_at <= now())
      RETURNING jobs.id, dataset_id, attempt, faults),
    opened AS (INSERT INTO attempts (job_id, number, worker) SELECT id, attempt, ${worker} FROM claimed)
    UPDATE datasets SET status = 'processing', error = NULL FROM claimed WHERE datasets.id = claimed.dataset_id
    RETURNING claimed.attempt, claimed.faults, datasets.id, name, content_type AS "contentType", size_bytes AS "sizeBytes",
      upload_bucket AS "uploadBucket", upload_key AS "uploadKey",
      EXISTS (SELECT 1 FROM reports WHERE reports.dataset_id = datasets.id) AS "hasReport"`,
  );
  if (!row) return undefined;
  const { attempt, faults, hasReport, ...dataset } = row;
  return { jobId: task.jobId, datasetId: task.datasetId, attempt, faults, hasReport, dataset };
}

/** Renews the lease. @returns whether the attempt still owns the job, and nobody wants it cancelled */
export async function renewLease(
  { database, config }: Pick<Parts, 'database' | 'config'>,
  { jobId, attempt }: Owned,
): Promise<'kept' | 'cancel' | 'lost'> {
  const [row] = await database.$queryRaw<{ cancel: boolean }[]>`
    UPDATE jobs SET leased_until = now() + make_interval(secs => ${config.leaseSeconds}::float8)
    WHERE id = ${jobId}::uuid AND attempt = ${attempt} AND state = 'started' RETURNING cancel_requested_at IS NOT NULL AS cancel`;
  return row ? (row.cancel ? 'cancel' : 'kept') : 'lost';
}

export interface Progress {
  /** 0 to 100. */
  percent: number;
  rows: number;
  bytes: number;
  /** Until the job is done, as far as one can tell. */
  secondsLeft: number | undefined;
}
/** Nothing goes back: a later attempt begins below what an earlier one has shown. @returns false when the job was lost */
export async function writeProgress(database: Database, { jobId, attempt }: Owned, now: Progress): Promise<boolean> {
  const count = await database.$executeRaw`
    UPDATE jobs SET progress = GREATEST(progress, ${now.percent}), rows_processed = GREATEST(rows_processed, ${now.rows}),
      bytes_processed = GREATEST(bytes_processed, ${now.bytes}),
      estimated_finish_at = now() + make_interval(secs => ${now.secondsLeft ?? null}::float8)
    WHERE id = ${jobId}::uuid AND attempt = ${attempt} AND state = 'started'`;
  return count > 0;
}

/** The job's end in any way: whose row matches, and what becomes of it. */
const ended = ({ jobId, datasetId, attempt }: Owned, change: Prisma.Sql, guard: Prisma.Sql): Prisma.Sql => Prisma.sql`
  WITH locked AS (SELECT id FROM datasets WHERE id = ${datasetId}::uuid FOR UPDATE),
  ended AS (
    UPDATE jobs SET leased_until = NULL, estimated_finish_at = NULL, ${change}
    FROM locked WHERE jobs.id = ${jobId}::uuid AND dataset_id = locked.id AND attempt = ${attempt} AND ${guard}
    RETURNING jobs.id, dataset_id, attempt)`;
const closed = (outcome: Outcome, error: string | null): Prisma.Sql => Prisma.sql`
  closed AS (
    UPDATE attempts SET ended_at = now(), outcome = ${outcome}, error = ${error}
    FROM ended WHERE job_id = ended.id AND number = ended.attempt)`;
const OWNED = Prisma.sql`state = 'started' AND cancel_requested_at IS NULL`;
/** For the reaper: only when the owner has not renewed its lease since it was found. */
const DEAD = (leasedUntil: Date) =>
  Prisma.sql`state = 'started' AND cancel_requested_at IS NULL AND leased_until = ${leasedUntil}`;

/** The report's row, the dataset and the job, together. @returns false when the job was lost */
export async function succeed(
  { database, config }: Pick<Parts, 'database' | 'config'>,
  owned: Owned,
  report: { text: string; rows: number; bytes: number; etag: string | undefined },
): Promise<boolean> {
  const change = Prisma.sql`state = 'success', progress = 100, finished_at = now(), error = NULL,
    rows_processed = ${report.rows}, bytes_processed = ${report.bytes}`;
  // the text goes in as it is: integers beyond 2^53 would lose digits on the way through a JavaScript number
  const rows = await rowsOf(
    database,
    Prisma.sql`${ended(owned, change, OWNED)}, ${closed('success', null)},
    stored AS (
      INSERT INTO reports (dataset_id, report_json, report_bucket, report_key, report_etag)
      SELECT dataset_id, ${report.text}::jsonb, ${config.reportsBucket}, ${reportKey(owned.datasetId)}, ${report.etag ?? null} FROM ended
      ON CONFLICT (dataset_id) DO UPDATE SET report_json = excluded.report_json, created_at = now(),
        report_bucket = excluded.report_bucket, report_key = excluded.report_key, report_etag = excluded.report_etag)
    UPDATE datasets SET status = 'done', processed_at = now(), row_count = ${report.rows}, error = NULL
    FROM ended WHERE datasets.id = ended.dataset_id RETURNING datasets.id`,
  );
  return rows.length > 0;
}

/**
 * Ends the job as failed, and its dataset with it.
 * @param kind `failure`: it could not be done; `fault`, `lost`: the last attempt that was allowed ended so, and the message goes to the dead letters
 * @param dead the reaper's: only when the lease is still the one that was found
 * @returns false when the job was lost
 */
export async function fail(
  database: Database,
  owned: Owned,
  sentence: string,
  kind: 'failure' | 'fault' | 'lost',
  dead?: Date,
): Promise<boolean> {
  const error = sentence.toWellFormed().replaceAll('\u0000', '\ufffd'); // Postgres' text holds no NUL
  const change = Prisma.sql`state = 'failure', finished_at = now(), error = ${error}, dead_letter_due = ${kind !== 'failure'}`;
  const rows = await database.$queryRaw<
    unknown[]
  >`${ended(owned, change, dead ? DEAD(dead) : OWNED)}, ${closed(kind, error)}
    UPDATE datasets SET status = 'failed', error = ${error} FROM ended WHERE datasets.id = ended.dataset_id RETURNING datasets.id`;
  return rows.length > 0;
}

/**
 * Lets the job wait for another attempt: the outbox sends it again when it is due.
 * @param kind `fault`, `lost`: one of the attempts that are allowed is used up
 * @returns false when the job was lost
 */
export async function retry(
  database: Database,
  owned: Owned,
  kind: 'fault' | 'lost',
  error: string,
  dead?: Date,
): Promise<boolean> {
  const change = Prisma.sql`state = 'retrying', faults = faults + 1, celery_task_id = NULL, handed_over_at = NULL,
    retry_at = now() + make_interval(secs => LEAST(${BACKOFF_SECONDS}::float8 * 2 ^ faults, ${MAX_BACKOFF_SECONDS}::float8) * (0.5 + random() / 2))`;
  const rows = await database.$queryRaw<
    unknown[]
  >`${ended(owned, change, dead ? DEAD(dead) : OWNED)}, ${closed(kind, error)}
    SELECT id FROM ended`;
  return rows.length > 0;
}

/** At shutdown: what the attempt owned is free for the next worker at once, and no attempt is used up. */
export async function handBack(database: Database, owned: Owned): Promise<void> {
  await database.$queryRaw`${ended(owned, Prisma.sql`state = 'retrying'`, OWNED)}, ${closed('handed_back', null)} SELECT id FROM ended`;
}

/**
 * Ends a job that somebody wants cancelled, by whoever may: the owner, the reaper when that is dead, or the one who asks when
 * nobody owns it. It ends as `failure` with error `cancelled`, and its dataset goes back to what its last job left.
 * @returns false when the job is not as the guard wants it
 */
export async function endCancelled(
  database: Database,
  owned: Owned,
  by: 'owner' | 'asker' | { reaper: Date },
): Promise<boolean> {
  const asked = Prisma.sql`state = 'started' AND cancel_requested_at IS NOT NULL`;
  const guard =
    by === 'owner'
      ? asked
      : by === 'asker'
        ? Prisma.sql`state IN ('queued', 'retrying') AND leased_until IS NULL`
        : Prisma.sql`${asked} AND leased_until = ${by.reaper}`;
  const change = Prisma.sql`state = 'failure', finished_at = now(), error = ${CANCELLED}, cancel_requested_at = COALESCE(cancel_requested_at, now())`;
  const rows = await database.$queryRaw<unknown[]>`${ended(owned, change, guard)}, ${closed('cancelled', null)},
    before AS (
      SELECT CASE state WHEN 'success' THEN 'done' ELSE 'failed' END AS status, error FROM jobs
      WHERE dataset_id = ${owned.datasetId}::uuid AND state IN ('success', 'failure') AND error IS DISTINCT FROM ${CANCELLED}
      ORDER BY finished_at DESC, id DESC LIMIT 1)
    UPDATE datasets SET status = COALESCE((SELECT status FROM before), 'uploaded'),
      error = (SELECT error FROM before WHERE status = 'failed')
    FROM ended WHERE datasets.id = ended.dataset_id RETURNING datasets.id`;
  return rows.length > 0;
}

/** Lets a waiting job wait longer: the outbox sends it when it is due, with the expiry of its message. */
export async function postpone(database: Database, { jobId, expires }: Task, until: Date): Promise<void> {
  await database.$executeRaw`
    UPDATE jobs SET retry_at = ${until}, expires_at = ${expires ?? null}, celery_task_id = NULL, handed_over_at = NULL
    WHERE id = ${jobId}::uuid AND state IN ('queued', 'retrying') AND leased_until IS NULL`;
}

/** Ends a waiting job whose message came too late, or waits for a time that is too late. */
export async function expire(database: Database, { jobId, datasetId, notBefore, expires }: Task): Promise<void> {
  const error =
    notBefore && expires && notBefore >= expires
      ? 'The message expires before its countdown ends, so no worker may ever take it. Process the dataset again.'
      : 'The message expired before a worker took it. Process the dataset again.';
  await database.$executeRaw`
    WITH locked AS (SELECT id FROM datasets WHERE id = ${datasetId}::uuid FOR UPDATE),
    ended AS (
      UPDATE jobs SET state = 'failure', finished_at = now(), error = ${error} FROM locked
      WHERE jobs.id = ${jobId}::uuid AND dataset_id = locked.id AND state IN ('queued', 'retrying') AND leased_until IS NULL
      RETURNING dataset_id)
    UPDATE datasets SET status = 'failed', error = ${error} FROM ended WHERE datasets.id = ended.dataset_id`;
}
