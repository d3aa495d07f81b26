import type { Readable } from 'node:stream';
import { AppError } from '../core/errors.ts';
import { VERSION } from '../core/version.ts';
import type { Dataset } from '../infra/postgres/database.ts';
import { findDataset } from '../infra/postgres/rows/datasets.ts';
import {
  findReportLocation,
  findReportText,
  type ReportLocation,
  whileNotReport,
} from '../infra/postgres/rows/reports.ts';
import type { ReportDocument } from '../report/document.ts';
import { renderPage } from '../report/html/page.ts';
import type { Provenance } from '../report/provenance.ts';
import { completeReport, parseReport, readReport, type StoredReport } from '../report/report-text.ts';
import { datasetNotFound } from './datasets.ts';
import type { Deps } from './deps.ts';
import { pageKey } from './object-keys.ts';

export interface DatabaseReport {
  report: ReportDocument;
  /** As it is stored, without what `report` adds to one of the first versions. */
  stored: StoredReport;
  createdAt: Date;
}

/** The report of a dataset from the database, parsed once; `undefined` where there is none. */
export async function loadDatabaseReport({ database }: Deps, datasetId: string): Promise<DatabaseReport | undefined> {
  const row = await findReportText(database, datasetId);
  if (!row) return undefined;
  const stored = parseReport(row.text);
  return { report: completeReport(stored), stored, createdAt: row.createdAt };
}

/** Whether a dataset has a report, without reading it. */
export const hasReport = async ({ database }: Deps, id: string): Promise<boolean> =>
  (await findReportLocation(database, id)) !== undefined;

/** Why there is no report: there is no dataset, or none was made of it. */
async function reportNotFound({ database }: Pick<Deps, 'database'>, id: string): Promise<AppError> {
  if (!(await findDataset(database, id))) return datasetNotFound(id);
  return new AppError('NOT_FOUND', `Dataset ${id} has no report yet. Process it, or wait until its job ends.`);
}

type OpenedReport = ReportLocation & { body: Readable };

/**
 * The bytes of report.json as they are in the bucket: jsonb keeps the values, not the order of the keys.
 * @throws AppError NOT_FOUND when the dataset or its report is not there
 */
export async function openReport({ database, storage }: Deps, id: string): Promise<OpenedReport> {
  let report = await findReportLocation(database, id);
  for (;;) {
    if (!report) throw await reportNotFound({ database }, id);
    try {
      return { ...report, body: await storage.get(report.reportBucket, report.reportKey) };
    } catch (error) {
      // one that was made with other options may have replaced it since
      const now = await findReportLocation(database, id);
      if (now?.reportKey === report.reportKey) throw error;
      report = now;
    }
  }
}

/** The dataset with its report, read whole, and the key that it is stored under. @throws AppError NOT_FOUND */
export async function loadReport(
  parts: Deps,
  id: string,
): Promise<{ dataset: Dataset; report: ReportDocument; key: string }> {
  const dataset = await findDataset(parts.database, id);
  if (!dataset) throw datasetNotFound(id);
  const chunks: Buffer[] = []; // one report: its columns and the lengths of its values are bounded
  const { body, reportKey: key } = await openReport(parts, id);
  for await (const chunk of body) chunks.push(chunk as Buffer);
  return { dataset, report: readReport(Buffer.concat(chunks).toString()), key };
}

/**
 * The report's page, from the bucket; made again where the worker's copy is missing.
 * @returns it, and the name of the dataset
 * @throws AppError NOT_FOUND
 */
export async function openPage(parts: Deps, id: string): Promise<{ name: string; page: Readable | string }> {
  const stored = await findReportLocation(parts.database, id);
  if (!stored) throw await reportNotFound(parts, id);
  try {
    return { name: stored.name, page: await parts.storage.get(stored.reportBucket, pageKey(stored.reportKey)) };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'NOT_FOUND') throw error;
    const { dataset, report, key } = await loadReport(parts, id);
    const page = pageOf(dataset, report);
    await putPage(parts, dataset, pageKey(key), page).catch((failed) =>
      parts.log.info({ err: failed, dataset: id }, 'a page could not be stored'),
    );
    return { name: dataset.name, page };
  }
}

const pageOf = (dataset: Dataset, report: ReportDocument) => renderPage(report, dataset.name, provenanceOf(dataset));

/** Where the report of a dataset comes from, for its page and exports. */
export const provenanceOf = (dataset: Dataset): Provenance => ({
  name: dataset.name,
  filename: dataset.originalFilename,
  bytes: Number(dataset.sizeBytes),
  sha256: dataset.checksumSha256,
  uploadedAt: dataset.uploadedAt.toISOString(),
  ...(dataset.processedAt && { processedAt: dataset.processedAt.toISOString() }),
  version: VERSION,
});

/** Writes report.json's page beside it. */
export async function storePage(parts: Deps, id: string): Promise<void> {
  const { dataset, report, key } = await loadReport(parts, id);
  await putPage(parts, dataset, pageKey(key), pageOf(dataset, report));
}

/**
 * Stores a page, unless its dataset was renamed, processed again or deleted while it was made: the change has removed
 * the page before, and this one would stay.
 */
async function putPage({ database, storage, config }: Deps, made: Dataset, key: string, page: string): Promise<void> {
  await storage.put(config.reportsBucket, key, page, 'text/html; charset=utf-8');
  const now = await findDataset(database, made.id);
  if (now?.name !== made.name || now.processedAt?.getTime() !== made.processedAt?.getTime())
    await storage.remove(config.reportsBucket, key);
}

/**
 * Removes what is not, or no longer, the report of the dataset: what an attempt stored that has lost its job, or what
 * was made with other options. Without a row nobody would ever find it. Under the dataset's lock, so that no new
 * attempt begins, and stores its own, in between.
 */
export async function removeUnownedReport(
  { database, storage, log }: Deps,
  datasetId: string,
  { bucket, key }: { bucket: string; key: string },
): Promise<void> {
  try {
    await whileNotReport(database, datasetId, key, async () => {
      for (const object of [key, pageKey(key)]) await storage.remove(bucket, object);
    });
  } catch (error) {
    log.warn({ err: error, dataset: datasetId }, 'a report without a row stays behind until the next cleanup');
  }
}
