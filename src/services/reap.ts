import { AttemptOutcome } from '../core/states.ts';
import { endCancelled, fail, retry } from '../infra/postgres/rows/attempts.ts';
import { findDeadAttempts } from '../infra/postgres/rows/leases.ts';
import { countOf } from '../report/formatting.ts';
import type { Deps } from './deps.ts';

const BATCH = 100;
/** Heartbeats come every second: an owner without a session that is silent for this time is dead. */
const SILENT_SECONDS = 3;
/** After a restart of the database its sessions come back one by one. */
const SETTLED_SECONDS = 10;
const LOST = 'The worker stopped without notice: it was killed, or ran out of memory.';
const MEMORY_HINT = 'If it happens again with this file, give the workers more memory.';
const SESSION_PREFIX = 'worker ';

/** The name of a worker's session in the database, which ends with the worker. */
export const sessionOf = (worker: string): string => `${SESSION_PREFIX}${worker}`;

/**
 * Gives jobs whose owner is dead another attempt, or ends them when too many attempts have died: a file that kills its
 * worker must not be tried for ever. An owner that was wrongly taken for dead changes nothing any more. Any number of
 * processes may do this at once.
 * @returns how many were found
 */
export async function reapJobs({ database, config, log }: Deps): Promise<number> {
  const { leaseSeconds, maxAttempts } = config;
  const rule = {
    sessionPrefix: SESSION_PREFIX,
    leaseSeconds,
    silentSeconds: SILENT_SECONDS,
    settledSeconds: SETTLED_SECONDS,
  };
  const dead = await findDeadAttempts(database, rule, BATCH);
  for (const { leasedUntil, isCancelRequested, ...owned } of dead) {
    if (isCancelRequested) await endCancelled(database, owned, { reaper: leasedUntil });
    else if (owned.faults + 1 < maxAttempts) await retry(database, owned, AttemptOutcome.LOST, LOST, leasedUntil);
    else {
      const sentence = `Given up after ${countOf(owned.faults + 1, 'attempt')}. ${LOST} ${MEMORY_HINT}`;
      await fail(database, owned, AttemptOutcome.LOST, sentence, leasedUntil);
    }
    log.warn({ job: owned.jobId, attempt: owned.attempt }, 'the owner of a job is dead');
  }
  return dead.length;
}
