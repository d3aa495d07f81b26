import { afterAll, beforeAll, expect, test } from 'vitest';
import { restApi } from '../support/rest-api.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

test('/metrics has jobs, datasets and requests for Prometheus', async () => {
  const api = restApi(server.url);
  const dataset = await api.upload({ name: 'measured', content: 'a\n1\n2\n', filename: 'measured.csv' });
  const job = await api.process(dataset.id, true);
  for await (const { state } of api.watch(job.id)) expect(state).not.toBe('failure');
  const response = await fetch(`${server.url}/metrics`);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const text = await response.text();
  const sample = (name: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.split(' ')
        .at(-1),
    );
  expect(sample('dataset_reports_jobs{state="success"}')).toBeGreaterThan(0);
  expect(sample('dataset_reports_datasets{status="done"}')).toBeGreaterThan(0);
  expect(sample('dataset_reports_messages_waiting')).toBeGreaterThanOrEqual(0);
  expect(sample('dataset_reports_oldest_waiting_seconds')).toBeGreaterThanOrEqual(0);
  expect(
    sample('http_request_duration_seconds_count{method="POST",route="/datasets/:id/process",status="202"}'),
  ).toBeGreaterThan(0);
  const refused = await fetch(`${server.url}/metrics`, { method: 'POST' });
  expect([refused.status, refused.headers.get('allow')]).toEqual([405, expect.stringContaining('GET')]);
});
