import { countDatasets } from '../infra/postgres/rows/datasets.ts';
import { countJobs, oldestWaitingSeconds } from '../infra/postgres/rows/jobs.ts';
import type { Deps } from './deps.ts';

/** What the service holds and has before it. */
export interface Totals {
  /** Datasets and the bytes of their files, by status. */
  datasets: { status: string; count: number; bytes: number }[];
  /** Jobs by state. */
  jobs: { state: string; count: number }[];
  /** Seconds since the oldest waiting job was queued, attempts that it had before included; 0 when none waits. */
  oldestWaitingSeconds: number;
}

/** @throws when the database does not answer */
export async function readTotals({ database }: Pick<Deps, 'database'>): Promise<Totals> {
  const [datasets, jobs, oldest] = await Promise.all([
    countDatasets(database),
    countJobs(database),
    oldestWaitingSeconds(database),
  ]);
  return { datasets, jobs, oldestWaitingSeconds: oldest };
}
