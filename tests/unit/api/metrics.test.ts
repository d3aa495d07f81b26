import Fastify from 'fastify';
import { expect, test, vi } from 'vitest';
import { registerMetrics } from '../../../src/api/metrics.ts';
import type { Services } from '../../../src/api/services.ts';
import { countDatasets } from '../../../src/infra/postgres/rows/datasets.ts';
import { countJobs, oldestWaitingSeconds } from '../../../src/infra/postgres/rows/jobs.ts';

vi.mock('../../../src/infra/postgres/rows/datasets.ts');
vi.mock('../../../src/infra/postgres/rows/jobs.ts');

/** Services that count what they are asked for. */
function served(answers: boolean | 'never') {
  const asked = { times: 0 };
  const answer = <T>(value: T) => {
    asked.times++;
    if (answers === 'never') return new Promise<T>(() => {});
    return answers ? Promise.resolve(value) : Promise.reject(new Error('down'));
  };
  vi.mocked(countDatasets).mockImplementation(() => answer([{ status: 'done', count: 3, bytes: 123 }]));
  vi.mocked(countJobs).mockImplementation(() => answer([{ state: 'success', count: 4 }]));
  vi.mocked(oldestWaitingSeconds).mockImplementation(() => answer(5));
  const services = {
    queue: { waiting: () => answer(2) },
    log: { warn() {} },
  } as unknown as Services;
  const app = Fastify();
  registerMetrics(app, services);
  app.get('/things/:id', async () => ({}));
  const metrics = async () => (await app.inject('/metrics')).body;
  return { app, metrics, asked };
}

test('requests are counted by route, and what was never a route as one', async () => {
  const { app, metrics } = served(true);
  await app.inject('/things/1');
  await app.inject('/things/2?x=y');
  for (const path of ['/a', '/b', '/c']) await app.inject(path);
  const text = await metrics();
  expect(text).toContain('http_request_duration_seconds_count{method="GET",route="/things/:id",status="200"} 2\n');
  expect(text).toContain('http_request_duration_seconds_count{method="GET",route="none",status="404"} 3\n');
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
});

test('database and broker are asked once for all who ask within a second', async () => {
  const { metrics, asked } = served(true);
  const [text] = await Promise.all([metrics(), metrics(), metrics()]);
  expect(text).toContain('dataset_reports_datasets{status="done"} 3\n');
  expect(text).toContain('dataset_reports_dataset_bytes{status="done"} 123\n');
  expect(text).toContain('dataset_reports_jobs{state="success"} 4\n');
  expect(text).toContain('dataset_reports_messages_waiting 2\n');
  expect(text).toMatch(/^dataset_reports_oldest_waiting_seconds 5(\.\d+)?$/m);
  expect(asked.times).toBe(4);
});

test.each([
  ['refuse', false],
  ['never answer', 'never'],
] as const)('of services that %s there is no sample, of the process there is', async (_, answers) => {
  const { metrics, asked } = served(answers);
  const text = await metrics();
  expect(text).not.toMatch(/^dataset_reports_/m);
  expect(text).toMatch(/^process_cpu_seconds_total [\d.]+$/m);
  const before = asked.times;
  await metrics();
  // who has not answered yet is not asked again
  if (answers === 'never') expect(asked.times).toBe(before);
});
