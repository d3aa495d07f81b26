import { AppError } from '../core/errors.ts';
import type { Job } from '../infra/postgres/database.ts';
import { endCancelled } from './attempt.ts';
import { ACTIVE_STATES, jobNotFound, type Parts, TERMINAL_STATES } from './datasets.ts';
import type { ProgressFeed } from './progress.ts';

/** How long the answer waits for the worker to stop; after that the job is shown as it stands, and ends later. */
const CONFIRM_MILLISECONDS = 5_000;

/**
 * Cancels an active job: it ends as `failure` with error `cancelled`, and its dataset goes back to what it was before. A job that nobody works on ends
 * at once; else its worker stops, removes what it has stored, and ends it, or the reaper does when that worker is dead. From
 * the request on the job cannot succeed any more: the row decides the race.
 * @returns the job when it has ended, or as it stands after some seconds
 * @throws AppError NOT_FOUND, or CONFLICT when the job is over
 */
export async function cancelJob(parts: Parts & { progress: ProgressFeed }, id: string): Promise<Job> {
  await requestCancel(parts, id);
  const changes = await parts.progress.watch(id);
  const timer = setTimeout(() => void changes.return?.(), CONFIRM_MILLISECONDS);
  try {
    for await (const job of changes) if (TERMINAL_STATES.includes(job.state)) return job;
  } finally {
    clearTimeout(timer);
  }
  const job = await parts.database.job.findUnique({ where: { id } });
  if (!job) throw jobNotFound(id);
  return job;
}

/** Asks for the cancel, without waiting for the worker. @throws AppError NOT_FOUND, or CONFLICT when the job is over */
export async function requestCancel({ database }: Parts, id: string): Promise<void> {
  const job = await database.job.findUnique({ where: { id } });
  if (!job) throw jobNotFound(id);
  const owned = { jobId: id, datasetId: job.datasetId, attempt: job.attempt };
  if (job.state !== 'started' && (await endCancelled(database, owned, 'asker'))) return;
  const asked = await database.job.updateMany({
    where: { id, state: 'started', cancelRequestedAt: null },
    data: { cancelRequestedAt: new Date() },
  });
  if (asked.count > 0) return;
  const now = await database.job.findUnique({ where: { id } });
  if (!now) throw jobNotFound(id);
  if (!ACTIVE_STATES.includes(now.state)) throw new AppError('CONFLICT', `Job ${id} is over already (${now.state}).`);
  // it changed hands in between; when it is waiting again nobody will stop it but this
  if (now.state !== 'started') await requestCancel({ database } as Parts, id);
}
