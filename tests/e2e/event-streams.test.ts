import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { holdSuccess } from '../support/embedded-data.ts';
import { restApi } from '../support/rest-api.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ NODE_ENV: 'production' }); // under "test" Yoga pings all the time
});
afterAll(() => server?.stop());

const SUBSCRIPTION = 'subscription ($jobId: ID!) { jobProgress(jobId: $jobId) { state } }';
const variables = (jobId: string) => ({ query: SUBSCRIPTION, variables: { jobId } });
const STREAMS: [string, (jobId: string, signal: AbortSignal) => Promise<Response>][] = [
  ['REST', (id, signal) => fetch(`${server.url}/jobs/${id}/events`, { signal })],
  [
    'GraphQL by POST',
    (id, signal) =>
      fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
        body: JSON.stringify(variables(id)),
        signal,
      }),
  ],
  [
    'GraphQL by GET, as browsers have it',
    (id, signal) => {
      const { query, variables: values } = variables(id);
      const search = new URLSearchParams({ query, variables: JSON.stringify(values) });
      return fetch(`${server.url}/graphql?${search}`, { headers: { accept: 'text/event-stream' }, signal });
    },
  ],
];

test('event streams tell proxies to pass them on, and say something while there is no news', async () => {
  const api = restApi(server.url);
  const dataset = await api.upload({ name: 'quiet', content: `a\n${Math.random()}\n`, filename: 'x.csv' });
  await holdSuccess(server.dataDir);
  const { id } = await api.process(dataset.id);
  const gone = new AbortController();
  onTestFinished(() => gone.abort());
  await Promise.all(
    STREAMS.map(async ([name, open]) => {
      const response = await open(id, gone.signal);
      expect(response.headers.get('content-type'), name).toMatch(/^text\/event-stream/);
      expect(response.headers.get('x-accel-buffering'), name).toBe('no');
      expect(response.headers.get('cache-control'), name).toMatch(/^no-(store|cache)$/);
      let news = false;
      for await (const text of response.body!.pipeThrough(new TextDecoderStream())) {
        // Yoga begins with a comment: the one that counts comes after the state of the job
        if (news && /^:\n\n/m.test(text)) return;
        news ||= text.includes('data: ');
      }
      throw new Error(`${name}: the stream has ended`);
    }),
  );
});
