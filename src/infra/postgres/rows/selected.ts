import type { Database, Dataset, Job, Prisma } from '../database.ts';

/**
 * Rows with the relations that a GraphQL query selects. The Prisma client reads these: Pothos' plugin gives the
 * selection, and the client loads each relation of all rows at once.
 */

export type DatasetSelection = Pick<Prisma.DatasetFindUniqueArgs, 'include' | 'select'>;
export type JobSelection = Pick<Prisma.JobFindUniqueArgs, 'include' | 'select'>;

export function findDatasetSelected(
  database: Database,
  id: string,
  selection: DatasetSelection,
): Promise<Dataset | null> {
  return database.dataset.findUnique({ ...selection, where: { id } } as Prisma.DatasetFindUniqueArgs);
}

export function findJobSelected(database: Database, id: string, selection: JobSelection): Promise<Job | null> {
  return database.job.findUnique({ ...selection, where: { id } } as Prisma.JobFindUniqueArgs);
}
