import { AppError } from '../core/errors.ts';
import type { Job } from '../infra/database.ts';
import { ACTIVE_STATES, CANCELLED, jobNotFound, type Parts } from './datasets.ts';

/**
 * Cancels an active job: it ends as `failure` with error `cancelled`, and its dataset goes back to what it was before.
 * The row decides the race with the job's end; a worker that still works on it notices within a second and stops.
 * @throws AppError NOT_FOUND, or CONFLICT when the job is over
 */
export async function cancelJob({ database }: Parts, id: string): Promise<Job> {
  return database.$transaction(async (transaction) => {
    const cancelled = await transaction.$queryRaw<{ dataset_id: string }[]>`
      UPDATE jobs SET state = 'failure', error = ${CANCELLED}, finished_at = now(), leased_until = NULL
      WHERE id = ${id}::uuid AND state IN ('queued', 'started', 'retrying') RETURNING dataset_id::text`;
    const job = await transaction.job.findUnique({ where: { id } });
    if (!job) throw jobNotFound(id);
    if (!cancelled[0]) throw new AppError('CONFLICT', `Job ${id} is over already (${job.state}).`);
    // what it was before: as its last job that was not cancelled left it
    const before = await transaction.job.findFirst({
      where: {
        datasetId: job.datasetId,
        state: { notIn: ACTIVE_STATES },
        OR: [{ error: null }, { error: { not: CANCELLED } }],
      },
      orderBy: [{ finishedAt: 'desc' }, { id: 'desc' }],
    });
    const status = before ? (before.state === 'success' ? 'done' : 'failed') : 'uploaded';
    await transaction.dataset.updateMany({
      where: { id: job.datasetId, status: 'processing' },
      data: { status, error: status === 'failed' ? before!.error : null },
    });
    return job;
  });
}
