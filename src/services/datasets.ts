import type { Readable } from 'node:stream';
import { AppError } from '../core/errors.ts';
import type { Dataset } from '../infra/postgres/database.ts';
import type { DatasetPage } from '../infra/postgres/rows/dataset-order.ts';
import {
  changeName,
  countListedDatasets,
  type DatasetFilter,
  type DatasetSummary,
  findDataset,
  findDatasetSummary,
  findOptions,
  listDatasets as listDatasetRows,
  removeDataset,
} from '../infra/postgres/rows/datasets.ts';
import { findReportLocation } from '../infra/postgres/rows/reports.ts';
import { type DatasetSelection, findDatasetSelected } from '../infra/postgres/rows/selected.ts';
import { requireName } from './dataset-name.ts';
import type { Deps } from './deps.ts';
import { pageKey } from './object-keys.ts';
import { type ReadOptions, storedOptions } from './reading-options.ts';

export type { DatasetSummary };

/** A page of datasets, and one more when there is a next page. */
export function listDatasets({ database }: Deps, filter: DatasetFilter, page: DatasetPage): Promise<DatasetSummary[]> {
  return listDatasetRows(database, filter, page);
}

/** How many datasets a list has on all its pages. */
export function countDatasets({ database }: Deps, filter: DatasetFilter): Promise<number> {
  return countListedDatasets(database, filter);
}

/** One dataset as it is shown. @throws AppError NOT_FOUND */
export async function readDataset({ database }: Deps, id: string): Promise<DatasetSummary> {
  const dataset = await findDatasetSummary(database, id);
  if (!dataset) throw datasetNotFound(id);
  return dataset;
}

/** How a dataset is to be read, as somebody has said; undefined where nothing was said. */
export async function readStoredOptions({ database }: Deps, id: string): Promise<ReadOptions | undefined> {
  return storedOptions(await findOptions(database, id));
}

/** A dataset with the relations that a GraphQL query selects; null when there is none. */
export function findDatasetFor({ database }: Deps, id: string, selection: DatasetSelection): Promise<Dataset | null> {
  return findDatasetSelected(database, id, selection);
}

/** The file as it was uploaded. @throws AppError NOT_FOUND */
export async function openFile({ database, storage }: Deps, id: string): Promise<{ dataset: Dataset; body: Readable }> {
  const dataset = await findDataset(database, id);
  if (!dataset) throw datasetNotFound(id);
  return { dataset, body: await storage.get(dataset.uploadBucket, dataset.uploadKey) };
}

/**
 * Gives a dataset another name. The report's page has the name in it: it is removed, and made again when somebody asks
 * for it. Where that fails, the same call again does both.
 * @throws AppError NOT_FOUND; UNPROCESSABLE for an empty, missing or overlong name
 */
export async function renameDataset(
  { database, storage }: Deps,
  id: string,
  name: string | undefined,
): Promise<DatasetSummary> {
  const renamed = await changeName(database, id, requireName(name));
  if (!renamed) throw datasetNotFound(id);
  // not before: a page that is made in between has the old name (stored-report.ts looks again after storing one)
  const report = await findReportLocation(database, id);
  if (report) await storage.remove(report.reportBucket, pageKey(report.reportKey));
  return renamed;
}

/**
 * Removes a dataset with its jobs, report and objects.
 * @throws AppError NOT_FOUND, or CONFLICT while a job is active
 */
export async function deleteDataset({ database, storage, log }: Deps, id: string): Promise<void> {
  const dataset = await removeDataset(database, id);
  if (!dataset) throw datasetNotFound(id);
  if (dataset === 'active')
    throw new AppError('CONFLICT', `Dataset ${id} is being processed. Cancel its job, or wait until it ends.`);
  // the rows are gone: an object that cannot be removed now is an orphan, which the cleanup finds
  const { uploadBucket, uploadKey, reportBucket, reportKey } = dataset;
  const removals = [storage.remove(uploadBucket, uploadKey)];
  if (reportBucket !== null && reportKey !== null)
    removals.push(...[reportKey, pageKey(reportKey)].map((key) => storage.remove(reportBucket, key)));
  for (const result of await Promise.allSettled(removals)) {
    if (result.status === 'rejected')
      log.warn({ err: result.reason, dataset: id }, 'an object of a deleted dataset could not be removed');
  }
}

/** The error for an id without a dataset. */
export const datasetNotFound = (id: string) =>
  new AppError('NOT_FOUND', `Dataset ${id} does not exist or was deleted.`);
