import { ACTIVE_STATES, DatasetStatus, JobState, WAITING_STATES } from '../../../core/states.ts';
import { countOf, type Database, type Job, Prisma, rowsOf } from '../database.ts';
import {
  columnsOf,
  LATEST_JOB_FIRST,
  listOf,
  literal,
  newestFirst,
  olderThan,
  type Page,
  STARTED,
  WAITING,
  where,
} from './sql.ts';

/**
 * Jobs: made, read, listed and counted. What attempts do to them is in claims.ts, leases.ts and attempts.ts, their way
 * to the broker in outbox.ts.
 */

const COLUMNS = columnsOf(Prisma.JobScalarFieldEnum);

/** A dataset that has nothing to be processed for: its report is there, and made with the options that it has. */
const SETTLED = Prisma.sql`status = ${literal(DatasetStatus.DONE)} AND options IS NOT DISTINCT FROM report_options`;

/**
 * Makes a job for a dataset that has no active one. One statement: the lock makes requests for one dataset take turns,
 * with each other and with the end of its job, and the status is looked at again after a wait; the partial unique index
 * lets one of them insert.
 * @param isForced also for a dataset that is done, and whose report was made with the options that it has
 * @returns undefined when there is an active job, no such dataset, or one that is done
 */
export async function insertJob(database: Database, datasetId: string, isForced: boolean): Promise<Job | undefined> {
  const [job] = await rowsOf<Job>(
    database,
    Prisma.sql`
    INSERT INTO jobs (dataset_id)
    SELECT id FROM datasets
    WHERE id = ${datasetId}::uuid AND (NOT (${SETTLED}) OR ${isForced}::boolean) FOR UPDATE
    ON CONFLICT (dataset_id) WHERE state IN ${listOf(ACTIVE_STATES)} DO NOTHING
    RETURNING ${COLUMNS}`,
  );
  return job;
}

/** A job by its id. */
export async function findJob(database: Database, id: string): Promise<Job | undefined> {
  const [job] = await findJobs(database, [id]);
  return job;
}

/** Those of the jobs that exist, in any order. */
export function findJobs(database: Database, ids: string[]): Promise<Job[]> {
  return rowsOf<Job>(database, Prisma.sql`SELECT ${COLUMNS} FROM jobs WHERE id = ANY(${ids}::uuid[])`);
}

/** The job of the dataset that has not ended; there is at most one. */
export async function findActiveJob(database: Database, datasetId: string): Promise<Job | undefined> {
  const [job] = await rowsOf<Job>(
    database,
    Prisma.sql`SELECT ${COLUMNS} FROM jobs WHERE dataset_id = ${datasetId}::uuid AND state IN ${listOf(ACTIVE_STATES)}`,
  );
  return job;
}

/** The latest job of the dataset that succeeded. */
export async function findLatestSuccess(database: Database, datasetId: string): Promise<Job | undefined> {
  const [job] = await rowsOf<Job>(
    database,
    Prisma.sql`
    SELECT ${COLUMNS} FROM jobs WHERE dataset_id = ${datasetId}::uuid AND state = ${literal(JobState.SUCCESS)}
    ${LATEST_JOB_FIRST} LIMIT 1`,
  );
  return job;
}

/** Which jobs a list has: those for which all of this holds. */
export interface JobFilter {
  state?: string | undefined;
  datasetId?: string | undefined;
}

const conditions = ({ state, datasetId }: JobFilter) => [
  state !== undefined && Prisma.sql`state = ${state}`,
  datasetId !== undefined && Prisma.sql`dataset_id = ${datasetId}::uuid`,
];

/** A page of jobs, newest first, and one row more when there is a next page. */
export function listJobs(database: Database, filter: JobFilter, page: Page): Promise<Job[]> {
  const time = Prisma.sql`queued_at`;
  const wanted = where([...conditions(filter), olderThan(time, page)]);
  return rowsOf<Job>(database, Prisma.sql`SELECT ${COLUMNS} FROM jobs ${wanted} ${newestFirst(time, page)}`);
}

/** How many jobs a list has on all its pages. */
export async function countListedJobs(database: Database, filter: JobFilter): Promise<number> {
  const [row] = await rowsOf<{ count: number }>(
    database,
    Prisma.sql`SELECT count(*)::int AS count FROM jobs ${where(conditions(filter))}`,
  );
  return row!.count;
}

/**
 * Asks the worker that owns the job to cancel it; a trigger notifies it.
 * @returns false when nobody owns it, or it was asked before
 */
export async function requestJobCancel(database: Database, id: string): Promise<boolean> {
  const count = await countOf(
    database,
    Prisma.sql`
    UPDATE jobs SET cancel_requested_at = now()
    WHERE id = ${id}::uuid AND ${STARTED} AND cancel_requested_at IS NULL`,
  );
  return count > 0;
}

/** Lets a waiting job wait until a time: the outbox sends it then, with the expiry of its message. */
export async function postponeJob(
  database: Database,
  { jobId, until, expires }: { jobId: string; until: Date; expires: Date | undefined },
): Promise<void> {
  await countOf(
    database,
    Prisma.sql`
    UPDATE jobs SET retry_at = ${until}, expires_at = ${expires ?? null}, celery_task_id = NULL, handed_over_at = NULL
    WHERE id = ${jobId}::uuid AND ${WAITING}`,
  );
}

/** How many jobs there are by state. */
export function countJobs(database: Database): Promise<{ state: string; count: number }[]> {
  return rowsOf(database, Prisma.sql`SELECT state, count(*)::int AS count FROM jobs GROUP BY state`);
}

/** Seconds since the oldest waiting job was queued, attempts that it had before included; 0 when none waits. */
export async function oldestWaitingSeconds(database: Database): Promise<number> {
  const [row] = await rowsOf<{ seconds: number | null }>(
    database,
    Prisma.sql`
    SELECT extract(epoch FROM now() - min(queued_at))::float8 AS seconds
    FROM jobs WHERE state IN ${listOf(WAITING_STATES)}`,
  );
  return Math.max(row?.seconds ?? 0, 0);
}
