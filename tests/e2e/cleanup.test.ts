import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readConfig } from '../../src/core/config.ts';
import { createLogger } from '../../src/core/log.ts';
import { openDatabase } from '../../src/infra/postgres/database.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/infra/postgres/embedded-postgres.ts';
import { migrate } from '../../src/infra/postgres/migrations.ts';
import { type StoredReport, succeed } from '../../src/infra/postgres/rows/attempts.ts';
import { claimJob } from '../../src/infra/postgres/rows/claims.ts';
import { changeOptions, insertDataset } from '../../src/infra/postgres/rows/datasets.ts';
import { insertJob } from '../../src/infra/postgres/rows/jobs.ts';
import { openFilesystemStorage } from '../../src/infra/storage/filesystem.ts';
import type { Storage } from '../../src/infra/storage/storage.ts';
import type { ReadOptions } from '../../src/processing/options/read-options.ts';
import { cleanUp } from '../../src/services/cleanup.ts';
import { deleteDataset } from '../../src/services/datasets.ts';
import type { Deps } from '../../src/services/deps.ts';
import { pageKey, reportKey, uploadKey } from '../../src/services/object-keys.ts';
import { removeData } from '../support/embedded-data.ts';

const log = createLogger('silent', 'test');
let dataDir: string;
let server: EmbeddedPostgres;
let deps: Deps;
let close: () => Promise<void>;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'dataset-reports-test-'));
  server = await startEmbeddedPostgres(dataDir, log);
  await migrate(server.config);
  const config = { ...readConfig({}), uploadsBucket: 'uploads', reportsBucket: 'reports', retentionDays: 0 };
  const opened = openDatabase(server.config, 5, log);
  const storage = openFilesystemStorage(join(dataDir, 'objects'), ['uploads', 'reports']);
  await storage.prepare();
  ({ close } = opened);
  deps = { config, database: opened.database, storage, log };
});
afterAll(async () => {
  await close?.();
  await server?.stop();
  removeData(dataDir);
});

let id: string;
beforeEach(async () => {
  id = randomUUID();
  const key = uploadKey(id, 'a.csv');
  await deps.storage.put('uploads', key, 'a\n1\n', 'text/csv');
  await insertDataset(deps.database, {
    id,
    name: 'a',
    originalFilename: 'a.csv',
    contentType: 'text/csv',
    checksumSha256: id.replaceAll('-', '').repeat(2),
    sizeBytes: 4n,
    uploadBucket: 'uploads',
    uploadKey: key,
    uploadEtag: null,
    options: undefined,
  });
});

/** A job that is claimed, and has stored its report. @returns ends it */
async function stored(options: ReadOptions | undefined): Promise<() => Promise<void>> {
  const { database, storage } = deps;
  await changeOptions(database, id, options);
  const { id: jobId } = (await insertJob(database, id, true))!;
  const request = { jobId, datasetId: id, messageId: jobId, worker: 'test', leaseSeconds: 60 };
  const owned = (await claimJob(database, request))!;
  const key = reportKey(id, options);
  await storage.put('reports', key, '{}', 'application/json');
  await storage.put('reports', pageKey(key), '<p>', 'text/html');
  return async () => {
    const alerts = { errors: 0, warnings: 0, infos: 0 };
    const report: StoredReport = { text: '{}', rows: 1, alerts, options, bytes: 4, bucket: 'reports', key, etag: 'x' };
    expect(await succeed(database, owned, report)).toBe(true);
  };
}
const process = async (options?: ReadOptions) => (await stored(options))();
/** Objects of the dataset, by the end of their keys. */
async function objects(): Promise<string[]> {
  const found: string[] = [];
  for (const bucket of ['uploads', 'reports'])
    for await (const { key } of deps.storage.list(bucket))
      if (key.includes(id)) found.push(key.slice(`datasets/${id}/`.length));
  return found.sort();
}
const BY_BAR = { delimiter: '|' };
const endOf = (options?: ReadOptions) => {
  const key = reportKey(id, options).slice(`datasets/${id}/`.length);
  return [key, pageKey(key)];
};
/** What is there for a second is old enough. */
const cleanUpAll = async (storage = deps.storage) => {
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  return cleanUp({ ...deps, storage }, 1_000);
};

test('a report of other options is removed, the one that the dataset has is not', async () => {
  await process();
  await process(BY_BAR);
  expect(await objects()).toEqual([...endOf(), ...endOf(BY_BAR), 'source/a.csv'].sort());
  expect((await cleanUpAll()).objects).toBe(2);
  expect(await objects()).toEqual([...endOf(BY_BAR), 'source/a.csv'].sort());
});

test.each([
  ['has ended', true],
  ['is under way', false],
])('a report that is stored between the look at the rows and the removal stays; its job %s', async (_, ends) => {
  await process(BY_BAR);
  await process();
  const orphan = reportKey(randomUUID());
  await deps.storage.put('reports', orphan, '{}', 'application/json');
  let later: (() => Promise<void>) | undefined;
  const storage: Storage = {
    ...deps.storage,
    async *list(bucket) {
      const all = await Array.fromAsync(deps.storage.list(bucket));
      yield* all.sort((one, other) => Number(other.key === orphan) - Number(one.key === orphan));
    },
    async remove(bucket, key) {
      // the cleanup has read what the rows know: now somebody processes the dataset as it was before
      if (key === orphan) {
        later = await stored(BY_BAR);
        if (ends) await later();
      }
      await deps.storage.remove(bucket, key);
    },
  };
  await cleanUpAll(storage);
  if (!ends) await later!();
  expect(later).toBeDefined();
  expect(await objects()).toEqual(expect.arrayContaining([...endOf(BY_BAR), 'source/a.csv']));
});

test('a deleted dataset takes the report along that its row names', async () => {
  await process(BY_BAR);
  // a version that makes other keys has stored it
  const { reportsBucket } = deps.config;
  const key = `datasets/${id}/report/another/report.json`;
  await deps.storage.put(reportsBucket, key, '{}', 'application/json');
  await deps.storage.put(reportsBucket, pageKey(key), '<p>', 'text/html');
  await deps.database.report.update({ where: { datasetId: id }, data: { reportKey: key } });
  await deleteDataset(deps, id);
  expect(await objects()).toEqual(endOf(BY_BAR).sort());
  await cleanUpAll();
  expect(await objects()).toEqual([]);
});
