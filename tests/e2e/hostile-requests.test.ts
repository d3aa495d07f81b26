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
    'mutation($f: Upload!) { a: uploadDataset(name: "a", file: $f) { id } b: uploadDataset(name: "b", file: $f) { id } }';
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
