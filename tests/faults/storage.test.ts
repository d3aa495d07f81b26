import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { createLogger } from '../../src/core/log.ts';
import { openS3Storage } from '../../src/infra/storage/s3.ts';
import type { Storage } from '../../src/infra/storage/storage.ts';
import { cleanUp } from '../../src/services/cleanup.ts';
import { csvOf, isOver, until, useFleet } from '../support/fleet.ts';
import { pieces } from '../support/storage-contract.ts';

const fleet = useFleet();
let opened: Storage | undefined;
afterAll(() => opened?.close());
function store(): Storage {
  opened ??= openS3Storage(fleet.config.s3!, [fleet.config.uploadsBucket, fleet.config.reportsBucket]);
  return opened;
}
const keys = async (bucket: string) => {
  const found: string[] = [];
  for await (const { key } of store().list(bucket)) found.push(key);
  return found;
};
const CLEAN = () => ({
  config: fleet.config,
  database: fleet.database,
  storage: store(),
  log: createLogger('silent', 'test'),
});

test('the store is down at an upload: 503, no row, nothing left behind', async () => {
  const { api } = await fleet.start('api');
  const before = await keys(fleet.config.uploadsBucket);
  fleet.proxies.s3.cut();
  const name = randomUUID();
  await expect(api.upload({ name, content: csvOf(20_000_000), filename: 'a.csv' })).rejects.toMatchObject({
    code: 'UNAVAILABLE',
  });
  await expect(api.upload({ name, content: csvOf(100), filename: 'a.csv' })).rejects.toMatchObject({
    code: 'UNAVAILABLE',
  });
  fleet.proxies.s3.restore();
  expect(await fleet.database.dataset.count({ where: { name } })).toBe(0);
  expect(await keys(fleet.config.uploadsBucket)).toEqual(before);
});

test('the store goes away while a report is written: another attempt, never a success without its report', async () => {
  const { api } = await fleet.start('api', {}, true);
  await fleet.start('worker', { LEASE_SECONDS: '30' });
  fleet.proxies.s3.hold(400_000);
  const dataset = await api.upload({ name: 'report', content: csvOf(3_000_000), filename: 'a.csv' });
  const { id } = await api.process(dataset.id);
  await until(() => fleet.proxies.s3.held() > 0);
  fleet.proxies.s3.cut();
  await fleet.jobWhen(id, ({ state }) => state === 'retrying');
  expect(await fleet.database.report.count({ where: { datasetId: dataset.id } })).toBe(0);
  fleet.proxies.s3.restore();
  const { state, attempts } = await fleet.jobWhen(id, isOver);
  expect([state, attempts[0]!.outcome, attempts.at(-1)!.outcome]).toEqual(['success', 'fault', 'success']);
  expect(await api.report(dataset.id)).toMatchObject({ row_count: 176_472 });
});

test('a client that vanishes in the middle of an upload leaves no row and no object', async () => {
  const { url } = await fleet.start('api');
  const before = await keys(fleet.config.uploadsBucket);
  const name = randomUUID();
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const head =
    `--b\r\nContent-Disposition: form-data; name="name"\r\n\r\n${name}\r\n` +
    '--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n';
  socket.write(
    'POST /datasets HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n' +
      `Content-Length: 90000000\r\n\r\n${head}`,
  );
  const sent = new Promise<void>((resolve) => socket.write(csvOf(12_000_000), () => resolve()));
  await sent;
  socket.resetAndDestroy();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(await fleet.database.dataset.count({ where: { name } })).toBe(0);
  expect(await keys(fleet.config.uploadsBucket)).toEqual(before);
});

test('the cleanup removes what no row knows, and leaves alone what is new, known or not ours', async () => {
  const { api } = await fleet.start('api', {}, true);
  await fleet.start('worker', {}, true);
  const dataset = await api.upload({ name: 'kept', content: csvOf(100), filename: 'a.csv' });
  const { id } = await api.process(dataset.id);
  await fleet.jobWhen(id, isOver);
  const { uploadsBucket, reportsBucket } = fleet.config;
  const orphans = {
    upload: `datasets/${randomUUID()}/source/a.csv`,
    report: `datasets/${randomUUID()}/report/report.json`,
  };
  const foreign = `somebody-elses/${randomUUID()}`;
  await store().put(uploadsBucket, orphans.upload, 'a\n1\n', 'text/csv');
  await store().put(reportsBucket, orphans.report, '{}', 'application/json');
  await store().put(uploadsBucket, foreign, 'x', 'text/plain');
  await cleanUp(CLEAN(), 60_000);
  expect(await keys(uploadsBucket)).toContain(orphans.upload); // new: an upload under way has no row yet
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const cleaned = await cleanUp(CLEAN(), 1);
  expect(cleaned.objects).toBeGreaterThanOrEqual(2);
  const uploads = await keys(uploadsBucket);
  expect(uploads).toContain(`datasets/${dataset.id}/source/a.csv`);
  expect(uploads).toContain(foreign);
  expect(uploads).not.toContain(orphans.upload);
  expect(await keys(reportsBucket)).not.toContain(orphans.report);
  expect(await api.report(dataset.id)).toMatchObject({ schema_version: 1 });
  await store().remove(uploadsBucket, foreign);
});

test('a store without a list of unfinished uploads is cleaned up all the same', async () => {
  const orphan = `datasets/${randomUUID()}/source/a.csv`;
  await store().put(fleet.config.uploadsBucket, orphan, 'a\n1\n', 'text/csv');
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const parts = CLEAN();
  const abandonUploads = () => Promise.reject(new Error('NotImplemented'));
  const cleaned = await cleanUp({ ...parts, storage: { ...parts.storage, abandonUploads } }, 1);
  expect(cleaned.uploads).toBe(0);
  expect(await keys(fleet.config.uploadsBucket)).not.toContain(orphan);
});

test('datasets are kept for the days that are set, and longer while they are processed', async () => {
  const { api } = await fleet.start('api', {}, true);
  const [old, busy, young] = await Promise.all(
    ['old', 'busy', 'young'].map((name) => api.upload({ name, content: csvOf(100), filename: 'a.csv' })),
  );
  await api.process(busy!.id);
  await fleet.database.$executeRaw`
    UPDATE datasets SET uploaded_at = now() - interval '8 days' WHERE id IN (${old!.id}::uuid, ${busy!.id}::uuid)`;
  const parts = CLEAN();
  await cleanUp({ ...parts, config: { ...parts.config, retentionDays: 7 } }, 3_600_000);
  expect(await api.dataset(old!.id)).toBeNull();
  expect(await api.dataset(busy!.id)).toMatchObject({ name: 'busy' });
  expect(await api.dataset(young!.id)).toMatchObject({ name: 'young' });
  expect(await keys(fleet.config.uploadsBucket)).not.toContain(`datasets/${old!.id}/source/a.csv`);
  await cleanUp({ ...parts, config: { ...parts.config, retentionDays: 0 } }, 3_600_000);
  expect(await api.dataset(busy!.id)).toMatchObject({ name: 'busy' });
});

const read = async (bucket: string, key: string) =>
  Buffer.concat(await Array.fromAsync(await store().get(bucket, key)));

test('a connection that breaks under a part costs that part alone; a source that breaks leaves nothing', async () => {
  const { uploadsBucket } = fleet.config;
  const endpoint = `http://127.0.0.1:${fleet.proxies.s3.port}`;
  const proxied = openS3Storage({ ...fleet.config.s3!, endpoint }, [uploadsBucket]);
  const key = `datasets/${randomUUID()}/source/a.csv`;
  async function* broken(error?: Error) {
    let sent = 0;
    for (const piece of pieces(30_000_000, 3)) {
      yield piece;
      sent += piece.length;
      if (sent > 12_000_000 && sent - piece.length <= 12_000_000) {
        if (error) throw error;
        fleet.proxies.s3.cut();
        fleet.proxies.s3.restore();
      }
    }
  }
  await proxied.put(uploadsBucket, key, Readable.from(broken()), 'text/csv');
  expect(Buffer.compare(await read(uploadsBucket, key), Buffer.concat([...pieces(30_000_000, 3)]))).toBe(0);
  await store().remove(uploadsBucket, key);

  const aborted = AbortSignal.timeout(50);
  const endless = Readable.from(
    (async function* () {
      for (;;) {
        yield Buffer.alloc(100_000);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    })(),
  );
  await expect(proxied.put(uploadsBucket, key, Readable.from(broken(new Error('gone'))), 'text/csv')).rejects.toThrow(
    'gone',
  );
  await expect(proxied.put(uploadsBucket, key, endless, 'text/csv', aborted)).rejects.toThrow();
  expect(endless.destroyed).toBe(true);
  expect(await keys(uploadsBucket)).not.toContain(key);
  await proxied.close();
  // an upload in parts would be found, and counted, here
  expect(await store().abandonUploads(uploadsBucket, new Date(Date.now() + 60_000))).toBe(0);
});
