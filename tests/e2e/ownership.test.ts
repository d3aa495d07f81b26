import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Config, type PostgresConfig, readConfig } from '../../src/core/config.ts';
import { createLogger } from '../../src/core/log.ts';
import { EngineThreads } from '../../src/infra/engine/threads.ts';
import { type Database, openDatabase } from '../../src/infra/postgres/database.ts';
import { startEmbeddedPostgres } from '../../src/infra/postgres/embedded-postgres.ts';
import { migrate } from '../../src/infra/postgres/migrations.ts';
import { findJobs } from '../../src/infra/postgres/rows/jobs.ts';
import type { Queue } from '../../src/infra/queue/queue.ts';
import { openFilesystemStorage } from '../../src/infra/storage/filesystem.ts';
import type { Storage } from '../../src/infra/storage/storage.ts';
import { ALONE_BYTES } from '../../src/processing/limits.ts';
import { requestCancel } from '../../src/services/cancel.ts';
import { Outbox } from '../../src/services/outbox.ts';
import { Worker } from '../../src/services/process/worker.ts';
import { ProgressFeed } from '../../src/services/progress.ts';
import { removeData } from '../support/embedded-data.ts';
import { onServices } from '../support/server.ts';

const log = createLogger('silent', 'test');
const folder = mkdtempSync(join(tmpdir(), 'dataset-reports-ownership-'));
const releasers: (() => Promise<void>)[] = [];
const pages = { add() {}, close: async () => {} };
let config: Config;
let postgres: PostgresConfig;
let database: Database;

beforeAll(async () => {
  config = readConfig(onServices ? process.env : {});
  if (config.postgres) postgres = config.postgres;
  else {
    const server = await startEmbeddedPostgres(folder, log);
    releasers.push(() => server.stop());
    postgres = server.config;
  }
  await migrate(postgres);
  const opened = openDatabase(postgres, 5, log);
  database = opened.database;
  releasers.push(opened.close);
});
afterAll(async () => {
  for (const release of releasers.reverse()) await release();
  removeData(folder);
});

/** A job in the given state, with its dataset; both are left to the database of the test. */
async function job(state: string, leaseSeconds: number) {
  const id = randomUUID();
  const upload = { uploadBucket: 'uploads', uploadKey: `datasets/${id}/source/a.csv` };
  const file = { originalFilename: 'a.csv', contentType: 'text/csv', checksumSha256: id, sizeBytes: 4n };
  const dataset = await database.dataset.create({ data: { id, name: 'x', status: 'processing', ...file, ...upload } });
  const leasedUntil = leaseSeconds > 0 ? new Date(Date.now() + leaseSeconds * 1_000) : null;
  return database.job.create({ data: { datasetId: dataset.id, state, attempt: 1, progress: 5, leasedUntil } });
}

test('a second message of a job steps back from its living owner', async () => {
  const owned = await job('started', 600);
  const shutdown = new AbortController();
  const storage = openFilesystemStorage(join(folder, 'objects'), ['uploads', 'reports']);
  const task = { id: randomUUID(), datasetId: owned.datasetId, jobId: owned.id };
  const deps = { config, database, storage, log, threads: new EngineThreads(), worker: 'test', pages };
  expect(await new Worker(deps).handle(task, shutdown.signal)).toBe('done');
  expect(await database.job.findUnique({ where: { id: owned.id } })).toEqual(owned);
});

test("a message's id that is noted late does not pass for the next message", async () => {
  const queued = await job('queued', -1);
  const queue = { publish: async () => {} } as unknown as Queue;
  const outbox = new Outbox({ database, queue, log });
  const { id, datasetId, attempt } = queued;
  outbox.send({ jobId: id, datasetId, attempt });
  // within the pause before ids are noted: claimed, and failed already
  const retryAt = new Date(Date.now() + 600_000);
  await database.job.update({ where: { id }, data: { state: 'retrying', attempt: attempt + 1, retryAt } });
  await outbox.close();
  expect(await database.job.findUnique({ where: { id } })).toMatchObject({ celeryTaskId: null, handedOverAt: null });
  await database.job.update({ where: { id }, data: { attempt } });
  outbox.send({ jobId: id, datasetId, attempt });
  await outbox.close();
  expect(await database.job.findUnique({ where: { id } })).toMatchObject({ celeryTaskId: expect.any(String) });
});

test('a cancel ends the attempt whose rows are on threads, and leaves no report', async () => {
  const free = await job('queued', -1);
  const stored: string[] = [];
  let read = 0;
  let closed = false;
  const storage: Storage = {
    ...openFilesystemStorage(join(folder, 'objects'), ['uploads', 'reports']),
    async get() {
      // a file without an end
      return Readable.from(
        (async function* () {
          const rows = Buffer.from(`a,b\n${'1,x\n'.repeat(50_000)}`);
          try {
            for (;;) {
              yield rows;
              read += rows.length;
              if (read > ALONE_BYTES && read - rows.length <= ALONE_BYTES) await requestCancel(deps, free.id);
            }
          } finally {
            closed = true;
          }
        })(),
      );
    },
    async put(_bucket, key) {
      stored.push(key);
      return { etag: undefined };
    },
  };
  const threads = new EngineThreads(2);
  const deps = { config, database, storage, log, threads, worker: 'test', pages };
  const task = { id: randomUUID(), datasetId: free.datasetId, jobId: free.id };
  expect(await new Worker(deps).handle(task, new AbortController().signal)).toBe('done');
  await threads.close();
  expect(closed).toBe(true);
  expect(stored).toEqual([]);
  expect(await database.job.findUnique({ where: { id: free.id } })).toMatchObject({
    state: 'failure',
    error: 'cancelled',
  });
  expect(await database.dataset.findUnique({ where: { id: free.datasetId } })).toMatchObject({ status: 'uploaded' });
});

test('a read that arrives late does not take the terminal state from a subscriber', async () => {
  const started = await job('started', 600);
  // the feed's own first read is answered only when a notification has already brought what is newer
  let isFirst = true;
  const readJobs = async (ids: string[]) => {
    if (!isFirst) return findJobs(database, ids);
    isFirst = false;
    await database.job.update({ where: { id: started.id }, data: { state: 'success', progress: 100 } });
    await new Promise((resolve) => setTimeout(resolve, 500));
    return [started];
  };
  const feed = new ProgressFeed({ readJobs, postgres, log });
  releasers.push(() => feed.close());
  await new Promise((resolve) => setTimeout(resolve, 500)); // until it listens
  const states: string[] = [];
  const watched = (async () => {
    for await (const { state } of await feed.watch(started.id)) states.push(state);
  })();
  const given = new Promise((resolve) => setTimeout(resolve, 5_000, 'still waiting'));
  expect(await Promise.race([watched, given])).toBeUndefined();
  expect(states.at(-1)).toBe('success');
});
