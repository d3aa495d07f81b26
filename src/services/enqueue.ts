import { randomUUID } from 'node:crypto';
import type { Logger } from '../core/log.ts';
import type { Database, Job } from '../infra/database.ts';
import type { Queue } from '../infra/queue.ts';
import { ACTIVE_STATES, datasetNotFound, type Parts } from './datasets.ts';

export type EnqueueParts = Parts & { queue: Queue };

/** How long a job may wait with its row written but not handed over before the dispatcher does it. */
const OUTBOX_AGE_MILLISECONDS = 3_000;
const OUTBOX_BATCH = 500;

/**
 * The job that processes the dataset: the active one if there is one, the last one of a finished dataset, else a new one.
 * Never depends on the broker: a job that could not be handed over stays `queued` without a message id, and goes out later.
 * @param force makes a new job for a finished dataset
 * @throws AppError NOT_FOUND
 */
export async function enqueueDataset(parts: EnqueueParts, datasetId: string, force: boolean): Promise<Job> {
  const { job, created } = await parts.database.$transaction(async (transaction) => {
    // The lock makes requests of one dataset take turns, with each other and with the end of its job: without it, one
    // that has read "not done yet" could make a second job after the first has ended.
    await transaction.$queryRaw`SELECT 1 FROM datasets WHERE id = ${datasetId}::uuid FOR UPDATE`;
    const dataset = await transaction.dataset.findUnique({ where: { id: datasetId } });
    if (!dataset) throw datasetNotFound(datasetId);
    const active = await transaction.job.findFirst({ where: { datasetId, state: { in: ACTIVE_STATES } } });
    if (active) return { job: active, created: false };
    if (dataset.status === 'done' && !force) {
      const orderBy = [{ queuedAt: 'desc' as const }, { id: 'desc' as const }];
      const last = await transaction.job.findFirst({ where: { datasetId, state: 'success' }, orderBy });
      if (last) return { job: last, created: false };
    }
    return { job: await transaction.job.create({ data: { datasetId, state: 'queued', progress: 0 } }), created: true };
  });
  if (created) await handOver(parts, job);
  return job;
}

/** Publishes the job's message and notes its id. A failure is logged: the outbox sends it later. */
async function handOver(
  { database, queue, log }: { database: Database; queue: Queue; log: Logger },
  job: Job,
): Promise<void> {
  const task = { id: randomUUID(), datasetId: job.datasetId, jobId: job.id };
  try {
    await queue.publish(task);
    // a second message of the same job does no harm: the worker's claim decides by the row
    await database.job.updateMany({ where: { id: job.id, celeryTaskId: null }, data: { celeryTaskId: task.id } });
  } catch (error) {
    log.warn({ err: error, job: job.id }, 'the job could not be handed to the broker yet');
  }
}

/** The outbox: hands over what is `queued` and has no message id. @returns how many were tried */
export async function dispatchOutbox(parts: EnqueueParts): Promise<number> {
  const waiting = await parts.database.job.findMany({
    where: { state: 'queued', celeryTaskId: null, queuedAt: { lt: new Date(Date.now() - OUTBOX_AGE_MILLISECONDS) } },
    orderBy: { queuedAt: 'asc' },
    take: OUTBOX_BATCH,
  });
  for (const job of waiting) await handOver(parts, job);
  return waiting.length;
}
