import type { Config } from '../core/config.ts';
import { AppError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';
import { type Database, type Job, Prisma, rowsOf } from '../infra/postgres/database.ts';
import type { Storage } from '../infra/storage/storage.ts';

/** States in which a job has not ended. At most one such job a dataset, held by a partial unique index. */
export const ACTIVE_STATES = ['queued', 'started', 'retrying'];
export const TERMINAL_STATES = ['success', 'failure'];
/** `jobs.error` of a cancelled job: the brief's states stay closed. */
export const CANCELLED = 'cancelled';

export interface Parts {
  config: Config;
  database: Database;
  storage: Storage;
  log: Logger;
}

/** Rows by hand: their names as Prisma has them. */
export const JOB_COLUMNS =
  Prisma.raw(`id, dataset_id AS "datasetId", celery_task_id AS "celeryTaskId", state, progress, queued_at AS "queuedAt",
  started_at AS "startedAt", finished_at AS "finishedAt", error, attempt, leased_until AS "leasedUntil", faults, retry_at AS "retryAt",
  expires_at AS "expiresAt", handed_over_at AS "handedOverAt", cancel_requested_at AS "cancelRequestedAt", dead_letter_due AS "deadLetterDue",
  rows_processed AS "rowsProcessed", bytes_processed AS "bytesProcessed", estimated_finish_at AS "estimatedFinishAt"`);

/** One job; clients ask for it again and again. @throws AppError NOT_FOUND */
export async function readJob(database: Database, id: string): Promise<Job> {
  const [job] = await rowsOf<Job>(database, Prisma.sql`SELECT ${JOB_COLUMNS} FROM jobs WHERE id = ${id}::uuid`);
  if (!job) throw jobNotFound(id);
  return job;
}

/**
 * Removes a dataset with its jobs, report and objects.
 * @throws AppError NOT_FOUND, or CONFLICT while a job is active
 */
export async function deleteDataset({ database, storage, config, log }: Parts, id: string): Promise<void> {
  const dataset = await database.$transaction(async (transaction) => {
    // the lock makes an enqueue that comes at the same moment wait, and then find nothing
    await transaction.$queryRaw`SELECT 1 FROM datasets WHERE id = ${id}::uuid FOR UPDATE`;
    const found = await transaction.dataset.findUnique({ where: { id }, include: { report: true } });
    if (!found) throw datasetNotFound(id);
    const active = await transaction.job.count({ where: { datasetId: id, state: { in: ACTIVE_STATES } } });
    if (active > 0)
      throw new AppError('CONFLICT', `Dataset ${id} is being processed. Cancel its job or wait for its end.`);
    await transaction.dataset.delete({ where: { id } });
    return found;
  });
  // the rows are gone: an object that cannot be removed now is an orphan, no longer a dataset
  const removals = [
    storage.remove(dataset.uploadBucket, dataset.uploadKey),
    ...[reportKey(id), pageKey(id)].map((key) => storage.remove(config.reportsBucket, key)),
  ];
  for (const result of await Promise.allSettled(removals)) {
    if (result.status === 'rejected')
      log.warn({ err: result.reason, dataset: id }, 'an object of a deleted dataset stays behind');
  }
}

export const datasetNotFound = (id: string) => new AppError('NOT_FOUND', `There is no dataset ${id}.`);
export const jobNotFound = (id: string) => new AppError('NOT_FOUND', `There is no job ${id}.`);

/** The brief's key of the original: `datasets/{id}/source/{filename}`. */
export const sourceKey = (id: string, filename: string) => `datasets/${id}/source/${filename}`;
/** report.json's page, beside it. */
export const pageKey = (id: string) => `datasets/${id}/report/report.html`;
export const reportKey = (id: string) => `datasets/${id}/report/report.json`;
