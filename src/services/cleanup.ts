import { AppError } from '../core/errors.ts';
import type { StoredKey } from '../infra/storage/storage.ts';
import { ACTIVE_STATES, deleteDataset, type Parts } from './datasets.ts';

const BATCH = 500;
const DAY = 24 * 60 * 60 * 1_000;
const KEY = /^datasets\/([0-9a-f-]{36})\//;

/** What a cleanup has removed. */
export interface Cleaned {
  /** Objects without a row. */
  objects: number;
  /** Uploads that nobody will finish. */
  uploads: number;
  /** Datasets older than they are kept. */
  datasets: number;
}

/**
 * Removes what crashes and interrupted deletions left behind, and what is older than it is kept. Keys that are not of this project's pattern
 * are left alone.
 * @param orphanAge milliseconds that an object must have been there: an upload under way has no row yet
 */
export async function cleanUp(parts: Parts, orphanAge: number): Promise<Cleaned> {
  const { config, storage, log } = parts;
  const before = new Date(Date.now() - orphanAge);
  const cleaned = { objects: 0, uploads: 0, datasets: await removeExpired(parts) };
  for (const bucket of new Set([config.uploadsBucket, config.reportsBucket])) {
    // not every store has a list of them: what it holds of broken uploads is for its own rules then
    cleaned.uploads += await storage.abandonUploads(bucket, before).catch((error) => {
      log.warn(
        { err: error, bucket },
        'uploads that nobody will finish could not be found: the store keeps their parts',
      );
      return 0;
    });
    let batch: StoredKey[] = [];
    for await (const stored of storage.list(bucket)) {
      if (stored.modifiedAt < before && KEY.test(stored.key)) batch.push(stored);
      if (batch.length < BATCH) continue;
      cleaned.objects += await removeOrphans(parts, bucket, batch);
      batch = [];
    }
    cleaned.objects += await removeOrphans(parts, bucket, batch);
  }
  return cleaned;
}

/** Of these objects, those that no row knows. */
async function removeOrphans({ database, storage, config, log }: Parts, bucket: string, batch: StoredKey[]) {
  const ids = [...new Set(batch.map(({ key }) => KEY.exec(key)![1]!))];
  const datasets = await database.dataset.findMany({
    where: { id: { in: ids } },
    select: { id: true, uploadBucket: true, uploadKey: true, report: { select: { id: true } } },
  });
  const known = new Set<string>(); // at most a batch
  for (const { id, uploadBucket, uploadKey, report } of datasets) {
    if (uploadBucket === bucket) known.add(uploadKey);
    // all that is stored beside report.json belongs to the report's row
    if (report && bucket === config.reportsBucket) known.add(`datasets/${id}/report/`);
  }
  const orphans = batch.filter(({ key }) => !known.has(key) && !known.has(key.replace(/[^/]*$/, '')));
  for (const { key } of orphans) {
    await storage.remove(bucket, key);
    log.info({ bucket, key }, 'an object without a row was removed');
  }
  return orphans.length;
}

/** Datasets uploaded more than `RETENTION_DAYS` days ago, unless one is being processed. */
async function removeExpired(parts: Parts): Promise<number> {
  const { database, config, log } = parts;
  if (config.retentionDays === 0) return 0;
  const before = new Date(Date.now() - config.retentionDays * DAY);
  let count = 0;
  for (;;) {
    const expired = await database.dataset.findMany({
      where: { uploadedAt: { lt: before }, jobs: { none: { state: { in: ACTIVE_STATES } } } },
      select: { id: true },
      take: BATCH,
    });
    let removed = 0;
    for (const { id } of expired) {
      try {
        await deleteDataset(parts, id);
        removed++;
      } catch (error) {
        if (!(error instanceof AppError)) throw error; // processed or deleted at this moment
      }
    }
    count += removed;
    if (removed === 0) break;
  }
  if (count > 0)
    log.info({ datasets: count, days: config.retentionDays }, 'datasets older than they are kept were removed');
  return count;
}
