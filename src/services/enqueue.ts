import { AppError } from '../core/errors.ts';
import { DatasetStatus } from '../core/states.ts';
import type { Dataset, Job } from '../infra/postgres/database.ts';
import { changeOptions, findDataset } from '../infra/postgres/rows/datasets.ts';
import { findActiveJob, findLatestSuccess, insertJob } from '../infra/postgres/rows/jobs.ts';
import { isSameReading } from '../processing/options/validate-options.ts';
import { datasetNotFound } from './datasets.ts';
import type { Deps } from './deps.ts';
import type { Outbox } from './outbox.ts';
import { type GivenOptions, type ReadOptions, storedOptions } from './reading-options.ts';

/** What a request to process a dataset needs. */
export type EnqueueDeps = Deps & { outbox: Outbox };

const MAX_TRIES = 5;

/** What a request to process a dataset says besides its id. */
export interface ProcessRequest {
  /** Makes a new job for a finished dataset, whose report has the dataset's options already. */
  isForced: boolean;
  /** The dataset's options from now on, `none` for no options; without them those that it has stay. */
  options?: GivenOptions;
}

/**
 * The job that processes the dataset: the active one if there is one, the last one of a finished dataset whose report
 * was made with the dataset's options, else a new one. The broker may be away: the job exists as soon as its row does,
 * and its message follows. The worker that claims it reads the options from the dataset's row: a job that waits takes
 * those that were given last.
 * @throws AppError NOT_FOUND; CONFLICT while the dataset is processed with other options
 */
export async function enqueueDataset(deps: EnqueueDeps, datasetId: string, request: ProcessRequest): Promise<Job> {
  const { database, outbox } = deps;
  const { isForced, options } = request;
  if (options !== undefined) await takeOptions(deps, datasetId, options);
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
    if (dataset.status === DatasetStatus.DONE && !isForced && hasItsReport(dataset)) {
      const last = await findLatestSuccess(database, datasetId);
      if (last) return last;
    }
    // the job that was active at the insert has ended meanwhile: again
    if (tries >= MAX_TRIES) throw new Error(`No job could be made for dataset ${datasetId}.`);
  }
}

/**
 * Gives a dataset its options.
 * @throws AppError NOT_FOUND; CONFLICT while it is processed with others
 */
export async function takeOptions({ database }: Deps, id: string, options: ReadOptions | 'none'): Promise<void> {
  if (await changeOptions(database, id, options === 'none' ? undefined : options)) return;
  if (!(await findDataset(database, id))) throw datasetNotFound(id);
  throw new AppError(
    'CONFLICT',
    `Dataset ${id} is being processed with other options. Cancel its job, or wait until it ends.`,
  );
}

/** Whether the stored report was made with the options that the dataset has. */
const hasItsReport = ({ options, reportOptions }: Dataset): boolean =>
  isSameReading(storedOptions(options), storedOptions(reportOptions));
