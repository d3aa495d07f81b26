import { Agent, request } from 'node:http';
import { createClient } from 'graphql-ws';
import { expect, test } from 'vitest';
import WebSocket from 'ws';
import { csvOf, isOver, until, useFleet } from '../support/fleet.ts';

const fleet = useFleet();

/** A job that waits for the rest of its file. */
async function jobUnderWay(api: Awaited<ReturnType<typeof fleet.start>>['api']) {
  fleet.proxies.s3.hold(400_000);
  const dataset = await api.upload({ name: 'under way', content: csvOf(3_000_000), filename: 'a.csv' });
  const { id } = await api.process(dataset.id);
  await until(() => fleet.proxies.s3.held() > 0);
  return { id, datasetId: dataset.id };
}

test('SIGTERM in the middle of an upload: the upload ends, and the API with it', async () => {
  const { url, exited, signal } = await fleet.start('api', {}, true);
  const form = new FormData();
  form.set('name', 'late');
  form.set('file', new File([new Uint8Array(csvOf(4_000_000))], 'a.csv', { type: 'text/csv' }));
  const encoded = new Response(form);
  const body = new Uint8Array(await encoded.arrayBuffer());
  let rest: () => void = () => {};
  const half = new Promise<void>((resolve) => {
    rest = resolve;
  });
  async function* slowly() {
    yield body.subarray(0, 2_000_000);
    await half;
    yield body.subarray(2_000_000);
  }
  const uploading = fetch(`${url}/datasets`, {
    method: 'POST',
    headers: { 'content-type': encoded.headers.get('content-type')! },
    body: slowly() as never,
    duplex: 'half',
  } as RequestInit);
  await new Promise((resolve) => setTimeout(resolve, 300));
  signal('SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  await expect(fetch(`${url}/health`)).rejects.toThrow(); // taken any more: nothing
  rest();
  const response = await uploading;
  expect(response.status).toBe(201);
  await response.json();
  expect(await exited).toBe(0);
});

test('subscribers are sent away to come again, and see the end from another API', async () => {
  const first = await fleet.start('api', {}, true);
  const second = await fleet.start('api', {}, true);
  await fleet.start('worker', { LEASE_SECONDS: '30' });
  const job = await jobUnderWay(first.api);
  const urls = [first.url, second.url];
  const states: string[] = [];
  const client = createClient({
    url: () => `${urls[0]!.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    shouldRetry: () => true,
    retryWait: () => new Promise((resolve) => setTimeout(resolve, 50)),
    on: { closed: () => void urls.push(urls.shift()!) },
  });
  const overWebSocket = (async () => {
    const query = 'subscription($id: ID!) { jobProgress(jobId: $id) { state } }';
    for await (const { data } of client.iterate<{ jobProgress: { state: string } }>({
      query,
      variables: { id: job.id },
    }))
      states.push(data!.jobProgress.state);
  })();
  // an event stream of GraphQL breaks off: "complete" would say that there is nothing more to come
  const stream = await fetch(`${first.url}/graphql`, {
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
    body: JSON.stringify({ query: `subscription { jobProgress(jobId: "${job.id}") { state } }` }),
  });
  const streamed = stream.text().then(
    () => 'complete',
    () => 'broken off',
  );
  await until(() => states.includes('STARTED'));
  expect(await first.kill('SIGTERM')).toBe(0);
  expect(await streamed).toBe('broken off');
  fleet.proxies.s3.restore();
  await overWebSocket;
  expect(states.filter((state) => state === 'SUCCESS')).toEqual(['SUCCESS']);
  expect(states.at(-1)).toBe('SUCCESS');
  await client.dispose();
});

test('a rolling restart of two APIs under load loses no request', async () => {
  let apis = [await fleet.start('api', {}, true), await fleet.start('api', {}, true)];
  const { id } = await apis[0]!.api.upload({ name: 'load', content: csvOf(100), filename: 'a.csv' });
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  const failures: string[] = [];
  let answered = 0;
  let isOn = true;
  /** As a balancer does: a refused connection goes to the other process; anything else that fails is a lost request. */
  const ask = (url: string) =>
    new Promise<'answered' | 'refused'>((resolve) => {
      const asked = request(`${url}/datasets/${id}`, { agent }, (response) => {
        response.resume();
        if (response.statusCode !== 200) failures.push(`status ${response.statusCode}`);
        response.once('end', () => resolve('answered'));
        response.once('error', (error) => {
          failures.push(String(error));
          resolve('answered');
        });
      });
      asked.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ECONNREFUSED') return resolve('refused');
        failures.push(`${error.code} ${error.message}`);
        resolve('answered');
      });
      asked.end();
    });
  const clients = Array.from({ length: 10 }, async (_, i) => {
    for (let n = i; isOn; n++) {
      if ((await ask(apis[n % apis.length]!.url)) === 'answered') answered++;
    }
  });
  for (let round = 0; round < 2; round++) {
    for (const old of [...apis]) {
      const fresh = await fleet.start('api', {}, true);
      apis = [...apis.filter((api) => api !== old), fresh];
      expect(await old.kill('SIGTERM')).toBe(0);
    }
  }
  isOn = false;
  await Promise.all(clients);
  agent.destroy();
  expect(failures).toEqual([]);
  expect(answered).toBeGreaterThan(200);
});

test('SIGTERM: an idle worker ends at once', async () => {
  const worker = await fleet.start('worker', {}, true);
  expect(await worker.kill('SIGTERM')).toBe(0);
  const { api } = await fleet.start('api', {}, true);
  const dataset = await api.upload({ name: 'next', content: csvOf(100), filename: 'a.csv' });
  const { id } = await api.process(dataset.id);
  await fleet.start('worker', {}, true);
  expect(await fleet.jobWhen(id, isOver)).toMatchObject({ state: 'success' });
});
