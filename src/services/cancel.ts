import { AppError } from '../core/errors.ts';
import { isActive, isTerminal, JobState } from '../core/states.ts';
import type { Job } from '../infra/postgres/database.ts';
import { endCancelled } from '../infra/postgres/rows/attempts.ts';
import { requestJobCancel } from '../infra/postgres/rows/jobs.ts';
import type { Deps } from './deps.ts';
import { readJob } from './jobs.ts';
import type { ProgressFeed } from './progress.ts';

/** How long the response waits for the worker to stop; after that the job is shown as it stands, and ends later. */
const CONFIRM_MILLISECONDS = 5_000;

type CancelDeps = Pick<Deps, 'database'>;

/**
 * Cancels an active job: it ends as a failure with the error `cancelled`, and its dataset goes back to what it was
 * before. A job that nobody works on ends at once. Otherwise its worker stops, removes what it has stored and ends the
 * job, or the reaper does when that worker is dead. From the request on the job cannot succeed any more: the row
 * decides the race.
 * @returns the job when it has ended, or as it stands after some seconds
 * @throws AppError NOT_FOUND, or CONFLICT when the job has ended
 */
export async function cancelJob(deps: CancelDeps & { progress: ProgressFeed }, id: string): Promise<Job> {
  await requestCancel(deps, id);
  const changes = await deps.progress.watch(id);
  const timer = setTimeout(() => void changes.return?.(), CONFIRM_MILLISECONDS);
  try {
    for await (const job of changes) if (isTerminal(job.state)) return job;
  } finally {
    clearTimeout(timer);
  }
  return readJob(deps, id);
}

/**
 * Asks for the cancel, without waiting for the worker.
 * @throws AppError NOT_FOUND, or CONFLICT when the job has ended
 */
export async function requestCancel(deps: CancelDeps, id: string): Promise<void> {
  const { database } = deps;
  const job = await readJob(deps, id);
  const owned = { jobId: id, datasetId: job.datasetId, attempt: job.attempt };
  if (job.state !== JobState.STARTED && (await endCancelled(database, owned, 'requester'))) return;
  if (await requestJobCancel(database, id)) return;
  const now = await readJob(deps, id);
  if (!isActive(now.state)) throw new AppError('CONFLICT', `Job ${id} has already ended (${now.state}).`);
  // it changed hands in between; if it waits again, no worker will end it
  if (now.state !== JobState.STARTED) await requestCancel(deps, id);
}
