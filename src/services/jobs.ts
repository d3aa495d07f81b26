import { AppError } from '../core/errors.ts';
import type { Job } from '../infra/postgres/database.ts';
import { countListedJobs, findJob, type JobFilter, listJobs as listJobRows } from '../infra/postgres/rows/jobs.ts';
import { attemptsQuery, findJobSelected, type JobSelection, latestJobQuery } from '../infra/postgres/rows/selected.ts';
import type { Page } from '../infra/postgres/rows/sql.ts';
import type { Deps } from './deps.ts';

export type { Job, JobFilter };
/** Relations as GraphQL selects them: the latest job of a dataset, the attempts of a job. */
export { attemptsQuery, latestJobQuery };

/** One job. @throws AppError NOT_FOUND */
export async function readJob({ database }: Pick<Deps, 'database'>, id: string): Promise<Job> {
  const job = await findJob(database, id);
  if (!job) throw jobNotFound(id);
  return job;
}

/** A page of jobs, newest first, and one more when there is a next page. */
export function listJobs({ database }: Deps, filter: JobFilter, page: Page): Promise<Job[]> {
  return listJobRows(database, filter, page);
}

/** How many jobs a list has on all its pages. */
export function countJobs({ database }: Deps, filter: JobFilter): Promise<number> {
  return countListedJobs(database, filter);
}

/** A job with the relations that a GraphQL query selects; null when there is none. */
export function findJobFor({ database }: Deps, id: string, selection: JobSelection): Promise<Job | null> {
  return findJobSelected(database, id, selection);
}

/** The error for an id without a job. */
export const jobNotFound = (id: string) =>
  new AppError('NOT_FOUND', `Job ${id} does not exist or was deleted with its dataset.`);
