import { type Job, Prisma, rowsOf } from '../infra/postgres/database.ts';
import { ACTIVE_STATES, datasetNotFound, JOB_COLUMNS, type Parts } from './datasets.ts';
import type { Outbox } from './outbox.ts';

export type EnqueueParts = Parts & { outbox: Outbox };

const TRIES = 5;

/**
 * The job that processes the dataset: the active one if there is one, the last one of a finished dataset, else a new one.
 * Never depends on the broker: the job is there when its row is, and its message follows.
 * @param force makes a new job for a finished dataset
 * @throws AppError NOT_FOUND
 */
export async function enqueueDataset(parts: EnqueueParts, datasetId: string, force: boolean): Promise<Job> {
  const { database, outbox } = parts;
  for (let n = 1; ; n++) {
    // One statement: the lock makes requests of one dataset take turns, with each other and with the end of its job, and after a wait
    // the status is looked at again; the partial unique index lets one of them insert.
    const [created] = await rowsOf<Job>(
      database,
      Prisma.sql`
      INSERT INTO jobs (dataset_id)
      SELECT id FROM datasets WHERE id = ${datasetId}::uuid AND (status <> 'done' OR ${force} OR ${n === TRIES}) FOR UPDATE
      ON CONFLICT (dataset_id) WHERE state IN ('queued', 'started', 'retrying') DO NOTHING
      RETURNING ${JOB_COLUMNS}`,
    );
    if (created) {
      outbox.send({ jobId: created.id, datasetId, attempt: created.attempt });
      return created;
    }
    const active = await database.job.findFirst({ where: { datasetId, state: { in: ACTIVE_STATES } } });
    if (active) return active;
    const dataset = await database.dataset.findUnique({ where: { id: datasetId } });
    if (!dataset) throw datasetNotFound(datasetId);
    if (dataset.status === 'done' && !force) {
      const orderBy = [{ queuedAt: 'desc' as const }, { id: 'desc' as const }];
      const last = await database.job.findFirst({ where: { datasetId, state: 'success' }, orderBy });
      if (last) return last;
    }
    // the job that was in the way has ended meanwhile: again
    if (n >= TRIES) throw new Error(`No job could be made for dataset ${datasetId}.`);
  }
}
