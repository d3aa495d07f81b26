import { afterAll, beforeAll, expect, test } from 'vitest';
import { graphqlApi } from '../support/graphql-api.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
const ids: string[] = [];
/** In every name: real services hold what other tests have left. */
const mark = `lists-${process.pid}-${Date.now()}`;
beforeAll(async () => {
  server = await startServer();
  const api = graphqlApi(server.url);
  for (const [name, rows] of Object.entries({ a: '1,x\n1,x\n', b: '1,x\n', unread: '2,y\n' })) {
    const { id } = await api.upload({
      name: `${mark} ${name}`,
      content: `id,v\n${rows}${mark},z\n`,
      filename: 'a.csv',
    });
    ids.push(id);
    if (name !== 'unread') for await (const _ of api.watch((await api.process(id)).id));
  }
});
afterAll(() => server?.stop());

async function ask(query: string, variables: object = {}) {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

test('totalCount is of all pages, under the same conditions', async () => {
  const data = await ask(`{
    all: datasets(first: 1, search: "${mark}") { totalCount edges { node { name } } }
    done: datasets(first: 1, search: "${mark}", status: DONE) { totalCount }
    found: datasets(search: "${mark} UNR") { totalCount }
    none: datasets(search: "${mark}", status: FAILED) { totalCount edges { cursor } }
    jobs(first: 1, datasetId: "${ids[1]}") { totalCount }
    succeeded: jobs(first: 1, state: SUCCESS, datasetId: "${ids[0]}") { totalCount }
  }`);
  expect(data).toEqual({
    all: { totalCount: 3, edges: [{ node: { name: `${mark} unread` } }] },
    done: { totalCount: 2 },
    found: { totalCount: 1 },
    none: { totalCount: 0, edges: [] },
    jobs: { totalCount: 1 },
    succeeded: { totalCount: 1 },
  });
});

test('a dataset has the counts of its alerts, as its report lists them', async () => {
  const fields = '{ alertCounts { errors warnings infos } report { alerts { severity } } jobs { totalCount } }';
  const data = (await ask(`{ a: dataset(id: "${ids[0]}") ${fields} unread: dataset(id: "${ids[2]}") ${fields} }`)) as {
    a: { alertCounts: object; report: { alerts: { severity: string }[] } };
  };
  const { alerts } = data.a.report;
  const of = (wanted: string) => alerts.filter(({ severity }) => severity === wanted).length;
  expect(alerts.length).toBeGreaterThan(0);
  expect(data).toMatchObject({
    a: {
      alertCounts: { errors: of('error'), warnings: of('warning'), infos: of('info') },
      jobs: { totalCount: 1 },
    },
    unread: { alertCounts: null, report: null, jobs: { totalCount: 0 } },
  });
});

test('one column of a report by its name', async () => {
  const query = 'query ($id: ID!, $name: String) { dataset(id: $id) { report { columns(name: $name) { name } } } }';
  const columns = async (name?: string | null) =>
    ((await ask(query, { id: ids[0], name })) as { dataset: { report: { columns: unknown } } }).dataset.report.columns;
  expect(await columns('v')).toEqual([{ name: 'v' }]);
  expect(await columns('V')).toEqual([]);
  expect(await columns('')).toEqual([]);
  expect(await columns(null)).toEqual([{ name: 'id' }, { name: 'v' }]);
  expect(await columns()).toEqual([{ name: 'id' }, { name: 'v' }]);
});

test('options of reading are given where they are asked for, and count for much', async () => {
  const options = { delimiter: '|' };
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ options });
  await fetch(`${server.url}/datasets/${ids[2]}/process`, { method: 'POST', headers, body });
  const data = await ask(`{
    datasets(first: 2, search: "${mark}") { edges { node { options } } }
    jobs(first: 1, datasetId: "${ids[2]}") { edges { node { dataset { id options } } } }
  }`);
  expect(data).toEqual({
    datasets: { edges: [{ node: { options } }, { node: { options: null } }] },
    jobs: { edges: [{ node: { dataset: { id: ids[2], options } } }] },
  });
  const query = '{ datasets(first: 500) { edges { node { options } } } }';
  const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  const { errors } = (await response.json()) as { errors: { message: string }[] };
  expect(errors[0]!.message).toMatch(/^The operation may read 13,000 objects/);
});
