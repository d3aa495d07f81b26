import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

const post = (body: BodyInit, type?: string) =>
  fetch(`${server.url}/graphql`, { method: 'POST', body, headers: type ? { 'content-type': type } : {} });
const codes = async (response: Response) =>
  ((await response.json()) as { errors?: { extensions: { code: string } }[] }).errors?.map(
    ({ extensions }) => extensions.code,
  );

test.each([
  'application/x-www-form-urlencoded',
  'application/graphql',
  'text/plain',
])('a GraphQL body of type %s is not read', async (type) => {
  const response = await post('query={__typename}', type);
  expect([response.status, await codes(response)]).toEqual([415, ['UNSUPPORTED_MEDIA_TYPE']]);
});

test('a GraphQL body over 1 MiB is refused, and the refusal arrives, every time', async () => {
  for (let i = 0; i < 20; i++) {
    const response = await post(JSON.stringify({ query: 'x'.repeat(5_000_000) }), 'application/json');
    expect([response.status, await codes(response)]).toEqual([413, ['PAYLOAD_TOO_LARGE']]);
  }
});

test('one file makes one dataset: a second use of it is refused', async () => {
  const query =
    'mutation($f: Upload!) { a: uploadDataset(name: "a", file: $f) { id } ' +
    'b: uploadDataset(name: "b", file: $f) { id } }';
  const form = new FormData();
  form.set('operations', JSON.stringify({ query, variables: { f: null } }));
  form.set('map', '{"0":["variables.f"]}');
  form.set('0', new File([`a\n${Math.random()}\n`], 'a.csv', { type: 'text/csv' }));
  expect(await codes(await post(form))).toEqual(['BAD_REQUEST']);
});

test.each([
  `{${'a:__typename '.repeat(3_000)}}`,
  `{datasets(first:${'['.repeat(3_000)})}`,
  '{ nope }',
  '{',
  'query($id: ID!) { dataset(id: $id) { id } }',
])('a document that cannot be run is a bad request: %.20s', async (query) => {
  const response = await post(JSON.stringify({ query }), 'application/json');
  expect([response.status, await codes(response)]).toEqual([400, ['BAD_REQUEST']]);
});

test.each([
  ['application/octet-stream', ''],
  ['application/x-www-form-urlencoded', ''],
  ['text/plain', 'nobody asked for this'],
  ['application/json', '{broken'],
])('a route without a body minds none: %s %s', async (type, body) => {
  const id = '00000000-0000-4000-8000-000000000000';
  const path = `${server.url}/datasets/${id}/process`;
  const response = await fetch(path, { method: 'POST', body: Buffer.from(body), headers: { 'content-type': type } });
  expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([404, 'NOT_FOUND']);
});

test.each([
  ['an unknown method', 'FOO /datasets HTTP/1.1\r\nhost: x\r\n\r\n'],
  ['no HTTP', 'hello\r\n\r\n'],
  ['a head over 16 KiB', `GET /datasets HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`],
])('what is no request is refused like one: %s', async (_, sent) => {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.write(sent);
  const [head, body] = (await text(socket)).split('\r\n\r\n');
  expect(head).toMatch(/^HTTP\/1\.1 400 Bad Request\r\ncontent-type: application\/problem\+json/);
  expect(JSON.parse(body!)).toMatchObject({ status: 400, code: 'BAD_REQUEST', detail: expect.any(String) });
});

test('a form with two names is refused: it is ambiguous', async () => {
  const form = new FormData();
  form.append('name', 'a');
  form.append('file', new File(['a\n1\n'], 'a.csv', { type: 'text/csv' }));
  form.append('name', 'b');
  const response = await fetch(`${server.url}/datasets`, { method: 'POST', body: form });
  expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([400, 'BAD_REQUEST']);
});
