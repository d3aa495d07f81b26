import { ACTIVE_STATES, DatasetStatus } from '../../../core/states.ts';
import type { ReadOptions } from '../../../processing/options/read-options.ts';
import { countOf, type Database, type Dataset, type ListedDataset, Prisma, rowsOf } from '../database.ts';
import { afterPage, type DatasetPage, inOrder } from './dataset-order.ts';
import { columnsOf, jsonOrNull, LATEST_JOB_FIRST, listOf, literal, where } from './sql.ts';

/**
 * Datasets: made, read, listed, counted and removed. Their status is changed by claims.ts and attempts.ts, with the
 * state of their jobs.
 */

const COLUMNS = columnsOf(Prisma.DatasetScalarFieldEnum);
const { options: _options, reportOptions: _reportOptions, ...small } = Prisma.DatasetScalarFieldEnum;

/** A dataset as it is listed: with its latest job, and whether it has a report. */
export type DatasetSummary = ListedDataset & { latestJobId: string | null; hasReport: boolean };
// not EXISTS, which Postgres answers by reading all reports first: 12 ms of a page's 13 where there are 100,000
const SUMMARY = Prisma.sql`${columnsOf(small)},
  (SELECT jobs.id FROM jobs WHERE jobs.dataset_id = datasets.id ${LATEST_JOB_FIRST} LIMIT 1) AS "latestJobId",
  (SELECT true FROM reports WHERE reports.dataset_id = datasets.id) IS NOT NULL AS "hasReport"`;

/** What a dataset is made of; the database fills in the rest. */
export type NewDataset = Pick<
  Dataset,
  | 'id'
  | 'name'
  | 'originalFilename'
  | 'contentType'
  | 'checksumSha256'
  | 'sizeBytes'
  | 'uploadBucket'
  | 'uploadKey'
  | 'uploadEtag'
> & { options: ReadOptions | undefined };

/** Makes a dataset. @returns undefined when one with the same checksum exists */
export async function insertDataset(database: Database, dataset: NewDataset): Promise<Dataset | undefined> {
  const [inserted] = await rowsOf<Dataset>(
    database,
    Prisma.sql`
    INSERT INTO datasets (id, name, original_filename, content_type, status, checksum_sha256, size_bytes,
      upload_bucket, upload_key, upload_etag, options)
    VALUES (${dataset.id}::uuid, ${dataset.name}, ${dataset.originalFilename}, ${dataset.contentType},
      ${literal(DatasetStatus.UPLOADED)}, ${dataset.checksumSha256}, ${dataset.sizeBytes},
      ${dataset.uploadBucket}, ${dataset.uploadKey}, ${dataset.uploadEtag}, ${jsonOrNull(dataset.options)})
    ON CONFLICT (checksum_sha256) DO NOTHING
    RETURNING ${COLUMNS}`,
  );
  return inserted;
}

/** A dataset by its id. */
export async function findDataset(database: Database, id: string): Promise<Dataset | undefined> {
  const [dataset] = await rowsOf<Dataset>(database, Prisma.sql`SELECT ${COLUMNS} FROM datasets WHERE id = ${id}::uuid`);
  return dataset;
}

/** The options of reading that a dataset has; null for none, and where there is no such dataset. */
export async function findOptions(database: Database, id: string): Promise<Dataset['options']> {
  const [row] = await rowsOf<Pick<Dataset, 'options'>>(
    database,
    Prisma.sql`SELECT options FROM datasets WHERE id = ${id}::uuid`,
  );
  return row?.options ?? null;
}

/** A dataset by its bytes. @param checksum SHA-256 of the file, as hexadecimal digits */
export async function findDatasetByChecksum(database: Database, checksum: string): Promise<Dataset | undefined> {
  const [dataset] = await rowsOf<Dataset>(
    database,
    Prisma.sql`SELECT ${COLUMNS} FROM datasets WHERE checksum_sha256 = ${checksum}`,
  );
  return dataset;
}

/** A dataset by its id, with its latest job and whether it has a report. */
export async function findDatasetSummary(database: Database, id: string): Promise<DatasetSummary | undefined> {
  const [dataset] = await rowsOf<DatasetSummary>(
    database,
    Prisma.sql`SELECT ${SUMMARY} FROM datasets WHERE id = ${id}::uuid`,
  );
  return dataset;
}

/** Changes the content type, unless the file is being read or has been read. */
export async function changeContentType(database: Database, id: string, contentType: string): Promise<void> {
  await countOf(
    database,
    Prisma.sql`
    UPDATE datasets SET content_type = ${contentType}
    WHERE id = ${id}::uuid AND status NOT IN ${listOf([DatasetStatus.PROCESSING, DatasetStatus.DONE])}`,
  );
}

/**
 * Changes the options of reading, unless the file is being read with others: its job would end with a report that
 * nobody asked for last. The status is in the row, so a claim at the same moment comes before or after.
 * @returns false when there is no such dataset, or it is being processed with other options
 */
export async function changeOptions(
  database: Database,
  id: string,
  options: ReadOptions | undefined,
): Promise<boolean> {
  const wanted = jsonOrNull(options);
  const count = await countOf(
    database,
    Prisma.sql`
    UPDATE datasets SET options = ${wanted}
    WHERE id = ${id}::uuid
      AND (status <> ${literal(DatasetStatus.PROCESSING)} OR options IS NOT DISTINCT FROM ${wanted})`,
  );
  return count > 0;
}

/** Which datasets a list has: those for which all of this holds. */
export interface DatasetFilter {
  status?: string | undefined;
  /** Part of the name, in upper or lower case. */
  search?: string | undefined;
}

/** Text that stands for itself in a LIKE pattern; a NUL is left out, since no name has one. */
const escapeLike = (text: string): string => text.replaceAll('\u0000', '').replaceAll(/[\\%_]/g, '\\$&');

const conditions = ({ status, search }: DatasetFilter) => [
  status !== undefined && Prisma.sql`status = ${status}`,
  search !== undefined && Prisma.sql`name ILIKE ${`%${escapeLike(search)}%`}`,
];

/** A page of datasets, and one row more when there is a next page. */
export function listDatasets(database: Database, filter: DatasetFilter, page: DatasetPage): Promise<DatasetSummary[]> {
  const wanted = where([...conditions(filter), afterPage(page)]);
  return rowsOf<DatasetSummary>(database, Prisma.sql`SELECT ${SUMMARY} FROM datasets ${wanted} ${inOrder(page)}`);
}

/** How many datasets a list has on all its pages. */
export async function countListedDatasets(database: Database, filter: DatasetFilter): Promise<number> {
  const [row] = await rowsOf<{ count: number }>(
    database,
    Prisma.sql`SELECT count(*)::int AS count FROM datasets ${where(conditions(filter))}`,
  );
  return row!.count;
}

/** Gives a dataset another name. @returns the dataset; undefined when there is none */
export async function changeName(database: Database, id: string, name: string): Promise<DatasetSummary | undefined> {
  const [dataset] = await rowsOf<DatasetSummary>(
    database,
    Prisma.sql`UPDATE datasets SET name = ${name} WHERE id = ${id}::uuid RETURNING ${SUMMARY}`,
  );
  return dataset;
}

/** How many datasets there are, and the bytes of their files, by status. */
export function countDatasets(database: Database): Promise<{ status: string; count: number; bytes: number }[]> {
  return rowsOf(
    database,
    Prisma.sql`
    SELECT status, count(*)::int AS count, sum(size_bytes)::float8 AS bytes FROM datasets GROUP BY status`,
  );
}

/**
 * Removes the rows of a dataset, its jobs and its report, unless a job is active. The lock makes an enqueue at the same
 * moment wait; it finds no dataset then.
 * @returns what the removed dataset has in the buckets, `active` when a job is, undefined when there is no such dataset
 */
export function removeDataset(database: Database, id: string): Promise<DatasetObjects | 'active' | undefined> {
  return database.$transaction(async (transaction) => {
    const locked = await transaction.$queryRaw<unknown[]>`SELECT 1 FROM datasets WHERE id = ${id}::uuid FOR UPDATE`;
    if (locked.length === 0) return undefined;
    // by a statement of its own: one that had to wait for the lock would not see a report that was stored meanwhile
    const [dataset] = await transaction.$queryRaw<DatasetObjects[]>`
      SELECT ${OBJECTS} FROM datasets WHERE id = ${id}::uuid`;
    if (!dataset) return undefined;
    const active = await transaction.$queryRaw<unknown[]>`
      SELECT 1 FROM jobs WHERE dataset_id = ${id}::uuid AND state IN ${listOf(ACTIVE_STATES)}`;
    if (active.length > 0) return 'active';
    await transaction.$executeRaw`DELETE FROM datasets WHERE id = ${id}::uuid`;
    return dataset;
  });
}

/** Ids of datasets that were uploaded before a time, of those without an active job. */
export async function findExpiredDatasets(database: Database, before: Date, limit: number): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    database,
    Prisma.sql`
    SELECT id FROM datasets WHERE uploaded_at < ${before} AND NOT EXISTS (
      SELECT 1 FROM jobs WHERE dataset_id = datasets.id AND state IN ${listOf(ACTIVE_STATES)})
    ORDER BY uploaded_at LIMIT ${limit}`,
  );
  return rows.map(({ id }) => id);
}

/** What a dataset has in the buckets, by its rows. */
export type DatasetObjects = Pick<Dataset, 'id' | 'uploadBucket' | 'uploadKey'> & {
  reportBucket: string | null;
  reportKey: string | null;
};
const OBJECTS = Prisma.sql`id, upload_bucket AS "uploadBucket", upload_key AS "uploadKey",
  (SELECT report_bucket FROM reports WHERE reports.dataset_id = datasets.id) AS "reportBucket",
  (SELECT report_key FROM reports WHERE reports.dataset_id = datasets.id) AS "reportKey"`;

/** Of those of the datasets that exist. */
export function findDatasetObjects(database: Database, ids: string[]): Promise<DatasetObjects[]> {
  return rowsOf<DatasetObjects>(
    database,
    Prisma.sql`
    SELECT ${OBJECTS} FROM datasets WHERE id = ANY(${ids}::uuid[])`,
  );
}
