import { type IncomingHttpHeaders, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../support/server.ts';

type Headers = Record<string, string>;
interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

function ask(server: TestServer, method: string, path: string, headers: Headers = {}, body?: string): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const sent = request(new URL(path, server.url), { method, headers });
  sent.once('response', (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    response.once('end', () => resolve({ status: response.statusCode!, headers: response.headers, body: text }));
  });
  sent.once('upgrade', (response, socket) => {
    socket.destroy();
    resolve({ status: response.statusCode!, headers: response.headers, body: '' });
  });
  sent.once('error', reject);
  sent.end(body);
  return promise;
}

const ID = '00000000-0000-4000-8000-000000000000';
const FORM = { 'content-type': 'multipart/form-data; boundary=b' };
const JSON_TYPE = { 'content-type': 'application/json' };
const part = (rest: string, content: string) => `--b\r\nContent-Disposition: form-data; ${rest}\r\n\r\n${content}\r\n`;
const content = () => `id\n${Math.random()}\n`;
const form = () => `${part('name="name"', 'x')}${part('name="file"; filename="a.csv"', content())}--b--\r\n`;
const graphqlForm = () => {
  const query = 'mutation($f: Upload!) { uploadDataset(name: "x", file: $f) { id } }';
  const operations = part('name="operations"', JSON.stringify({ query, variables: { f: null } }));
  const map = part('name="map"', '{"0":["variables.f"]}');
  return `${operations}${map}${part('name="0"; filename="a.csv"', content())}--b--\r\n`;
};
const UPGRADE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-protocol': 'graphql-transport-ws',
};

/** Every door that changes something, or opens one that can: what it says when it is open. */
const doors: [method: string, path: string, headers: Headers, body: (() => string) | undefined, open: number][] = [
  ['POST', '/datasets', FORM, form, 201],
  ['POST', `/datasets/${ID}/process`, {}, undefined, 404],
  ['DELETE', `/datasets/${ID}`, {}, undefined, 404],
  ['POST', `/jobs/${ID}/cancel`, {}, undefined, 404],
  ['POST', '/graphql', FORM, graphqlForm, 200],
  ['POST', '/graphql', JSON_TYPE, () => '{"query":"{ __typename }"}', 200],
  ['GET', '/graphql', UPGRADE, undefined, 101],
];

describe('by default', () => {
  let server: TestServer;
  let own: string;
  beforeAll(async () => {
    server = await startServer();
    own = new URL(server.url).host;
  });
  afterAll(() => server?.stop());
  const port = () => new URL(server.url).port;

  describe.each(doors)('%s %s', (method, path, headers, body, open) => {
    test.each<[string, () => Headers]>([
      ['a page of another site', () => ({ origin: 'https://example.org', 'sec-fetch-site': 'cross-site' })],
      ['a page of another port here', () => ({ origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site' })],
      ['an old browser, by the origin alone', () => ({ origin: 'http://example.org' })],
      ['an old browser, another port', () => ({ origin: 'http://127.0.0.1:1' })],
      ['a file or a frame without an origin', () => ({ origin: 'null' })],
      ['a browser that says no origin', () => ({ 'sec-fetch-site': 'cross-site' })],
    ])('refuses %s', async (_, from) => {
      const answer = await ask(server, method, path, { ...headers, ...from() }, body?.());
      expect(answer.status).toBe(403);
      expect(answer.body).toContain('"code":"FORBIDDEN"');
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    });

    test.each<[string, () => Headers]>([
      ['a program', () => ({})],
      ['the page', () => ({ origin: server.url, 'sec-fetch-site': 'same-origin' })],
      [
        'the page behind a proxy that has another name',
        () => ({ origin: 'https://example.org', 'sec-fetch-site': 'same-origin' }),
      ],
      ['the page in an old browser', () => ({ origin: server.url })],
      ['the user himself', () => ({ 'sec-fetch-site': 'none' })],
      ["Node's fetch", () => ({ 'sec-fetch-mode': 'cors' })],
      ['localhost', () => ({ host: `localhost:${port()}`, origin: `http://localhost:${port()}` })],
    ])('serves %s', async (_, from) => {
      expect((await ask(server, method, path, { ...headers, ...from() }, body?.())).status).toBe(open);
    });
  });

  test.each([
    'example.org',
    'example.org:4000',
    'localhost.example.org',
    '127.0.0.1.example.org',
    '127.0.0.2.example',
    '10.0.0.1',
    '[2001:db8::1]',
    'notlocalhost',
    'a b',
    '@127.0.0.1',
    '0.0.0.0',
  ])('a Host that is not this service is refused: %s', async (host) => {
    for (const [method, path] of [
      ['GET', '/'],
      ['GET', '/datasets'],
      ['GET', '/health'],
      ['GET', '/nothing'],
      ['POST', '/graphql'],
    ] as const) {
      const answer = await ask(server, method, path, { host, ...JSON_TYPE });
      expect([path, answer.status]).toEqual([path, 421]);
      expect(answer.body).toContain('ALLOWED_HOSTS');
      expect(answer.body).toContain('"code":"MISDIRECTED_REQUEST"');
    }
    expect((await ask(server, 'GET', '/graphql', { ...UPGRADE, host })).status).toBe(421);
  });

  test.each([
    'localhost',
    'LOCALHOST',
    'localhost.',
    'reports.localhost:80',
    '127.0.0.1:9',
    '127.8.8.8',
    '[::1]:4000',
  ])('a Host of this machine is served: %s', async (host) => {
    expect((await ask(server, 'GET', '/health', { host })).status).toBe(200);
  });

  test('no page of another origin is let in by a preflight', async () => {
    for (const path of ['/graphql', '/datasets', `/datasets/${ID}`]) {
      const { headers } = await ask(server, 'OPTIONS', path, {
        origin: 'https://example.org',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      });
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
    const { headers } = await ask(server, 'POST', '/graphql', JSON_TYPE, '{"query":"{ __typename }"}');
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test('every answer says how it may be used', async () => {
    for (const [method, path, headers] of [
      ['GET', '/', {}],
      ['GET', '/health', {}],
      ['GET', '/datasets', {}],
      ['GET', `/jobs/${ID}/events`, {}],
      ['GET', '/nothing', {}],
      ['GET', '/%', {}],
      ['PUT', '/datasets', {}],
      ['GET', '/openapi.json', {}],
      ['GET', '/docs/', {}],
      ['GET', '/metrics', {}],
      ['POST', '/graphql', JSON_TYPE],
      ['GET', '/graphql', { accept: 'text/html' }],
      ['GET', '/datasets', { host: 'example.org' }],
    ] as [string, string, Headers][]) {
      const answer = await ask(server, method, path, { host: own, ...headers });
      expect({ path, ...answer.headers }).toMatchObject({
        path,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'content-security-policy': expect.stringContaining("default-src 'none'") as string,
      });
    }
  });
});

describe('with CORS_ORIGINS and ALLOWED_HOSTS', () => {
  let server: TestServer;
  const friend = 'https://app.example.org';
  beforeAll(async () => {
    server = await startServer({
      CORS_ORIGINS: `${friend}, http://localhost:3000`,
      ALLOWED_HOSTS: 'reports.example.org',
      PUBLIC_URL: 'https://public.example.org/reports/',
    });
  });
  afterAll(() => server?.stop());

  test.each(
    doors,
  )('%s %s serves the pages that are named, and reads for them', async (method, path, headers, body, open) => {
    for (const origin of [friend, 'http://localhost:3000']) {
      const from = { origin, 'sec-fetch-site': 'cross-site' };
      const answer = await ask(server, method, path, { ...headers, ...from }, body?.());
      expect(answer.status).toBe(open);
      if (open !== 101) expect(answer.headers['access-control-allow-origin']).toBe(origin);
    }
    for (const origin of ['https://example.org', 'https://app.example.org.evil.example', 'http://app.example.org']) {
      const answer = await ask(server, method, path, { ...headers, origin }, body?.());
      expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([403, undefined]);
    }
    // the service's own page, as a proxy shows it to an old browser
    const own = await ask(server, method, path, { ...headers, origin: 'https://public.example.org' }, body?.());
    expect(own.status).toBe(open);
  });

  test('a preflight of a named origin is answered, on REST and GraphQL', async () => {
    for (const path of ['/graphql', '/datasets', `/datasets/${ID}`]) {
      const { status, headers } = await ask(server, 'OPTIONS', path, {
        origin: friend,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      });
      expect([status, headers['access-control-allow-origin'], headers['access-control-allow-headers']]).toEqual([
        204,
        friend,
        'content-type',
      ]);
      expect(headers).not.toHaveProperty('access-control-allow-credentials');
    }
  });

  test('event streams of both kinds carry the CORS headers', async () => {
    const from = { origin: friend };
    const missing = await ask(server, 'GET', `/jobs/${ID}/events`, from);
    expect(missing.headers['access-control-allow-origin']).toBe(friend);
    const query = JSON.stringify({ query: `subscription { jobProgress(jobId: "${ID}") { id } }` });
    const stream = await ask(server, 'POST', '/graphql', { ...from, ...JSON_TYPE, accept: 'text/event-stream' }, query);
    expect(stream.headers['content-type']).toContain('text/event-stream');
    expect(stream.headers['access-control-allow-origin']).toBe(friend);
  });

  test('its names are served, others are not', async () => {
    for (const host of ['reports.example.org', 'reports.example.org:8443', 'public.example.org', '127.0.0.1'])
      expect([host, (await ask(server, 'GET', '/health', { host })).status]).toEqual([host, 200]);
    expect((await ask(server, 'GET', '/health', { host: 'example.org' })).status).toBe(421);
  });
});

test('an address of the network is served by any name, unless ALLOWED_HOSTS is set', async () => {
  const open = await startServer({ HOST: '0.0.0.0' });
  try {
    expect((await ask(open, 'GET', '/health', { host: 'example.org' })).status).toBe(200);
    expect((await ask(open, 'POST', `/datasets/${ID}/process`, { origin: 'https://evil.example' })).status).toBe(403);
  } finally {
    await open.stop();
  }
  const named = await startServer({ HOST: '0.0.0.0', ALLOWED_HOSTS: 'localhost,api' });
  try {
    for (const host of ['localhost', 'api:4000', '127.0.0.1'])
      expect([host, (await ask(named, 'GET', '/health', { host })).status]).toEqual([host, 200]);
    expect((await ask(named, 'GET', '/health', { host: 'example.org' })).status).toBe(421);
  } finally {
    await named.stop();
  }
});
