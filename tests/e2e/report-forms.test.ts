import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { restApi } from '../support/rest-api.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { validReport } from '../support/valid-report.ts';

const CONTENT = 'id,"<script>alert(1)</script>",2019\n1,=cmd(),5\n2,"a,b",6\n3,x\n4,"q""q",8,9\n';
let server: TestServer;
let id: string;
const get = (path: string, accept = '*/*') => fetch(`${server.url}/datasets/${id}/${path}`, { headers: { accept } });

beforeAll(async () => {
  server = await startServer();
  const api = restApi(server.url);
  const dataset = await api.upload({ name: '<b>forms</b>', content: CONTENT, filename: 'forms.csv', type: 'text/csv' });
  id = dataset.id;
  for await (const _ of api.watch((await api.process(id, true)).id));
});
afterAll(() => server?.stop());

test('the report as JSON, as a page for browsers, as CSV and Markdown', async () => {
  const json = await get('report');
  expect(json.headers.get('content-type')).toMatch(/^application\/json/);
  await validReport(server.url, await json.json());
  const browser = 'text/html,application/xhtml+xml,*/*;q=0.8';
  for (const response of [await get('report', browser), await get('report.html')]) {
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    const page = await response.text();
    expect(page).toContain('&lt;b&gt;forms&lt;/b&gt;');
    expect(page.match(/<script/g)).toHaveLength(1);
  }
  expect(await (await get('report.csv')).text()).toMatch(/^position,name,type,.*\r\n/);
  expect(await (await get('report.md')).text()).toContain('&#60;b>forms');
});

test('pages and exports say where they come from, in their text and file name; report.json does not', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const digest = createHash('sha256').update(CONTENT).digest('hex');
  const page = await (await get('report.html')).text();
  const markdown = await (await get('report.md')).text();
  for (const text of [page, markdown])
    for (const fact of ['forms.csv', digest, `Dataset Reports ${version}`, ' UTC']) expect(text).toContain(fact);
  for (const fact of ['forms.csv', digest, version]) expect(await (await get('report')).text()).not.toContain(fact);
  const names: Record<string, string> = {
    report: 'inline; filename="b-forms-b-report.json"',
    'report.html': 'inline; filename="b-forms-b-report.html"',
    'report.csv': 'attachment; filename="b-forms-b-report.csv"',
    'report.md': 'attachment; filename="b-forms-b-report.md"',
    'rows?rows=1&format=csv': 'attachment; filename="b-forms-b-rows.csv"',
    file: 'attachment; filename="forms.csv"',
  };
  for (const [path, name] of Object.entries(names))
    expect((await get(path)).headers.get('content-disposition'), path).toMatch(name);
});

test('rows behind the numbers, as JSON, CSV and a page', async () => {
  const script = '<script>alert(1)</script>';
  expect(await (await get('rows?rows=4,1,3,99')).json()).toEqual({
    rows: [
      { row: 1, line: 2, values: { id: '1', [script]: '=cmd()', '2019': '5' } },
      { row: 3, line: 4, values: { id: '3', [script]: 'x', '2019': null } },
      { row: 4, line: 5, values: { id: '4', [script]: 'q"q', '2019': '8' }, surplus: ['9'] },
    ],
  });
  const plain = await (await get('rows?rows=1-2', 'text/csv')).text();
  expect(plain).toContain('=cmd()');
  const safe = await get('rows?rows=1&format=csv&spreadsheet=true');
  expect(safe.headers.get('content-disposition')).toBe(
    `attachment; filename="b-forms-b-rows.csv"; filename*=UTF-8''b-forms-b-rows.csv`,
  );
  expect(await safe.text()).toContain("'=cmd()");
});

test('refusals', async () => {
  for (const query of ['?rows=0', '?rows=1-5000', '?rows=1&format=xml', '?rows=1&spreadsheet=yes'])
    expect((await get(`rows${query}`)).status).toBe(400);
  const nowhere = crypto.randomUUID();
  for (const path of ['rows?rows=1', 'report', 'report.html', 'report.csv', 'report.md'])
    expect((await fetch(`${server.url}/datasets/${nowhere}/${path}`)).status).toBe(404);
});

test('integers beyond 2^53 have all their digits, but where four are shown', async () => {
  const api = restApi(server.url);
  const large = '12345678901234567890';
  const content = `n,x\n-${large},1e300\n1,2.5\n${large},3\n`;
  const dataset = await api.upload({ name: 'large', content, filename: 'large.csv', type: 'text/csv' });
  for await (const _ of api.watch((await api.process(dataset.id, true)).id));
  const query = `{ dataset(id: "${dataset.id}") { report {
    columns { min max } numeric { column max } anomalies { outliers { lowerFence } } json } } }`;
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const text = await response.text();
  expect(JSON.parse(text).errors).toBeUndefined();
  expect(text).toContain(`"columns":[{"min":-${large},"max":${large}}`);
  expect(text).toMatch(new RegExp(`"json":.*"min":-${large}`, 's'));
  expect(JSON.parse(text).data.dataset.report.numeric).toEqual([
    { column: 'n', max: Number(large) },
    { column: 'x', max: 1e300 },
  ]);
  const form = async (path: string) => (await fetch(`${server.url}/datasets/${dataset.id}/${path}`)).text();
  expect(await form('report')).toContain(`"min": -${large}`);
  expect(await form('report.csv')).toContain(`,-${large},${large},`);
  // four digits are shown, all where the pointer rests on them
  expect(await form('report.html')).toContain(`<span title="${large}">1.235e+19</span>`);
  expect(await form('report.md')).toContain('| 1.235e+19 |');
});

test.each([
  'report',
  'report.html',
  'report.csv',
  'report.md',
])('%s of no dataset says that there is none', async (form) => {
  const id = '00000000-0000-4000-8000-000000000000';
  const response = await fetch(`${server.url}/datasets/${id}/${form}`);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ detail: `Dataset ${id} does not exist or was deleted.` });
});
