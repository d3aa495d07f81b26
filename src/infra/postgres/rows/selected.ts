import type { Database, Dataset, Job, Prisma } from '../database.ts';

/**
 * Rows with the relations that a GraphQL query selects. The Prisma client reads these: Pothos' plugin gives the
 * selection, and the client loads each relation of all rows at once.
 */

/** What Pothos' plugin passes on of a query: the relations to load. */
export type DatasetSelection = Pick<Prisma.DatasetFindUniqueArgs, 'include' | 'select'>;
/** The same for jobs. */
export type JobSelection = Pick<Prisma.JobFindUniqueArgs, 'include' | 'select'>;

/** The latest job of a dataset, as a relation; LATEST_JOB_FIRST of sql.ts is the same order for statements. */
export const latestJobQuery = {
  take: 1,
  orderBy: [{ queuedAt: 'desc' }, { id: 'desc' }],
} satisfies Prisma.Dataset$jobsArgs;
/** The attempts of a job, as a relation: from the first to the last. */
export const attemptsQuery = { orderBy: { number: 'asc' } } satisfies Prisma.Job$attemptsArgs;

/** @returns null when there is no such dataset */
export function findDatasetSelected(
  database: Database,
  id: string,
  selection: DatasetSelection,
): Promise<Dataset | null> {
  return database.dataset.findUnique({ ...selection, where: { id } } as Prisma.DatasetFindUniqueArgs);
}

/** @returns null when there is no such job */
export function findJobSelected(database: Database, id: string, selection: JobSelection): Promise<Job | null> {
  return database.job.findUnique({ ...selection, where: { id } } as Prisma.JobFindUniqueArgs);
}
