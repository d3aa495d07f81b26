import { ACTIVE_STATES } from '../../../core/states.ts';
import { type Database, type Dataset, Prisma, type Report, rowsOf } from '../database.ts';
import { listOf } from './sql.ts';

/** Reports: read. They are written with the success of their job, by attempts.ts. */

/** Where a report is stored, and what its dataset is called. */
export type ReportLocation = Pick<Report, 'reportBucket' | 'reportKey'> & Pick<Dataset, 'name'>;

/** Where the report of a dataset is stored. */
export async function findReportLocation(database: Database, datasetId: string): Promise<ReportLocation | undefined> {
  const [row] = await rowsOf<ReportLocation>(
    database,
    Prisma.sql`
    SELECT report_bucket AS "reportBucket", report_key AS "reportKey", name
    FROM reports JOIN datasets ON datasets.id = dataset_id WHERE dataset_id = ${datasetId}::uuid`,
  );
  return row;
}

/** The report of a dataset as JSON text: jsonb that is read as numbers would lose digits beyond 2^53. */
export async function findReportText(
  database: Database,
  datasetId: string,
): Promise<{ text: string; createdAt: Date } | undefined> {
  const [row] = await rowsOf<{ text: string; createdAt: Date }>(
    database,
    Prisma.sql`
    SELECT report_json::text AS text, created_at AS "createdAt" FROM reports WHERE dataset_id = ${datasetId}::uuid`,
  );
  return row;
}

/**
 * Does something about an object that is not the report of the dataset, and while the dataset has no active job but one
 * that is to be cancelled; else nothing. The dataset stays locked meanwhile: no attempt can begin, and store a report
 * there.
 * @param key of the object
 * @returns whether it was done
 */
export async function whileNotReport(
  database: Database,
  datasetId: string,
  key: string,
  work: () => Promise<void>,
): Promise<boolean> {
  return database.$transaction(async (transaction) => {
    await transaction.$queryRaw`SELECT 1 FROM datasets WHERE id = ${datasetId}::uuid FOR UPDATE`;
    const owners = await transaction.$queryRaw<unknown[]>`
      SELECT 1 FROM jobs
      WHERE dataset_id = ${datasetId}::uuid AND state IN ${listOf(ACTIVE_STATES)} AND cancel_requested_at IS NULL
      UNION ALL SELECT 1 FROM reports WHERE dataset_id = ${datasetId}::uuid AND report_key = ${key}`;
    if (owners.length > 0) return false;
    await work();
    return true;
  });
}
