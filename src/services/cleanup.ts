import { AppError } from '../core/errors.ts';
import { findDatasetObjects, findExpiredDatasets } from '../infra/postgres/rows/datasets.ts';
import { whileNotReport } from '../infra/postgres/rows/reports.ts';
import { deleteDataset } from './datasets.ts';
import type { Deps } from './deps.ts';
import { datasetOfKey, pageKey, reportOfKey } from './object-keys.ts';

const BATCH = 500;
const DAY = 24 * 60 * 60 * 1_000;

/** What a cleanup has removed. */
export interface Cleaned {
  /** Objects without a row. */
  objects: number;
  /** Unfinished uploads to the store. */
  uploads: number;
  /** Datasets past their retention. */
  datasets: number;
}

/**
 * Removes what crashes and interrupted deletions left behind, and datasets that are older than the retention. Objects
 * whose keys are not of this project's pattern are left alone.
 * @param orphanAge milliseconds that an object must have been there: an upload under way has no row yet
 */
export async function cleanUp(deps: Deps, orphanAge: number): Promise<Cleaned> {
  const { config, storage, log } = deps;
  const before = new Date(Date.now() - orphanAge);
  const cleaned = { objects: 0, uploads: 0, datasets: await removeExpired(deps) };
  for (const bucket of new Set([config.uploadsBucket, config.reportsBucket])) {
    // not every store lists them: the parts of broken uploads are then left to the store's own rules
    cleaned.uploads += await storage.abandonUploads(bucket, before).catch((error) => {
      log.warn({ err: error, bucket }, 'unfinished uploads could not be listed: the store keeps their parts');
      return 0;
    });
    let batch: string[] = [];
    for await (const { key, modifiedAt } of storage.list(bucket)) {
      if (modifiedAt < before && datasetOfKey(key)) batch.push(key);
      if (batch.length < BATCH) continue;
      cleaned.objects += await removeOrphans(deps, bucket, batch);
      batch = [];
    }
    cleaned.objects += await removeOrphans(deps, bucket, batch);
  }
  return cleaned;
}

/** Removes those of these objects that no row knows. @returns how many */
async function removeOrphans({ database, storage, log }: Deps, bucket: string, keys: string[]) {
  const ids = new Set(keys.map((key) => datasetOfKey(key)!));
  const known = new Set<string>(); // at most a batch
  for (const dataset of await findDatasetObjects(database, [...ids])) {
    const { uploadBucket, uploadKey, reportBucket, reportKey } = dataset;
    if (uploadBucket === bucket) known.add(uploadKey);
    if (reportKey !== null && reportBucket === bucket) known.add(reportKey).add(pageKey(reportKey));
  }
  let removed = 0;
  for (const key of keys) {
    if (known.has(key)) continue;
    const report = reportOfKey(key);
    const remove = () => storage.remove(bucket, key);
    // a job may have stored its report under this key since the rows were read
    if (report !== undefined && !(await whileNotReport(database, datasetOfKey(key)!, report, remove))) continue;
    if (report === undefined) await remove();
    removed++;
    log.info({ bucket, key }, 'an object without a row was removed');
  }
  return removed;
}

/** Removes datasets uploaded more than `RETENTION_DAYS` days ago, unless one is being processed. @returns how many */
async function removeExpired(deps: Deps): Promise<number> {
  const { database, config, log } = deps;
  if (config.retentionDays === 0) return 0;
  const before = new Date(Date.now() - config.retentionDays * DAY);
  let count = 0;
  for (;;) {
    let removed = 0;
    for (const id of await findExpiredDatasets(database, before, BATCH)) {
      try {
        await deleteDataset(deps, id);
        removed++;
      } catch (error) {
        if (!(error instanceof AppError)) throw error; // processed or deleted at this moment
      }
    }
    count += removed;
    if (removed === 0) break;
  }
  if (count > 0)
    log.info({ datasets: count, days: config.retentionDays }, 'datasets past their retention were removed');
  return count;
}
