import { parseString } from 'fast-csv';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { restApi } from '../support/rest-api.ts';
import { startServer, type TestServer } from '../support/server.ts';

const ROWS = 60_000;
let server: TestServer;
let id: string;
const get = (query: string, accept = '*/*') =>
  fetch(`${server.url}/datasets/${id}/rows${query}`, { headers: { accept }, redirect: 'manual' });

beforeAll(async () => {
  server = await startServer();
  const api = restApi(server.url);
  const line = (i: number) => `${i},${i % 5 === 0 ? '' : `"value, ""${i % 11}"""`},${i % 3}`;
  const content = `id,text,2019\n${Array.from({ length: ROWS }, (_, i) => line(i + 1)).join('\n')}\n`;
  id = (await api.upload({ name: 'Größen/2026', content, filename: 'sizes.csv', type: 'text/csv' })).id;
  for await (const _ of api.watch((await api.process(id, true)).id));
});
afterAll(() => server?.stop());

interface Row {
  row: number;
  values: Record<string, string | null>;
}
const where = (...conditions: object[]) =>
  conditions.map((each) => `where=${encodeURIComponent(JSON.stringify(each))}`).join('&');
const json = async (query: string) => (await (await get(query)).json()) as { rows: Row[]; next: string; count: number };

test('CSV has all rows that JSON has page by page', async () => {
  const asked = where({ column: 'text', is_null: false }, { column: '2019', in: ['1'] });
  const rows: Row[] = [];
  for (let after = ''; ; ) {
    const page = await json(`?${asked}&first=1000${after}`);
    rows.push(...page.rows);
    if (page.next === null) break;
    after = `&after=${page.next}`;
  }
  expect(rows).toHaveLength((await json(`?${asked}&first=1&count=true`)).count);
  const response = await get(`?${asked}`, 'text/csv');
  expect(response.headers.get('content-disposition')).toBe(
    `attachment; filename="Gr__en-2026-filtered-rows.csv"; filename*=UTF-8''Gr%C3%B6%C3%9Fen-2026-filtered-rows.csv`,
  );
  const [header, ...lines] = await Array.fromAsync(parseString(await response.text()));
  expect(header).toEqual(['row', 'id', 'text', '2019']);
  expect(lines).toEqual(rows.map(({ row, values }) => [`${row}`, values.id, values.text, values['2019']]));
  const some = await (await get(`?${asked}&format=csv&first=3`)).text();
  expect(some.split('\r\n')).toHaveLength(5);
  expect((await (await get('?format=csv')).text()).split('\r\n')).toHaveLength(ROWS + 2);
});

test('rows by number are the same rows, near each other or far apart', async () => {
  const apart = [1, 2, 700, 20_000, 20_001, 33_000, 45_000, 59_999];
  for (const wanted of [apart, apart.slice(0, 4), apart.slice(2, 3)]) {
    const { rows } = await json(`?rows=${wanted.join(',')},99999`);
    expect(rows.map(({ row }) => row)).toEqual(wanted);
    for (const row of rows)
      expect([row]).toEqual((await json(`?first=1${row.row > 1 ? `&after=row_${row.row - 1}` : ''}`)).rows);
  }
});

test('a browser gets the page of rows at the same address, with what it keeps there', async () => {
  const browser = 'text/html,application/xhtml+xml,*/*;q=0.8';
  for (const query of ['', '?rows=1', `?${where({ bad: true })}`, '?row=7&columns=1,2&wrap=true']) {
    const response = await get(query, browser);
    expect([query, response.status]).toEqual([query, 200]);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('vary')).toBe('accept, accept-encoding');
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(await response.text()).toContain('../../assets/');
  }
  const nowhere = `${server.url}/datasets/${crypto.randomUUID()}/rows`;
  expect((await fetch(nowhere, { headers: { accept: browser } })).status).toBe(404);
  const slash = await get('/?rows=1', browser);
  expect([slash.status, slash.headers.get('location')]).toEqual([308, '../rows?rows=1']);
  for (const query of ['?row=7', '?columns=1', '?wrap=true']) {
    const refused = await get(query);
    expect([refused.status, ((await refused.json()) as { detail: string }).detail]).toEqual([
      400,
      `"${query.slice(1).split('=')[0]}" is for the page of rows (text/html) alone: leave it out.`,
    ]);
  }
  // the page is sent all the same, but the status says that the address is not as the document allows
  for (const query of ['?row=-1', '?row=x', '?columns=01', '?rows=3-1', '?first=0', '?after=3', '?where=x']) {
    const response = await get(query, browser);
    expect([query, response.status, response.headers.get('content-type')]).toEqual([
      query,
      400,
      'text/html; charset=utf-8',
    ]);
  }
});
