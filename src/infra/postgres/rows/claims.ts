import { DatasetStatus, JobState, MILESTONES } from '../../../core/states.ts';
import { type Database, type Dataset, Prisma, rowsOf } from '../database.ts';
import type { Owned } from './attempts.ts';
import { literal, lockedDataset, WAITING } from './sql.ts';

/** Claims: how an attempt takes its job, in one statement. */

type ClaimedDataset = Pick<
  Dataset,
  'id' | 'name' | 'contentType' | 'sizeBytes' | 'uploadBucket' | 'uploadKey' | 'options'
>;

/** A job that an attempt has just taken, with what it needs to work. */
export interface Claim extends Owned {
  /** Attempts before this one that a fault or a dead worker ended. */
  faults: number;
  /** Whether the dataset was processed before, and where that report is stored. */
  reportBefore: { bucket: string; key: string } | undefined;
  dataset: ClaimedDataset;
}

/** Who claims which job, by which message, and for how long until the first heartbeat. */
export interface ClaimRequest {
  jobId: string;
  datasetId: string;
  messageId: string;
  worker: string;
  leaseSeconds: number;
}

/**
 * Takes a waiting job, by the database's clock, and sets its dataset to processing.
 * @returns undefined when the job has ended, is unknown, is owned by another attempt, or is not due yet
 */
export async function claimJob(database: Database, request: ClaimRequest): Promise<Claim | undefined> {
  const { jobId, datasetId, messageId, worker, leaseSeconds } = request;
  type Row = ClaimedDataset & { attempt: number; faults: number; bucketBefore: string | null; keyBefore: string };
  const [row] = await rowsOf<Row>(
    database,
    Prisma.sql`
    WITH ${lockedDataset(datasetId)},
    claimed AS (
      UPDATE jobs SET state = ${literal(JobState.STARTED)}, attempt = attempt + 1,
        progress = GREATEST(progress, ${MILESTONES.started}::int), retry_at = NULL, expires_at = NULL,
        started_at = COALESCE(started_at, now()), celery_task_id = ${messageId},
        handed_over_at = COALESCE(handed_over_at, now()),
        leased_until = now() + make_interval(secs => ${leaseSeconds}::float8)
      FROM locked WHERE jobs.id = ${jobId}::uuid AND dataset_id = locked.id AND ${WAITING}
        AND cancel_requested_at IS NULL AND (retry_at IS NULL OR retry_at <= now())
      RETURNING jobs.id, dataset_id, attempt, faults),
    opened AS (INSERT INTO attempts (job_id, number, worker) SELECT id, attempt, ${worker} FROM claimed)
    UPDATE datasets SET status = ${literal(DatasetStatus.PROCESSING)}, error = NULL
    FROM claimed WHERE datasets.id = claimed.dataset_id
    RETURNING claimed.attempt, claimed.faults, datasets.id, name, content_type AS "contentType",
      size_bytes AS "sizeBytes", upload_bucket AS "uploadBucket", upload_key AS "uploadKey", options,
      (SELECT report_bucket FROM reports WHERE reports.dataset_id = datasets.id) AS "bucketBefore",
      (SELECT report_key FROM reports WHERE reports.dataset_id = datasets.id) AS "keyBefore"`,
  );
  if (!row) return undefined;
  const { attempt, faults, bucketBefore, keyBefore, ...dataset } = row;
  const reportBefore = bucketBefore === null ? undefined : { bucket: bucketBefore, key: keyBefore };
  return { jobId, datasetId, attempt, faults, reportBefore, dataset };
}
