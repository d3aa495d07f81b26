import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as client from '../support/generated/rest-client.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  client.defaults.baseUrl = server.url;
});
afterAll(() => server?.stop());

/** The data of an answer of that status; the types of both are the generated ones. */
function of<Answer extends { status: number }, Status extends Answer['status']>(answer: Answer, status: Status) {
  expect(answer.status).toBe(status);
  return (
    answer as unknown as { data: Extract<Answer, { status: Status }> extends { data: infer Data } ? Data : never }
  ).data;
}

test('what the client is generated from is what the server serves', async () => {
  const generatedFrom = readFileSync('tests/support/generated/openapi.json', 'utf8');
  // where the server is, it says by itself
  const { servers, ...served } = (await (await fetch(`${server.url}/openapi.json`)).json()) as { servers: object[] };
  expect(JSON.stringify(served)).toBe(generatedFrom);
  expect(servers).toEqual([{ url: './' }]);
});

test('a client generated from /openapi.json uploads, processes, watches, reads and deletes', async () => {
  const file = new File([`id,amount\n${Date.now()},1.5\n2,\n3,900\n`], 'orders.csv', { type: 'text/csv' });
  const { id, size_bytes, status } = of(await client.uploadDataset({ body: { name: 'orders', file } }), 201);
  expect([size_bytes, status]).toEqual([file.size, 'uploaded']);
  expect(of(await client.uploadDataset({ body: { name: 'again', file } }), 200).id).toBe(id);

  const { job_id } = of(await client.processDataset({ id, force: false }), 202);
  const response = await fetch(`${server.url}/jobs/${job_id}/events`);
  const events = (await response.text()).split('\n').filter((line) => line.startsWith('data: '));
  const last: client.Job = JSON.parse(events.at(-1)!.slice('data: '.length));
  expect([last.state, last.progress, last.dataset_id]).toEqual(['success', 100, id]);
  expect(of(await client.getJob({ id: job_id }), 200)).toEqual(last);

  const report = of(await client.getReport({ id }, { headers: { accept: 'application/json' } }), 200);
  expect((report as client.Report).numeric.amount).toEqual({ min: 1.5, max: 900, mean: 450.75 });
  const rows = of(await client.getRows({ id, rows: '2-3', format: 'json' }), 200);
  expect((rows as client.Rows).rows.map(({ values }) => values)).toEqual([
    { id: '2', amount: '' },
    { id: '3', amount: '900' },
  ]);
  expect(of(await client.getReportCsv({ id, spreadsheet: true }), 200)).toMatch(/^position,name,/);
  expect(of(await client.getDatasetFile({ id }), 200)).toBeTruthy();

  const page = of(await client.listDatasets({ first: 1, status: 'done' }), 200);
  expect(page.items).toEqual([of(await client.getDataset({ id }), 200)]);
  expect(of(await client.listJobs({ datasetId: id }), 200).items).toEqual([last]);
  expect(of(await client.cancelJob({ id: job_id }), 409).code).toBe('CONFLICT');
  expect((await client.deleteDataset({ id })).status).toBe(204);
  expect(of(await client.getDataset({ id }), 404)).toMatchObject({
    code: 'NOT_FOUND',
    detail: `Dataset ${id} does not exist or was deleted.`,
  });
});

test('what the document says of refusals of an upload', async () => {
  const file = new File(['x'], 'x.csv', { type: 'text/csv' });
  expect(of(await client.uploadDataset({ body: { name: ' ', file } }), 422).code).toBe('UNPROCESSABLE');
  const image = new File(['x'], 'x.png', { type: 'image/png' });
  expect(of(await client.uploadDataset({ body: { name: 'x', file: image } }), 415).code).toBe('UNSUPPORTED_MEDIA_TYPE');
});
