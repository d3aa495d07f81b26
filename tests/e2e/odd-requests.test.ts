import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

const ID = '00000000-0000-4000-8000-000000000000';
const QUERY = '{"query":"{__typename}"}';
const QUERY_HEAD = `Content-Type: application/json\r\nContent-Length: ${QUERY.length}\r\n`;

function open(): Socket {
  const { port, hostname } = new URL(server.url);
  return connect({ port: Number(port), host: hostname });
}

/**
 * Sends text as it is.
 * @returns what comes until the answers are as many as wanted, or the service closes the connection
 */
function exchange(text: string, answers = 1): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = open();
  const timer = setTimeout(() => reject(new Error(`no answer to ${JSON.stringify(text.slice(0, 200))}`)), 10_000);
  let received = '';
  const settle = () => {
    clearTimeout(timer);
    socket.destroy();
    resolve(received);
  };
  socket.setEncoding('latin1').on('data', (chunk) => {
    received += chunk;
    if ((received.match(/HTTP\/1\.1 [2-5]/g) ?? []).length >= answers && /[}\]]\s*$/.test(received)) settle();
  });
  socket.once('error', reject).once('close', settle);
  socket.write(text);
  return promise;
}
const head = (line: string, headers = '') => `${line} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`;
const health = async () => (await fetch(`${server.url}/health`)).status;

test('refused WebSockets whose clients reset the connection do no harm', async () => {
  for (let i = 0; i < 100; i++) {
    const socket = open();
    socket.on('error', () => {});
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(
      'GET /graphql HTTP/1.1\r\nHost: example.org\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nmore',
      () => socket.resetAndDestroy(),
    );
    await closed;
  }
  expect(await health()).toBe(200);
});

test.each([
  ['POST /nothing', 404],
  ['PUT /datasets', 405],
  ['PUT /graphql', 405],
  [`POST /datasets/${ID}/process`, 404],
  [`POST /jobs/${ID}/cancel`, 404],
  [`DELETE /datasets/${ID}`, 404],
])('%s is answered although its body never comes', async (line, status) => {
  for (const type of ['application/json', 'text/plain'])
    for (const expectation of ['', 'Expect: 100-continue\r\n']) {
      const headers = `Content-Type: ${type}\r\nContent-Length: 100\r\n${expectation}`;
      expect(await exchange(head(line, headers))).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `, 'm'));
    }
});

test('a body that nobody reads leaves the connection to the next request', async () => {
  const body = 'x'.repeat(300_000);
  const first = head(`POST /datasets/${ID}/process`, `Content-Type: text/plain\r\nContent-Length: ${body.length}\r\n`);
  const answers = await exchange(`${first}${body}${head('POST /graphql', QUERY_HEAD)}${QUERY}`, 2);
  expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 404', 'HTTP/1.1 200']);
  expect(answers).toContain('"__typename":"Query"');
});

test('a client that offers HTTP/2 is answered in HTTP/1.1', async () => {
  const offer = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n';
  expect(await exchange(head('GET /health', offer))).toMatch(/^HTTP\/1\.1 200 /);
  expect(await exchange(head('POST /graphql', offer + QUERY_HEAD) + QUERY)).toMatch(/^HTTP\/1\.1 200 /);
});

test('a target that is a whole address is understood', async () => {
  expect(await exchange(head('GET http://localhost/health'))).toMatch(/^HTTP\/1\.1 200 /);
  expect(await exchange(head('POST http://localhost/graphql', QUERY_HEAD) + QUERY)).toMatch(/^HTTP\/1\.1 200 /);
});

test('HTTP/1.0 gets no "100 Continue"', async () => {
  const answer = await exchange(
    `POST /graphql HTTP/1.0\r\nHost: localhost\r\nExpect: 100-continue\r\n${QUERY_HEAD}\r\n${QUERY}`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
});

test('a file without a name before everything else is a bad request', async () => {
  const body = '--b\r\nContent-Disposition: form-data; filename="a.csv"\r\n\r\nx\r\n--b--\r\n';
  const form = `Content-Type: multipart/form-data; boundary=b\r\nContent-Length: ${body.length}\r\n`;
  for (const path of ['/graphql', '/datasets']) {
    const answer = await exchange(head(`POST ${path}`, form) + body);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('"code":"BAD_REQUEST"');
  }
});

test('a Host that is no name makes no error of ours, where any name is served', async () => {
  const any = await startServer({ ALLOWED_HOSTS: '*' });
  const before = server;
  server = any;
  try {
    for (const host of ['a b', 'a:99999999', '[::'])
      expect(await exchange(`POST /graphql HTTP/1.1\r\nHost: ${host}\r\n${QUERY_HEAD}\r\n${QUERY}`)).toMatch(
        /^HTTP\/1\.1 421 /,
      );
  } finally {
    server = before;
    await any.stop();
  }
});
