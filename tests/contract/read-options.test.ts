import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Api } from '../support/api.ts';
import { graphqlApi } from '../support/graphql-api.ts';
import { restApi } from '../support/rest-api.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

const table = () => `a;b\n${randomUUID()};x\n2;y\n`;
const BY_BAR = { delimiter: '|' };

async function ended(api: Api, jobId: string): Promise<void> {
  for await (const _ of api.watch(jobId));
}
/** The options of the dataset, and those of its report. */
async function optionsOf(id: string): Promise<{ dataset: unknown; report: unknown }> {
  const query = `{ dataset(id: "${id}") { options report { options } } }`;
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  const { data } = (await response.json()) as { data: { dataset: { options: unknown; report: { options: unknown } } } };
  return { dataset: data.dataset.options, report: data.dataset.report?.options };
}

/** A small file that takes long to read: gigabytes of blank lines, in many members. */
function longFile(): Buffer {
  const head = gzipSync(`a;b\n1;${randomUUID()}\n`);
  const member = gzipSync(Buffer.alloc(16 << 20, '\n'), { level: 1 });
  return Buffer.concat([head, ...Array.from({ length: 500 }, () => member)]);
}

describe.each([
  ['REST', restApi],
  ['GraphQL', graphqlApi],
])('options by %s', (_name, open) => {
  let api: Api;
  beforeAll(() => {
    api = open(server.url);
  });

  test('{} is for none, whether the file is uploaded or processed; without any, or null, they stay', async () => {
    const file = { name: 'said', content: table(), filename: 'a.csv' };
    const { id } = await api.upload({ ...file, options: BY_BAR });
    const now = async () => (await optionsOf(id)).dataset;
    expect(await now()).toEqual(BY_BAR);
    for (const options of [undefined, null]) {
      expect((await api.upload({ ...file, options })).id).toBe(id);
      expect(await now()).toEqual(BY_BAR);
      await ended(api, (await api.process(id, false, options)).id);
      expect(await optionsOf(id)).toEqual({ dataset: BY_BAR, report: BY_BAR });
    }
    expect((await api.upload({ ...file, options: {} })).id).toBe(id);
    expect(await optionsOf(id)).toEqual({ dataset: null, report: BY_BAR });
    await ended(api, (await api.process(id)).id);
    expect(await optionsOf(id)).toEqual({ dataset: null, report: null });
    await api.upload({ ...file, options: BY_BAR });
    expect(await now()).toEqual(BY_BAR);
    await ended(api, (await api.process(id, false, {})).id);
    expect(await optionsOf(id)).toEqual({ dataset: null, report: null });
  });

  test('while a job reads the file its options stay: others are refused, the same ones are not', async () => {
    const file = { name: 'long', content: longFile(), filename: 'long.csv.gz' };
    const { id } = await api.upload(file);
    const job = await api.process(id);
    for await (const { state } of api.watch(job.id)) if (state === 'started') break;
    const refused = {
      code: 'CONFLICT',
      message: expect.stringContaining('is being processed with other options. Cancel its job, or wait until it ends.'),
    };
    await expect(api.process(id, false, BY_BAR)).rejects.toMatchObject(refused);
    await expect(api.process(id, true, BY_BAR)).rejects.toMatchObject(refused);
    await expect(api.upload({ ...file, options: BY_BAR })).rejects.toMatchObject(refused);
    expect((await optionsOf(id)).dataset).toBeNull();
    for (const options of [undefined, {}]) {
      expect((await api.process(id, true, options)).id).toBe(job.id);
      expect(await api.upload({ ...file, options })).toMatchObject({ id, status: 'processing' });
    }
    expect(await api.cancel(job.id)).toMatchObject({ state: 'failure', error: 'cancelled' });
    const next = await api.process(id, false, BY_BAR);
    expect(next.id).not.toBe(job.id);
    expect((await optionsOf(id)).dataset).toEqual(BY_BAR);
    expect(await api.cancel(next.id)).toMatchObject({ state: 'failure', error: 'cancelled' });
  });

  test('of two that process at once with different ones, the report has those that the dataset keeps', async () => {
    for (let round = 0; round < 8; round++) {
      const { id } = await api.upload({ name: 'both', content: table(), filename: 'a.csv' });
      const asked = [BY_BAR, { header: false }, {}];
      const outcomes = await Promise.allSettled(asked.map((options) => api.process(id, false, options)));
      const jobs = outcomes.flatMap((each) => (each.status === 'fulfilled' ? [each.value.id] : []));
      expect(jobs.length).toBeGreaterThan(0);
      for (const { status, ...outcome } of outcomes)
        if (status === 'rejected') expect(outcome).toMatchObject({ reason: { code: 'CONFLICT' } });
      for (const job of new Set(jobs)) await ended(api, job);
      const { dataset, report } = await optionsOf(id);
      expect(report).toEqual(dataset);
      expect([...asked.slice(0, 2), null]).toContainEqual(dataset);
      // settled: nothing is left to do
      expect(jobs).toContain((await api.process(id)).id);
    }
  });
});
