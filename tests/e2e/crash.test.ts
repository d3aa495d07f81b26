import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { holdSuccess, removeData } from '../support/embedded-data.ts';
import { restApi } from '../support/rest-api.ts';
import { launch } from '../support/server.ts';

const folder = mkdtempSync(join(tmpdir(), 'dataset-reports-crash-'));
afterAll(() => removeData(folder));

/** npm start, on embedded parts. */
async function start() {
  const ours = Object.entries(process.env).filter(([name]) => !/^(POSTGRES|RABBITMQ|S3)_/.test(name));
  const { child, ready, exited } = launch('src/main.ts', {
    ...Object.fromEntries(ours),
    DATA_DIR: folder,
    PORT: '0',
    LEASE_SECONDS: '1',
  });
  const url = await ready;
  const kill = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return exited;
  };
  return { url, kill };
}

test('npm start is killed in a job and started again: the job ends, its attempts are listed', async () => {
  const first = await start();
  const held = await holdSuccess(folder);
  const rows = 'Oslo,1.25,2026-01-01,some text\n'.repeat(2_000_000);
  const dataset = await restApi(first.url).upload({ name: 'crash', content: `a,b,c,d\n${rows}`, filename: 'a.csv' });
  const job = await restApi(first.url).process(dataset.id);
  for await (const { progress } of restApi(first.url).watch(job.id)) if (progress >= 5) break;
  await first.kill('SIGKILL');
  await held.letGo();
  const second = await start();
  let last: { state: string } | undefined;
  for await (const now of restApi(second.url).watch(job.id)) last = now;
  expect(last).toMatchObject({ state: 'success', progress: 100 });
  expect(await restApi(second.url).report(dataset.id)).toMatchObject({ row_count: 2_000_000 });
  const query = `{ job(id: "${job.id}") { rowsProcessed bytesProcessed bytesTotal estimatedFinishAt
    attempts { number worker startedAt endedAt outcome error } } }`;
  const response = await fetch(`${second.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { job: shown } = ((await response.json()) as { data: { job: { attempts: object[] } } }).data;
  const size = 8 + rows.length;
  expect(shown).toMatchObject({
    rowsProcessed: 2_000_000,
    bytesProcessed: size,
    bytesTotal: size,
    estimatedFinishAt: null,
  });
  expect(shown.attempts).toMatchObject([
    { number: 1, outcome: 'LOST', error: expect.stringMatching(/stopped without notice/), endedAt: expect.any(String) },
    { number: 2, outcome: 'SUCCESS', error: null, endedAt: expect.any(String) },
  ]);
  expect(await second.kill('SIGTERM')).toBe(0);
});
