import type { Database } from '../infra/postgres/database.ts';

const WAITING = ['queued', 'retrying'];

/** How many datasets there are, and their bytes, by status. */
export async function datasetTotals(database: Database): Promise<{ status: string; count: number; bytes: number }[]> {
  const groups = await database.dataset.groupBy({ by: ['status'], _count: true, _sum: { sizeBytes: true } });
  return groups.map(({ status, _count, _sum }) => ({ status, count: _count, bytes: Number(_sum.sizeBytes ?? 0) }));
}

/** How many jobs there are by state. */
export async function jobTotals(database: Database): Promise<{ state: string; count: number }[]> {
  const groups = await database.job.groupBy({ by: ['state'], _count: true });
  return groups.map(({ state, _count }) => ({ state, count: _count }));
}

/** Seconds since the oldest of the jobs that wait for a worker was queued, times in which it was worked on included; 0 when none waits. */
export async function oldestWaiting(database: Database): Promise<number> {
  const { _min } = await database.job.aggregate({ where: { state: { in: WAITING } }, _min: { queuedAt: true } });
  return _min.queuedAt ? Math.max((Date.now() - _min.queuedAt.getTime()) / 1_000, 0) : 0;
}
