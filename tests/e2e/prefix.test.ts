import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import { removeData } from '../support/embedded-data.ts';
import { onServices, startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ PUBLIC_URL: 'https://example.org/team/reports' });
});
afterAll(() => server?.stop());
const get = (path: string, accept = '*/*') => fetch(server.url + path, { headers: { accept }, redirect: 'manual' });

test.each(['', '/team/reports'])('everything is there with "%s" in front', async (prefix) => {
  const page = await (await get(`${prefix}/`)).text();
  const docs = await (await get(`${prefix}/docs`)).text();
  const links = [...`${page}${docs}`.matchAll(/(?:src|href)="([^"]+)"/g)]
    .map(([, link]) => link!)
    .filter((link) => !link.startsWith('data:'));
  expect(links.length).toBeGreaterThan(6);
  for (const link of links) {
    expect(link).toMatch(/^\.\//); // relative to the folder of the page
    expect((await get(`${prefix}/${link}`)).status, link).toBe(200);
  }
  const rows = `${prefix}/datasets/${crypto.randomUUID()}/rows`;
  const ofRows = await (await get(`${rows}?row=5`, 'text/html')).text();
  const files = [...ofRows.matchAll(/(?:src|href)="(\.[^"]+)"/g)].map(([, link]) => link!);
  expect(files.length).toBeGreaterThan(1);
  for (const file of files) {
    const { pathname } = new URL(file, `${server.url}${rows}`);
    expect(pathname).toMatch(`${prefix}/assets/`);
    expect((await get(pathname)).status, pathname).toBe(200);
  }
  expect(await (await get(`${prefix}/graphql`, 'text/html')).text()).toContain('YogaGraphiQL');
  expect((await get(`${prefix}/datasets`)).status).toBe(200);
  expect((await get(`${prefix}/nothing`)).status).toBe(404);
  const query = await fetch(`${server.url}${prefix}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ __typename }"}',
  });
  expect(await query.json()).toEqual({ data: { __typename: 'Query' } });
  await new Promise((resolve, reject) => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}${prefix}/graphql`, 'graphql-transport-ws');
    socket.once('error', reject).once('open', () => resolve(socket.terminate()));
  });
  const servers = async (document: string) =>
    ((await (await get(`${prefix}/${document}`)).json()) as { servers: unknown }).servers;
  expect(await servers('openapi.json')).toEqual([{ url: 'https://example.org/team/reports/' }]);
  expect(await servers('docs/json')).toEqual([{ url: '../' }]); // of the page at hand, whatever its address
});

test('the line that says Ready names the public address, and where the service listens', () => {
  expect(server.said).toBe(
    `Ready: ${server.url}  (public address https://example.org/team/reports/, ` +
      'GraphiQL https://example.org/team/reports/graphql, API docs https://example.org/team/reports/docs)',
  );
});

test('the path without its slash leads to the page', async () => {
  const answer = await get('/team/reports');
  expect(answer.status).toBe(308);
  expect(new URL(answer.headers.get('location')!, 'https://example.org/team/reports').href).toBe(
    'https://example.org/team/reports/',
  );
});

test('what only begins like the path is not there', async () => {
  expect((await get('/team/reports-of-others/datasets')).status).toBe(404);
});

test('a path that is one of the service itself ends the start with a sentence', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'dataset-reports-prefix-'));
  onTestFinished(() => removeData(dataDir));
  const { status, stderr } = spawnSync(process.execPath, [onServices ? 'src/api.ts' : 'src/main.ts'], {
    env: { ...process.env, DATA_DIR: dataDir, PORT: '0', PUBLIC_URL: 'https://example.org/docs/', LOG_LEVEL: 'silent' },
    encoding: 'utf8',
  });
  expect(stderr).toMatch(/^PUBLIC_URL cannot have the path \/docs\/: .*\n$/);
  expect(status).toBe(1);
});
