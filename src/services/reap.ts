import { endCancelled, fail, retry } from './attempt.ts';
import type { Parts } from './datasets.ts';

const BATCH = 100;
/** Heartbeats come every second: an owner that is silent for so long, and has no session either, is dead. */
const SILENT_SECONDS = 3;
/** After a restart of the database its sessions come back one by one. */
const SETTLED_SECONDS = 10;
const LOST = 'The worker ended without a word, as when it is killed or out of memory.';

/** The name of a worker's session in the database, which ends with the worker. */
export const sessionOf = (worker: string) => `worker ${worker}`;

interface Dead {
  jobId: string;
  datasetId: string;
  attempt: number;
  faults: number;
  leasedUntil: Date;
  isCancelled: boolean;
}

/**
 * Jobs whose owner is dead get another attempt, or their end when too many have gone that way: a file that kills its worker must not
 * go round for ever. An owner is dead when its lease has run out, by the database's clock; or, to not let a job wait for that, when it is silent and the session
 * that its worker keeps open is gone, as the kernel of a killed process sees to at once. An owner that was only thought dead changes nothing
 * any more. Any number of processes may do this at once.
 * @returns how many were found
 */
export async function reapJobs({ database, config, log }: Parts): Promise<number> {
  const dead = await database.$queryRaw<Dead[]>`
    SELECT id AS "jobId", dataset_id AS "datasetId", attempt, faults, leased_until AS "leasedUntil", cancel_requested_at IS NOT NULL AS "isCancelled"
    FROM jobs WHERE state = 'started' AND (leased_until < now() OR (
      leased_until < now() + make_interval(secs => ${config.leaseSeconds - SILENT_SECONDS}::float8)
      AND pg_postmaster_start_time() < now() - make_interval(secs => ${SETTLED_SECONDS}::float8)
      AND NOT EXISTS (
        SELECT 1 FROM attempts JOIN pg_stat_activity ON application_name = ${sessionOf('')} || worker
        WHERE job_id = jobs.id AND number = jobs.attempt)))
    ORDER BY leased_until LIMIT ${BATCH}`;
  for (const { leasedUntil, isCancelled, ...owned } of dead) {
    if (isCancelled) await endCancelled(database, owned, { reaper: leasedUntil });
    else if (owned.faults + 1 < config.maxAttempts) await retry(database, owned, 'lost', LOST, leasedUntil);
    else {
      const sentence = `Given up after ${owned.faults + 1} attempts. ${LOST} If it happens again with this file, the file needs more memory than the workers have.`;
      await fail(database, owned, sentence, 'lost', leasedUntil);
    }
    log.warn({ job: owned.jobId, attempt: owned.attempt }, 'the owner of a job is dead');
  }
  return dead.length;
}
