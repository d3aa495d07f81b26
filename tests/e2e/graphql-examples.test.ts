import { readFileSync } from 'node:fs';
import { buildSchema, type OperationDefinitionNode, parse, validate } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_QUERY, EXAMPLES } from '../../src/api/graphql/examples.ts';
import { events } from '../support/api.ts';
import { onServices, startServer, type TestServer } from '../support/server.ts';

const schema = buildSchema(readFileSync('src/api/graphql/schema.graphql', 'utf8'));
// other bytes each time: real services keep the dataset of an earlier run, which would not be the newest
const CONTENT = `city,amount\n${`Oslo,1\nRome ${Date.now()},2\n`.repeat(20)}Lima,900\n`;

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

const nameOf = (query: string) => /^(?:query|mutation|subscription) (\w+)/m.exec(query)![1]!;
const example = (name: string) => EXAMPLES.find((query) => nameOf(query) === name)!;

/** An example with the id of something that exists. */
const withId = (name: string, id: string) => example(name).replace(/[\d-]{36}/, id);

/** Runs one operation of the whole document, as GraphiQL does, or a query of its own. */
const send = (query: string, accept = 'application/json') =>
  fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({
      query: DEFAULT_QUERY.replace(example(nameOf(query)), query),
      operationName: nameOf(query),
    }),
  });
/** The data of a query. The test takes it apart field by field. */
// biome-ignore lint/suspicious/noExplicitAny: what JSON gives
async function ask(query: string): Promise<any> {
  const { data, errors } = (await (await send(query)).json()) as { data: unknown; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}
/** Uploads a file with the parts of a multipart request; `0` is the file. */
async function upload(operations: string, map: string) {
  const form = new FormData();
  form.set('operations', operations);
  form.set('map', map);
  form.set('0', new File([CONTENT], 'sales.csv', { type: 'text/csv' }));
  const response = await fetch(`${server.url}/graphql`, { method: 'POST', body: form });
  const { data, errors } = (await response.json()) as { data: { uploadDataset: { id: string } }; errors?: unknown };
  expect(errors).toBeUndefined();
  return data.uploadDataset.id;
}

test('seven examples in one document that is valid', () => {
  const names = ['Upload', 'Preview', 'Process', 'Progress', 'Report', 'Rows', 'Lists'];
  expect(EXAMPLES.map(nameOf)).toEqual(names);
  const document = parse(DEFAULT_QUERY);
  expect(validate(schema, document)).toEqual([]);
  expect((document.definitions as OperationDefinitionNode[]).map(({ name }) => name?.value)).toEqual(names);
});

test('they run, one after the other as a reader would', async () => {
  const uploads = example('Upload');
  const id = await upload(JSON.stringify({ query: uploads, variables: { file: null } }), '{"0":["variables.file"]}');
  // as the example writes it for curl: the same bytes are the same dataset
  const curl = uploads.replaceAll(/^# /gm, '').replaceAll("'\\\n'", ''); // as a shell joins the lines
  const [, operations] = /operations='(.*)'/.exec(curl)!;
  const [, map] = /map='(.*?)'/.exec(curl)!;
  expect(await upload(operations!, map!)).toBe(id);

  const { previewDataset: preview } = await ask(withId('Preview', id));
  expect(preview.columns).toEqual([
    { name: 'city', type: 'text' },
    { name: 'amount', type: 'integer' },
  ]);
  expect(preview.rows).toHaveLength(20);

  const { processDataset: job } = await ask(withId('Process', id));
  const stream = await send(withId('Progress', job.id), 'text/event-stream');
  const states: string[] = [];
  for await (const { event, data } of events(stream))
    if (event === 'next') states.push(JSON.parse(data).data.jobProgress.state);
  expect(states.at(-1)).toBe('SUCCESS');

  const { datasets } = await ask(example('Report'));
  expect(datasets.edges[0].node).toMatchObject({ name: 'Sales', rowCount: 41 });
  expect(datasets.edges[0].node.report.columns.map(({ name }: { name: string }) => name)).toEqual(['city', 'amount']);

  const rows = async (where: string) => {
    const query = example('Rows');
    expect(query).toContain('where: []');
    return (await ask(query.replace('where: []', `where: ${where}`))).datasets.edges[0].node.rows;
  };
  expect((await rows('[]')).totalCount).toBe(41);
  const [outlier, duplicate] = /# (\[.*?\]),\n# or (\[.*?\])/.exec(example('Rows'))!.slice(1);
  expect((await rows(outlier!)).edges[0].node.values).toEqual({ city: 'Lima', amount: '900' });
  expect((await rows(duplicate!)).totalCount).toBe(38);

  const lists = await ask(example('Lists'));
  // real services hold what other tests have left
  const one = (node: object) =>
    onServices ? { totalCount: expect.any(Number), edges: expect.any(Array) } : { totalCount: 1, edges: [{ node }] };
  expect(lists.datasets).toMatchObject(one({ id, status: 'DONE' }));
  expect(lists.jobs).toMatchObject(one({ id: job.id, state: 'SUCCESS' }));
});

test('no line of a comment is wider than the editor, and curl calls the address of the page', async () => {
  const comments = DEFAULT_QUERY.split('\n').filter((line) => line.startsWith('#'));
  for (const line of comments) expect(line.length).toBeLessThan(60);
  const page = await fetch(`${server.url}/graphql`, { headers: { accept: 'text/html' } });
  expect(await page.text()).toContain(`curl ${server.url}/graphql `);
});
