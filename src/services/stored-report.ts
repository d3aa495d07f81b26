import { AppError } from '../core/errors.ts';
import type { Database, Dataset } from '../infra/postgres/database.ts';
import type { ReportDocument } from '../report/document.ts';
import { renderPage } from '../report/html/page.ts';
import { completeReport, parseReport, readReport, type StoredReport } from '../report/report-text.ts';
import { ACTIVE_STATES, datasetNotFound, type Parts, pageKey, reportKey } from './datasets.ts';

/** The text of a report as the database has it: the values of report.json, keys in the order of jsonb. */
async function selectReportText(database: Database, datasetId: string) {
  // as text: a jsonb read as numbers would lose digits beyond 2^53
  const rows = await database.$queryRaw<{ text: string; createdAt: Date }[]>`
    SELECT report_json::text AS text, created_at AS "createdAt" FROM reports WHERE dataset_id = ${datasetId}::uuid`;
  return rows[0];
}

export interface DatabaseReport {
  report: ReportDocument;
  /** As it is stored, without what `report` adds to one of the first versions. */
  stored: StoredReport;
  createdAt: Date;
}

/** The report of a dataset from the database, parsed once; `undefined` where there is none. */
export async function loadDatabaseReport({ database }: Parts, datasetId: string): Promise<DatabaseReport | undefined> {
  const row = await selectReportText(database, datasetId);
  if (!row) return undefined;
  const stored = parseReport(row.text);
  return { report: completeReport(stored), stored, createdAt: row.createdAt };
}

/**
 * The bytes of report.json as they are in the bucket: jsonb keeps the values, not the order of the keys.
 * @throws AppError NOT_FOUND when the dataset or its report is not there
 */
export async function openReport({ database, storage }: Parts, id: string) {
  const report = await database.report.findUnique({
    where: { datasetId: id },
    select: { reportBucket: true, reportKey: true },
  });
  if (!report) throw new AppError('NOT_FOUND', `There is no report of dataset ${id} yet.`);
  return storage.get(report.reportBucket, report.reportKey);
}

/** The dataset with its report, read whole. @throws AppError NOT_FOUND */
export async function loadReport(parts: Parts, id: string): Promise<{ dataset: Dataset; report: ReportDocument }> {
  const dataset = await parts.database.dataset.findUnique({ where: { id } });
  if (!dataset) throw datasetNotFound(id);
  const chunks: Buffer[] = []; // one report: its columns and the lengths of its values are bounded
  for await (const chunk of await openReport(parts, id)) chunks.push(chunk as Buffer);
  return { dataset, report: readReport(Buffer.concat(chunks).toString()) };
}

/** The report's page, from the bucket; made again where the worker's copy is missing. @throws AppError NOT_FOUND */
export async function openPage(parts: Parts, id: string) {
  const stored = await parts.database.report.findUnique({ where: { datasetId: id }, select: { reportBucket: true } });
  if (!stored) throw new AppError('NOT_FOUND', `There is no report of dataset ${id} yet.`);
  try {
    return await parts.storage.get(stored.reportBucket, pageKey(id));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'NOT_FOUND') throw error;
    const { dataset, report } = await loadReport(parts, id);
    const page = renderPage(report, dataset.name);
    await putPage(parts, id, page).catch((failed) =>
      parts.log.info({ err: failed, dataset: id }, 'a page could not be stored'),
    );
    return page;
  }
}

/** Writes report.json's page beside it. */
export async function storePage(parts: Parts, id: string): Promise<void> {
  const { dataset, report } = await loadReport(parts, id);
  await putPage(parts, id, renderPage(report, dataset.name));
}
const putPage = ({ storage, config }: Parts, id: string, page: string) =>
  storage.put(config.reportsBucket, pageKey(id), page, 'text/html; charset=utf-8');

/**
 * Removes what an attempt stored that has lost its job, where the dataset has no report: without a row nobody would
 * ever find it. Under the dataset's lock, so that no new attempt begins, and stores its own, in between.
 */
export async function removeUnownedReport({ database, storage, config, log }: Parts, datasetId: string): Promise<void> {
  try {
    await database.$transaction(async (transaction) => {
      await transaction.$queryRaw`SELECT 1 FROM datasets WHERE id = ${datasetId}::uuid FOR UPDATE`;
      const others = { datasetId, state: { in: ACTIVE_STATES }, cancelRequestedAt: null };
      if ((await transaction.job.count({ where: others })) > 0) return;
      if ((await transaction.report.count({ where: { datasetId } })) > 0) return;
      for (const key of [reportKey(datasetId), pageKey(datasetId)]) await storage.remove(config.reportsBucket, key);
    });
  } catch (error) {
    log.warn({ err: error, dataset: datasetId }, 'a report without a row stays behind until the next cleanup');
  }
}
