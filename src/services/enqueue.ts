import { DatasetStatus } from '../core/states.ts';
import type { Job } from '../infra/postgres/database.ts';
import { findDataset } from '../infra/postgres/rows/datasets.ts';
import { findActiveJob, findLatestSuccess, insertJob } from '../infra/postgres/rows/jobs.ts';
import { datasetNotFound } from './datasets.ts';
import type { Deps } from './deps.ts';
import type { Outbox } from './outbox.ts';

/** What a request to process a dataset needs. */
export type EnqueueDeps = Deps & { outbox: Outbox };

const MAX_TRIES = 5;

/**
 * The job that processes the dataset: the active one if there is one, the last one of a finished dataset, else a new
 * one. The broker may be away: the job exists as soon as its row does, and its message follows.
 * @param isForced makes a new job for a finished dataset
 * @throws AppError NOT_FOUND
 */
export async function enqueueDataset(deps: EnqueueDeps, datasetId: string, isForced: boolean): Promise<Job> {
  const { database, outbox } = deps;
  for (let tries = 1; ; tries++) {
    const created = await insertJob(database, datasetId, isForced || tries === MAX_TRIES);
    if (created) {
      outbox.send({ jobId: created.id, datasetId, attempt: created.attempt });
      return created;
    }
    const active = await findActiveJob(database, datasetId);
    if (active) return active;
    const dataset = await findDataset(database, datasetId);
    if (!dataset) throw datasetNotFound(datasetId);
    if (dataset.status === DatasetStatus.DONE && !isForced) {
      const last = await findLatestSuccess(database, datasetId);
      if (last) return last;
    }
    // the job that was active at the insert has ended meanwhile: again
    if (tries >= MAX_TRIES) throw new Error(`No job could be made for dataset ${datasetId}.`);
  }
}
