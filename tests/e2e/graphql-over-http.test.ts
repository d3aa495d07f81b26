import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

const ANSWERS = 'application/graphql-response+json';
const JSON_TYPE = 'application/json';

async function send(body: unknown, accept?: string) {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': JSON_TYPE, ...(accept ? { accept } : {}) },
  });
  const { errors, ...rest } = (await response.json()) as { errors: { message: string; extensions: object }[] };
  return { status: response.status, type: response.headers.get('content-type')?.split(';')[0], errors, rest };
}

test('GraphQL over HTTP, by the audits of graphql-http: every one, those that are only a SHOULD, too', async () => {
  const audits = serverAudits({ url: `${server.url}/graphql` });
  const results = await Promise.all(audits.map(async (audit) => ({ audit, result: await audit.fn() })));
  expect(results.length).toBeGreaterThan(50);
  const bad = results.filter(({ result }) => result.status !== 'ok');
  expect(bad.map(({ audit, result }) => `${result.status} ${audit.id} ${audit.name}`)).toEqual([]);
});

const CANNOT_RUN = {
  'no GraphQL': { query: '{' },
  'an unknown field': { query: '{ nope }' },
  'variables that do not fit': {
    query: 'query($n: Int) { datasets(first: $n) { edges { cursor } } }',
    variables: { n: 'x' },
  },
  'a variable that is missing': { query: 'query($id: ID!) { dataset(id: $id) { id } }' },
  'an operation that is not there': { query: 'query A { __typename }', operationName: 'B' },
};
test.each(Object.entries(CANNOT_RUN))('what is well formed and cannot run: %s', async (_, body) => {
  const statuses: Record<string, number> = {};
  // twice: documents and what is wrong with them are kept
  for (const accept of [
    JSON_TYPE,
    ANSWERS,
    '*/*',
    undefined,
    'application/*',
    `${JSON_TYPE}, */*;q=0.1`,
    `${ANSWERS}, ${JSON_TYPE};q=0.9`,
    JSON_TYPE,
  ]) {
    const { status, errors, rest } = await send(body, accept);
    statuses[String(accept)] = status;
    expect([errors.map(({ extensions }) => extensions), rest]).toEqual([[{ code: 'BAD_REQUEST' }], {}]);
  }
  expect(statuses).toEqual({
    [JSON_TYPE]: 200,
    [ANSWERS]: 400,
    '*/*': 400,
    undefined: 400,
    'application/*': 400,
    [`${JSON_TYPE}, */*;q=0.1`]: 200,
    [`${ANSWERS}, ${JSON_TYPE};q=0.9`]: 400,
  });
});

test.each([
  [{}, 400],
  [{ query: null }, 400],
  [{ query: 7 }, 400],
  [{ query: `{${'a:__typename '.repeat(3_000)}}` }, 400],
  [{ query: '{__typename}', more: 'x'.repeat(2_000_000) }, 413],
])('a refusal before that keeps its status for every client', async (body, status) => {
  for (const accept of [JSON_TYPE, ANSWERS, '*/*']) expect((await send(body, accept)).status).toBe(status);
});

test('a client that sends the hash of a document alone is asked to send the document', async () => {
  const persistedQuery = { version: 1, sha256Hash: 'ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38' };
  const errors = [{ message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } }];
  const probe = { operationName: 'A', variables: {}, extensions: { persistedQuery } };
  expect(await send(probe, JSON_TYPE)).toEqual({ status: 200, type: JSON_TYPE, errors, rest: {} });
  expect(await send(probe, ANSWERS)).toEqual({ status: 400, type: ANSWERS, errors, rest: {} });
  // as Apollo Client has it
  expect((await send(probe, `${ANSWERS},${JSON_TYPE};q=0.9`)).status).toBe(400);
  const query = new URLSearchParams({ extensions: JSON.stringify({ persistedQuery }) });
  expect(((await (await fetch(`${server.url}/graphql?${query}`)).json()) as { errors: unknown }).errors).toEqual(
    errors,
  );
  const { status, rest } = await send({ query: '{ __typename }', extensions: { persistedQuery } }, JSON_TYPE);
  expect([status, rest]).toEqual([200, { data: { __typename: 'Query' } }]);
});
