import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { restApi } from '../support/rest-api.ts';
import { startServer, type TestServer } from '../support/server.ts';

const MOST = 5_000_000;
let server: TestServer;
beforeAll(async () => {
  server = await startServer({ MAX_UPLOAD_BYTES: String(MOST) });
});
afterAll(() => server?.stop());

/** Sends a head and nothing else. @returns the answer, status line first */
function headOnly(method: string, path: string, headers: Record<string, string | number>): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const { port, hostname } = new URL(server.url);
  const socket = connect({ port: Number(port), host: hostname });
  const timer = setTimeout(() => reject(new Error('no answer within five seconds')), 5_000);
  const lines = Object.entries({ Host: hostname, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk) => {
    text += chunk;
    if (!text.includes('}')) return;
    clearTimeout(timer);
    socket.destroy();
    resolve(text);
  });
  socket.once('error', reject);
  socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
  return promise;
}

const FORM = 'multipart/form-data; boundary=x';
const ID = '00000000-0000-4000-8000-000000000000';

test.each([
  ['/datasets', FORM, 10_000_000_000_000],
  ['/graphql', FORM, 10_000_000_000_000],
  ['/datasets', FORM, MOST + 100_000],
  ['/graphql', FORM, MOST + 100_000],
  ['/graphql', 'application/json', 10_000_000_000_000],
  [`/datasets/${ID}/process`, 'application/json', 10_000_000_000_000],
])('a declared length over the limit is refused before the body: POST %s, %s, %d bytes', async (path, type, length) => {
  for (const expectation of [{}, { Expect: '100-continue' }] as Record<string, string>[]) {
    const answer = await headOnly('POST', path, { 'Content-Type': type, 'Content-Length': length, ...expectation });
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('"code":"PAYLOAD_TOO_LARGE"');
  }
});

test('a file of exactly the limit is taken, and one byte more is not', async () => {
  const upload = async (bytes: number) => {
    const form = new FormData();
    form.set('name', 'full');
    form.set(
      'file',
      new File([`id\n${Math.random()}\n${'x\n'.repeat(bytes)}`.slice(0, bytes)], 'a.csv', { type: 'text/csv' }),
    );
    return (await fetch(`${server.url}/datasets`, { method: 'POST', body: form })).status;
  };
  expect(await upload(MOST)).toBe(201);
  expect(await upload(MOST + 1)).toBe(413);
});

/** Sends a head that says that the body waits to be asked for. */
async function waitingClient(path: string, type: string, body: string) {
  const { promise, resolve, reject } = Promise.withResolvers<{ asked: boolean; status: number | undefined }>();
  let asked = false;
  const sent = request(
    new URL(path, server.url),
    { method: 'POST', headers: { 'content-type': type, 'content-length': body.length, expect: '100-continue' } },
    (response) => {
      response.resume();
      resolve({ asked, status: response.statusCode });
    },
  );
  sent.once('continue', () => {
    asked = true;
    sent.end(body);
  });
  sent.once('error', reject);
  sent.flushHeaders();
  return promise;
}

test('a client that waits to be asked for its body is asked', async () => {
  expect(await waitingClient('/datasets', FORM, '--x--\r\n')).toEqual({ asked: true, status: 400 });
  const query = '{"query":"{__typename}"}';
  expect(await waitingClient('/graphql', 'application/json', query)).toEqual({ asked: true, status: 200 });
  const { id } = await restApi(server.url).upload({
    name: 'asked',
    content: 'a\n1\n',
    filename: 'a.csv',
    type: 'text/csv',
  });
  const process = waitingClient(`/datasets/${id}/process`, 'application/json', '{"options":{}}');
  expect(await process).toEqual({ asked: true, status: 202 });
});

test('a client is not asked for a body that changes nothing: the dataset is not there', async () => {
  const process = waitingClient(`/datasets/${ID}/process`, 'application/json', '{"options":{}}');
  expect(await process).toEqual({ asked: false, status: 404 });
});

test('an answer in the middle of a body arrives although the client asked to close the connection', async () => {
  // as a proxy does; closing on unread bytes would reset the connection
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const { port, hostname } = new URL(server.url);
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk) => {
    text += chunk;
  });
  socket.once('error', reject).once('end', () => resolve(text));
  const length = 4_000_000;
  socket.write(
    `POST /datasets HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n` +
      `Content-Type: text/plain\r\nContent-Length: ${length}\r\n\r\n`,
  );
  const piece = Buffer.alloc(100_000, 'x');
  for (let sent = 0; sent < length; sent += piece.length)
    await new Promise<void>((written) => socket.write(piece, () => setTimeout(written, 5)));
  expect(await promise).toMatch(/^HTTP\/1\.1 400 [\s\S]*"code":"BAD_REQUEST"/);
  socket.destroy();
});
