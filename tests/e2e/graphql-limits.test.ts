import { getIntrospectionQuery } from 'graphql';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

interface Result {
  data?: unknown;
  errors?: { message: string; extensions?: { code?: string } }[];
}
async function overHttp(query: string, variables = {}, accept = 'application/graphql-response+json') {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  const json = accept === 'text/event-stream' ? /^data: (.*)$/m.exec(text)![1]! : text;
  return { status: response.status, result: JSON.parse(json) as Result };
}
async function overWebSocket(query: string, variables = {}): Promise<Result> {
  const client = createClient({ url: `${server.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket });
  try {
    for await (const result of client.iterate({ query, variables })) return result as Result;
    return {};
  } catch (error) {
    return { errors: error as Result['errors'] }; // what is refused before it runs comes as a message of its own
  } finally {
    await client.dispose();
  }
}

const ID = '00000000-0000-4000-8000-000000000000';
/** A job of the dataset of a job of …: so many fields deep. */
const nested = (depth: number) => {
  const times = (depth - 2) / 2;
  return `{ job(id: "${ID}") ${'{ dataset { latestJob '.repeat(times)}{ id ${'} }'.repeat(times)} } }`;
};
const aliased = (count: number) =>
  `{ ${Array.from({ length: count }, (_, i) => `a${i}: __typename job${i}: job(id: "${ID}") { id }`).join(' ')} }`;
const PAGES = 'query($n: Int) { datasets(first: $n) { edges { node { jobs(first: 50) { edges { node { id } } } } } } }';
const EMPTY_PAGES = '{ datasets(first: 1000) { edges { node { jobs(first: 1000) { pageInfo { hasNextPage } } } } } }';
const named = (count: number, field: string, name = 'a') =>
  Array.from({ length: count }, (_, i) => `${name}${i}: ${field}`).join(' ');
const schemaUnderNames = (count: number) =>
  `{ ${named(count, '__schema { ...S }')} } fragment S on __Schema { ${named(count, 'types { ...T }')} } ` +
  `fragment T on __Type { ${named(count, 'fields { ...F }')} } fragment F on __Field { ${named(count, 'name')} }`;
/** Each fragment spreads the next two, so that what they stand for doubles with each. */
const doublingFragment = (i: number) =>
  `fragment F${i} on Dataset { id ${i < 39 ? `...F${i + 1}` : ''} ${i < 38 ? `...F${i + 2}` : ''} }`;

test.each([
  ['16 fields deep', nested(16), {}, /16 levels deep; at most 15 are/],
  ['200 fields deep', nested(200), {}, /200 levels deep; at most 15 are/],
  ['16 names of one field', aliased(16), {}, /16 aliases; at most 15 are/],
  ['pages of pages', PAGES, { n: 1_000 }, /51,000 objects; at most 10,000 are/],
  [
    'pages of pages of pages',
    '{ datasets { edges { node { jobs { edges { node { dataset { jobs { edges { node { id } } } } } } } } } } }',
    {},
    /objects; at most 10,000 are/,
  ],
  [
    'pages of rows of many files',
    '{ datasets(first: 40) { edges { node { rows(first: 10) { edges { node { row } } } } } } }',
    {},
    /12,440 objects; at most 10,000 are/,
  ],
  [
    'a page of reports',
    '{ datasets(first: 500) { edges { node { report { json } } } } }',
    {},
    /13,000 objects; at most 10,000 are/,
  ],
  [
    'fragments that multiply',
    `query { datasets { edges { node { ...A } } } } fragment A on Dataset { ${'x'
      .repeat(10)
      .split('')
      .map((_, i) => `j${i}: jobs(first: 100) { edges { node { id } } }`)
      .join(' ')} }`,
    {},
    /objects; at most 10,000 are/,
  ],
  ['pages of which no row is asked for', EMPTY_PAGES, {}, /1,001,000 objects; at most 10,000 are/],
  [
    'beside an argument that its variable makes null',
    `query($id: ID = "x") { dataset(id: $id) { id } ${EMPTY_PAGES.slice(1)}`,
    { id: null },
    /"\$id" provided to non-null type/,
  ],
  ['the schema under many names', schemaUnderNames(15), {}, /values; at most 200,000 are/],
  [
    'fragments that double',
    `{ datasets { edges { node { ...F0 } } } } ${Array.from({ length: 40 }, (_, i) => doublingFragment(i)).join(' ')}`,
    {},
    /values; at most 200,000 are/,
  ],
  ['too many tokens', `{ ${'__typename '.repeat(1_000)} }`, {}, /more than 1000 tokens/],
])('refused before it runs, with the figure and the limit: %s', async (_, query, variables, sentence) => {
  for (const accept of ['application/graphql-response+json', 'text/event-stream']) {
    const { status, result } = await overHttp(query, variables, accept);
    expect(result.errors?.[0]).toMatchObject({
      message: expect.stringMatching(sentence),
      extensions: { code: 'BAD_REQUEST' },
    });
    expect(result.data ?? null).toBeNull();
    if (accept !== 'text/event-stream') expect(status).toBe(400);
  }
  const { errors } = await overWebSocket(query, variables);
  expect(errors?.[0]).toMatchObject({ message: expect.stringMatching(sentence), extensions: { code: 'BAD_REQUEST' } });
});

test('the limits are those of the operation that is asked for, and variables count', async () => {
  expect((await overHttp(PAGES, { n: 100 })).status).toBe(200);
  expect((await overHttp(nested(14))).status).toBe(200);
  expect((await overHttp(aliased(15))).status).toBe(200);
  // the same document again, now over the limit, and again within it: nothing is kept by document
  expect((await overHttp(PAGES, { n: 300 })).status).toBe(400);
  expect((await overHttp(PAGES, { n: 100 })).status).toBe(200);
});

test('what clients add to every object costs nothing', async () => {
  const query = `{ __typename datasets(first: 1000) { __typename edges { __typename node {
    __typename id jobs(first: 8) { __typename edges { __typename node { __typename id } } } } } } }`;
  expect(await overHttp(query)).toMatchObject({ status: 200 });
});

test('the names of one field are those of the operation that is asked for', async () => {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: `query a { ${named(10, '__typename')} } query b { ${named(10, '__typename', 'b')} }`,
      operationName: 'a',
    }),
  });
  expect(response.status).toBe(200);
});

test('a list of several operations is refused', async () => {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }]),
  });
  expect(response.status).toBe(400);
});

test('the schema can be asked for, unless that is switched off', async () => {
  const query = getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true });
  expect((await overHttp(query)).result.errors).toBeUndefined();
  const closed = await startServer({ GRAPHQL_INTROSPECTION: 'false' });
  try {
    const ask = (text: string) =>
      fetch(`${closed.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: text }),
      });
    const refused = await ask(query);
    expect([refused.status, await refused.text()]).toEqual([
      400,
      expect.stringContaining('Introspection is disabled on this server'),
    ]);
    expect((await ask('{ __typename datasets { edges { __typename } } }')).status).toBe(200);
  } finally {
    await closed.stop();
  }
});
