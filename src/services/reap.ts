import { endCancelled, fail, retry } from './attempt.ts';
import type { Parts } from './datasets.ts';

const BATCH = 100;
const LOST = 'The worker ended without a word, as when it is killed or out of memory.';

/**
 * Jobs whose owner no longer renews its lease get another attempt, or their end when too many have gone that way: a file that
 * kills its worker must not go round for ever. By the database's clock; any number of processes may do this at once.
 * @returns how many were found
 */
export async function reapJobs({ database, config, log }: Parts): Promise<number> {
  const dead = await database.job.findMany({
    where: { state: 'started', leasedUntil: { lt: await databaseTime({ database }) } },
    orderBy: { leasedUntil: 'asc' },
    take: BATCH,
  });
  for (const { id, datasetId, attempt, faults, cancelRequestedAt } of dead) {
    const owned = { jobId: id, datasetId, attempt };
    if (cancelRequestedAt) await endCancelled(database, owned, 'reaper');
    else if (faults + 1 < config.maxAttempts) await retry(database, owned, 'lost', LOST, true);
    else {
      const sentence = `Given up after ${faults + 1} attempts. ${LOST} If it happens again with this file, the file needs more memory than the workers have.`;
      await fail(database, owned, sentence, 'lost', true);
    }
    log.warn({ job: id, attempt }, 'the owner of a job is dead');
  }
  return dead.length;
}

async function databaseTime({ database }: Pick<Parts, 'database'>): Promise<Date> {
  const [row] = await database.$queryRaw<{ now: Date }[]>`SELECT now() AS now`;
  return row!.now;
}
