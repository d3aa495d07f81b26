import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Api, JobView } from '../support/api.ts';
import { graphqlApi } from '../support/graphql-api.ts';
import { restApi } from '../support/rest-api.ts';
import { onServices, startServer, type TestServer } from '../support/server.ts';
import { validReport } from '../support/valid-report.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

/** A small table that no other test has: the same bytes would be the same dataset. */
const table = (rows = '1,1.5\n2,NA\n3,900\n1,1.5\n') => `id,amount\n${rows}${`${randomBytes(8).readUInt32LE()},2\n`}`;

async function ended(api: Api, jobId: string): Promise<JobView> {
  const seen: JobView[] = [];
  for await (const job of api.watch(jobId)) seen.push(job);
  for (let i = 1; i < seen.length; i++) expect(seen[i]!.progress).toBeGreaterThanOrEqual(seen[i - 1]!.progress);
  const last = seen.at(-1)!;
  expect(['success', 'failure']).toContain(last.state);
  expect(seen.filter(({ state }) => state === last.state)).toHaveLength(1); // the terminal state is sent once
  return last;
}

describe.each([
  ['REST', (url: string) => restApi(url)],
  ['GraphQL', (url: string) => graphqlApi(url)],
])(`%s on ${onServices ? 'services' : 'embedded parts'}`, (_name, open) => {
  let api: Api;
  beforeAll(() => {
    api = open(server.url);
  });

  test('upload, process, watch, report', async () => {
    const dataset = await api.upload({
      name: 'January sales',
      content: table(),
      filename: 'sales.csv',
      type: 'text/csv',
    });
    expect(dataset).toMatchObject({ name: 'January sales', status: 'uploaded' });
    const job = await api.process(dataset.id);
    expect(job).toMatchObject({ datasetId: dataset.id, state: 'queued', progress: 0 });
    expect(await ended(api, job.id)).toMatchObject({ id: job.id, state: 'success', progress: 100, error: null });
    expect(await api.dataset(dataset.id)).toMatchObject({ status: 'done', rowCount: 5, error: null });
    expect(await api.report(dataset.id)).toMatchObject({
      schema_version: 1,
      row_count: 5,
      null_counts: { id: 0, amount: 1 },
      anomalies: { duplicates: { count: 1, examples: [{ row: 4, first_row: 1 }] } },
    });
  });

  test('a late subscriber gets the terminal state of a job that is over', async () => {
    const dataset = await api.upload({ name: 'late', content: table(), filename: 'a.csv' });
    const job = await api.process(dataset.id);
    await ended(api, job.id);
    expect(await ended(api, job.id)).toMatchObject({ state: 'success', progress: 100 });
  });

  test('bad data fails with a sentence and its place; the dataset can be processed again', async () => {
    const dataset = await api.upload({ name: 'bad', content: `a,b\n${randomUUID()},"open\n`, filename: 'bad.csv' });
    const job = await api.process(dataset.id);
    const last = await ended(api, job.id);
    expect(last.state).toBe('failure');
    expect(last.error).toMatch(/quote.*line 2/);
    expect(await api.dataset(dataset.id)).toMatchObject({ status: 'failed', error: last.error });
    expect(await api.report(dataset.id)).toBeNull();
    const again = await api.process(dataset.id);
    expect(again.id).not.toBe(job.id);
    expect((await ended(api, again.id)).state).toBe('failure');
  });

  test('processing is idempotent; force makes a new job', async () => {
    const dataset = await api.upload({ name: 'again', content: table(), filename: 'a.csv' });
    const jobs = await Promise.all(Array.from({ length: 20 }, () => api.process(dataset.id)));
    expect(new Set(jobs.map(({ id }) => id)).size).toBe(1);
    await ended(api, jobs[0]!.id);
    expect(await api.process(dataset.id)).toMatchObject({ id: jobs[0]!.id, state: 'success', progress: 100 });
    const forced = await api.process(dataset.id, true);
    expect(forced.id).not.toBe(jobs[0]!.id);
    expect((await ended(api, forced.id)).state).toBe('success');
  });

  test('the same bytes are the same dataset, also from many at once', async () => {
    const content = table();
    const uploads = await Promise.all(
      Array.from({ length: 10 }, () => api.upload({ name: 'same', content, filename: 'a.csv' })),
    );
    expect(new Set(uploads.map(({ id }) => id)).size).toBe(1);
  });

  test('JSON, and types by the extension when none is declared', async () => {
    const content = `[{"a":9007199254740993,"k":"${randomUUID()}"},{"a":null}]`;
    const dataset = await api.upload({ name: 'json', content, filename: 'x.json', type: 'application/octet-stream' });
    const job = await api.process(dataset.id);
    expect((await ended(api, job.id)).state).toBe('success');
    expect(await api.report(dataset.id)).toMatchObject({
      row_count: 2,
      null_counts: { a: 1, k: 1 },
      file: { format: 'json' },
    });
  });

  test('a report that is not as the served schema has it is found out', async () => {
    await expect(validReport(server.url, { schema_version: 1 })).rejects.toThrow(/not valid.*row_count/);
  });

  test('refusals share their codes', async () => {
    const content = table();
    const code = (promise: Promise<unknown>) =>
      promise.then(
        () => 'accepted',
        (error) => error.code,
      );
    expect(await code(api.upload({ name: 'x', content, filename: 'a.png', type: 'image/png' }))).toBe(
      'UNSUPPORTED_MEDIA_TYPE',
    );
    expect(await code(api.upload({ name: ' ', content, filename: 'a.csv', type: 'text/csv' }))).toBe('UNPROCESSABLE');
    expect(await code(api.process(randomUUID()))).toBe('NOT_FOUND');
    expect(await code(api.cancel(randomUUID()))).toBe('NOT_FOUND');
    expect(await code(api.remove(randomUUID()))).toBe('NOT_FOUND');
    expect(await code(api.dataset('not-a-uuid'))).toBe('BAD_REQUEST');
    expect(await code(api.process('not-a-uuid'))).toBe('BAD_REQUEST');
    expect(await code(api.datasets(0))).toBe('BAD_REQUEST');
    expect(await code(api.datasets(5, 'not-a-cursor'))).toBe('BAD_REQUEST');
    expect(await api.dataset(randomUUID())).toBeNull();
    expect(await api.job(randomUUID())).toBeNull();
    const watched = (async () => {
      for await (const _ of api.watch(randomUUID())) return 'accepted';
    })();
    expect(await code(watched)).toBe('NOT_FOUND');
  });

  test('lists are newest first and page by cursors', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 3; i++)
      ids.unshift((await api.upload({ name: `list ${i}`, content: table(), filename: 'a.csv' })).id);
    const first = await api.datasets(2);
    expect(first.ids).toEqual(ids.slice(0, 2));
    const second = await api.datasets(1, first.next!);
    expect(second.ids).toEqual(ids.slice(2));
  });

  test('a dataset gets another name, on its page too', async () => {
    const dataset = await api.upload({ name: 'before', content: table(), filename: 'a.csv' });
    const page = async () => (await fetch(`${server.url}/datasets/${dataset.id}/report.html`)).text();
    await ended(api, (await api.process(dataset.id)).id);
    expect(await page()).toContain('<bdi>before</bdi>');
    const renamed = await api.rename(dataset.id, '  <After> \u{1f4c8} ');
    expect(renamed).toMatchObject({
      id: dataset.id,
      name: '<After> \u{1f4c8}',
      status: 'done',
      rowCount: 5,
      error: null,
    });
    expect(await api.dataset(dataset.id)).toMatchObject({ name: '<After> \u{1f4c8}' });
    expect(await page()).toContain('<bdi>&lt;After&gt; \u{1f4c8}</bdi>');
    for (const name of ['', ' ', '\u0000', 'x'.repeat(1_001)])
      await expect(api.rename(dataset.id, name)).rejects.toMatchObject({ code: 'UNPROCESSABLE' });
    await expect(api.rename(randomUUID(), 'x')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(api.rename('7', 'x')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await api.dataset(dataset.id)).toMatchObject({ name: '<After> \u{1f4c8}' });
  });

  describe('lists are sorted by', () => {
    const ids = new Map<string, string>(); // names of this test by id
    const make = async (key: string, name: string, content: string, isProcessed = true) => {
      const { id } = await api.upload({ name, content, filename: 'a.csv' });
      if (isProcessed) await ended(api, (await api.process(id)).id);
      ids.set(id, key);
    };
    beforeAll(async () => {
      const tag = randomUUID().slice(0, 8);
      await make('zebra', `Zebra ${tag}`, `id,v\n1,${tag}\n`);
      await make('apple', `apple ${tag}`, `id,v\n${`1,${tag}\n`.repeat(50)}`);
      await make('umlaut', `Äpfel ${tag}`, `id,v\n${`1,${tag}x\n`.repeat(200)}`, false);
      await make('capitals', `APPLE ${tag}`, `id,v\n2,${tag}\n3,${tag}\n`);
    });
    /** Ids of all pages of two, those of this test alone; `between` is done after each page. */
    async function walk(order: string, between = async () => {}): Promise<string[]> {
      const seen: string[] = [];
      for (let after: string | null | undefined; after !== null; await between()) {
        const page = await api.datasets(2, after, order);
        seen.push(...page.ids);
        after = page.next;
      }
      expect(new Set(seen).size).toBe(seen.length);
      return seen.filter((id) => ids.has(id));
    }
    const keysOf = (list: string[]) => list.map((id) => ids.get(id));

    test.each([
      ['uploaded_at', ['zebra', 'apple', 'umlaut', 'capitals']],
      ['size', ['zebra', 'capitals', 'apple', 'umlaut']],
      ['rows', ['umlaut', 'zebra', 'capitals', 'apple']], // not processed: less than any
    ])('%s', async (order, expected) => {
      expect(keysOf(await walk(order))).toEqual(expected);
      expect(keysOf(await walk(`-${order}`))).toEqual(expected.toReversed());
    });

    test('name, small and capital letters alike; the ids of equal ones decide', async () => {
      const list = await walk('name');
      const equal = list.slice(0, 2);
      expect(keysOf(equal).sort()).toEqual(['apple', 'capitals']);
      expect(equal).toEqual(equal.toSorted());
      expect(keysOf(list.slice(2))).toEqual(['zebra', 'umlaut']);
      expect(await walk('-name')).toEqual(list.toReversed());
    });

    test('alerts: errors, then warnings, then infos; without a report less than any', async () => {
      const counts = async (id: string) => {
        const report = (await api.report(id)) as { alerts: { severity: string }[] } | null;
        const of = (wanted: string) => report?.alerts.filter(({ severity }) => severity === wanted).length ?? -1;
        return ['error', 'warning', 'info'].map((severity) => String(of(severity) + 1).padStart(9)).join();
      };
      const list = await walk('-alerts');
      const found = await Promise.all(list.map(counts));
      expect(found).toEqual(found.toSorted().reverse());
      expect(new Set(found).size).toBeGreaterThan(2);
      expect(ids.get(list.at(-1)!)).toBe('umlaut');
      expect(await walk('alerts')).toEqual(list.toReversed());
    });

    test.each([
      '-uploaded_at',
      'name',
      '-size',
      'rows',
      '-alerts',
    ])('%s, and rows that come meanwhile do no harm', async (order) => {
      const list = await walk(order);
      let n = 0;
      const add = async () => {
        const content = `id,v\n${'1,2\n'.repeat(n * 10)}${randomUUID()},1\n`;
        if (n++ < 3) await api.upload({ name: `Between ${n}`, content, filename: 'a.csv' });
      };
      expect(await walk(order, add)).toEqual(list);
    });

    test('a cursor of another order is refused', async () => {
      const { next } = await api.datasets(1, undefined, 'size');
      await expect(api.datasets(1, next!, 'name')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
      expect((await api.datasets(1, next!, 'size')).ids).toHaveLength(1);
    });
  });

  test('delete removes a dataset; a job that is over cannot be cancelled', async () => {
    const dataset = await api.upload({ name: 'gone', content: table(), filename: 'a.csv' });
    const job = await api.process(dataset.id);
    await ended(api, job.id);
    await expect(api.cancel(job.id)).rejects.toMatchObject({ code: 'CONFLICT' });
    await api.remove(dataset.id);
    expect(await api.dataset(dataset.id)).toBeNull();
    expect(await api.job(job.id)).toBeNull();
  });

  test('cancel ends an active job and gives the dataset back', async () => {
    const rows = 'x,1.25,2026-01-01,abcdefgh\n'.repeat(600_000);
    const dataset = await api.upload({
      name: 'long',
      content: `a,b,c,d\n${rows}${randomUUID()},1,2,3\n`,
      filename: 'long.csv',
    });
    const job = await api.process(dataset.id);
    expect(await api.cancel(job.id)).toMatchObject({ id: job.id, state: 'failure', error: 'cancelled' });
    expect(await ended(api, job.id)).toMatchObject({ state: 'failure', error: 'cancelled' });
    expect(await api.dataset(dataset.id)).toMatchObject({ status: 'uploaded', error: null });
  });
});
