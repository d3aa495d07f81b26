// npm run test:compose: brings docker-compose.yml up on fresh volumes, uses it as a user would, restarts it keeping the
// data, scales the worker to three, and takes it down. Needs a Docker engine with Compose; no test runner.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { restApi } from '../support/rest-api.ts';

const PROJECT = 'dataset-reports-test';
const PORTS = {
  API_PORT: '14000',
  RABBITMQ_MANAGEMENT_PORT: '25672',
  MINIO_PORT: '19100',
  MINIO_CONSOLE_PORT: '19101',
};
const url = `http://127.0.0.1:${PORTS.API_PORT}`;
const api = restApi(url);

function compose(...args: string[]): string {
  const { status, stdout, error } = spawnSync('docker', ['compose', '-p', PROJECT, ...args], {
    env: { ...process.env, ...PORTS },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (error) throw new Error(`docker compose could not be started: ${error.message}`);
  if (status !== 0) throw new Error(`docker compose ${args.join(' ')} ended with ${status}`);
  return stdout;
}
async function timed(what: string, work: () => unknown): Promise<void> {
  const began = performance.now();
  await work();
  console.log(`${what}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
}
async function published(): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (
      await fetch(`${url}/ready`).then(
        (response) => response.ok,
        () => false,
      )
    )
      return;
    await sleep(200);
  }
  throw new Error('the API is healthy, but its published port does not answer');
}
async function processed(content: string | Buffer): Promise<{ id: string; state: string; error: string | null }> {
  const { id } = await api.upload({ name: 'compose', content, filename: 'table.csv' });
  const job = await api.process(id);
  let last = job;
  for await (const seen of api.watch(job.id)) last = seen;
  return { id, state: last.state, error: last.error };
}
const table = () => `id,amount\n1,1.5\n2,NA\n3,900\n1,1.5\n7,${randomUUID()}\n`;

let kept = '';
const steps: [string, () => Promise<void>][] = [
  [
    'upload, process, report',
    async () => {
      const { id, state } = await processed(table());
      assert.equal(state, 'success');
      assert.partialDeepStrictEqual(await api.report(id), { row_count: 5, anomalies: { duplicates: { count: 1 } } });
      kept = id;
    },
  ],
  [
    'a PNG named .csv fails by its name',
    async () => {
      const png = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.from(randomUUID())]);
      const { id, state, error } = await processed(png);
      assert.equal(state, 'failure');
      assert.match(error ?? '', /looks like a PNG image/);
      assert.partialDeepStrictEqual(await api.dataset(id), { status: 'failed', error });
    },
  ],
  [
    'GraphQL, GraphiQL, documentation',
    async () => {
      const body = JSON.stringify({ query: '{ datasets { edges { node { id } } } }' });
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      const { data } = (await response.json()) as { data: { datasets: { edges: unknown[] } } };
      assert.equal(data.datasets.edges.length, 2);
      assert.match(await (await fetch(`${url}/graphql`, { headers: { accept: 'text/html' } })).text(), /GraphiQL/i);
      assert.equal((await fetch(`${url}/docs/`)).status, 200);
    },
  ],
  [
    'a restart keeps the data',
    async () => {
      compose('down');
      await timed('up again', () => compose('up', '--wait'));
      await published();
      assert.partialDeepStrictEqual(await api.dataset(kept), { status: 'done', rowCount: 5 });
      assert.partialDeepStrictEqual(await api.report(kept), { row_count: 5 });
    },
  ],
  [
    'three workers',
    async () => {
      compose('up', '--wait', '--scale', 'worker=3', '--no-recreate');
      assert.equal(compose('ps', '-q', 'worker').trim().split('\n').length, 3);
      const ends = await Promise.all(Array.from({ length: 20 }, () => processed(table())));
      assert.ok(ends.every(({ state }) => state === 'success'));
    },
  ],
];

let failed = 0;
try {
  compose('down', '-v', '--remove-orphans');
  await timed('build', () => compose('build', '--quiet'));
  await timed('up on fresh volumes', () => compose('up', '--wait'));
  await published();
  for (const [name, step] of steps) {
    try {
      await step();
      console.log(`ok: ${name}`);
    } catch (error) {
      failed++;
      console.error(`FAILED: ${name}`, error);
    }
  }
} catch (error) {
  failed++;
  console.error(error);
} finally {
  if (failed > 0) console.error(compose('logs', '--tail', '40'));
  compose('down', '-v');
}
console.log(`${steps.length - Math.min(failed, steps.length)} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
