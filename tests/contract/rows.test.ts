import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Api, RowView } from '../support/api.ts';
import { graphqlApi } from '../support/graphql-api.ts';
import { restApi } from '../support/rest-api.ts';
import { onServices, startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

const ROWS = 2_000;
/** A table in which every fact that rows can be asked by occurs. */
function troubledTable(): string {
  const lines = ['id,amount,city,day,price,note'];
  for (let i = 1; i <= ROWS; i++) {
    const amount = i % 97 === 0 ? 'NA' : i % 111 === 0 ? 'unknown' : i % 222 === 5 ? `${i * 1_000}` : `${i % 50}`;
    const city = i % 60 === 0 ? ' Oslo ' : i % 61 === 0 ? 'São\u00a0Paulo' : ['Rome', 'Lima', 'Oslo', 'Bern'][i % 4]!;
    const day = i % 131 === 0 ? 'soon' : `2026-0${1 + (i % 9)}-1${i % 10}`;
    const price = i % 40 === 0 ? 'free' : `€${i % 9}.${10 + (i % 80)}`;
    const note = i % 83 === 0 ? '' : `note ${'x'.repeat(i % 13)}`;
    const row = [i, amount, city, day, price, note];
    if (i % 250 === 0) row.pop();
    if (i % 333 === 0) row.push('more', 'and more');
    lines.push(i % 200 === 7 ? lines[1]! : row.join(','));
  }
  return `${lines.join('\n')}\n`;
}

interface Report {
  row_count: number;
  null_counts: Record<string, number>;
  anomalies: {
    duplicates: { count: number; examples: { row: number; first_row: number }[] };
    outliers: Record<string, { count: number; lower_fence: number; upper_fence: number }>;
  };
  bad_rows: { count: number };
  columns: {
    name: string;
    count: number;
    evidence: { matching: number; exceptions: number };
    top_values: { value: string; count: number }[];
    histogram?: { edges: number[]; counts: number[] };
    white_space?: { count: number };
    invisible?: { code_point: string; count: number }[];
    resembles?: { matching: number; exceptions: number; spellings: { like: string; count: number }[] };
  }[];
}

/** Conditions, each with the number that the report states of it. */
function countedConditions(report: Report): [Record<string, unknown>, number][] {
  const { null_counts, anomalies, bad_rows, columns } = report;
  const found: [Record<string, unknown>, number][] = [
    [{ duplicate: true }, anomalies.duplicates.count],
    [{ duplicate: false }, report.row_count - anomalies.duplicates.count],
    [{ bad: true }, bad_rows.count],
    [{ bad: false }, report.row_count - bad_rows.count],
  ];
  for (const { name, count, evidence, ...column } of columns) {
    found.push([{ column: name, is_null: true }, null_counts[name]!]);
    found.push([{ column: name, is_null: false }, count]);
    found.push([{ column: name, of_type: true }, evidence.matching]);
    found.push([{ column: name, of_type: false }, evidence.exceptions]);
    for (const top of column.top_values) found.push([{ column: name, in: [top.value] }, top.count]);
    const most = column.top_values.slice(0, 3);
    const others = count - most.reduce((sum, top) => sum + top.count, 0);
    found.push([{ column: name, not_in: most.map(({ value }) => value) }, others]);
    column.histogram?.counts.forEach((inBin, i, { length }) => {
      const [from, to] = column.histogram!.edges.slice(i, i + 2);
      found.push([{ column: name, gte: from, [i === length - 1 ? 'lte' : 'lt']: to }, inBin]);
    });
    if (column.white_space) found.push([{ column: name, white_space: true }, column.white_space.count]);
    for (const each of column.invisible ?? []) found.push([{ column: name, invisible: each.code_point }, each.count]);
    const { resembles } = column;
    if (resembles) found.push([{ column: name, resembles: true }, resembles.matching]);
    if (resembles) found.push([{ column: name, resembles: false }, resembles.exceptions]);
    for (const { like, count: spelt } of resembles?.spellings ?? []) found.push([{ column: name, like }, spelt]);
  }
  for (const [name, { count }] of Object.entries(anomalies.outliers))
    found.push([{ column: name, outlier: 'any' }, count]);
  return found;
}

describe.each([
  ['REST', (url: string) => restApi(url)],
  ['GraphQL', (url: string) => graphqlApi(url)],
])(`rows over %s on ${onServices ? 'services' : 'embedded parts'}`, (_name, open) => {
  let api: Api;
  let id: string;
  let report: Report;

  async function processed(content: string, filename: string): Promise<string> {
    const dataset = await api.upload({ name: filename, content, filename });
    for await (const job of api.watch((await api.process(dataset.id)).id)) expect(job.state).not.toBe('failure');
    return dataset.id;
  }
  beforeAll(async () => {
    api = open(server.url);
    id = await processed(troubledTable(), 'troubled.csv');
    report = (await api.report(id)) as Report;
  });

  async function everyPage(where: Record<string, unknown>[], first: number): Promise<RowView[]> {
    const rows: RowView[] = [];
    for (let after: string | null = null; ; ) {
      const page = await api.rows(id, { where, first, after });
      rows.push(...page.rows);
      if (page.next === null) return rows;
      expect(page.rows).toHaveLength(first);
      after = page.next;
    }
  }

  test('each condition gives as many rows as the report counts', async () => {
    const conditions = countedConditions(report);
    expect(new Set(conditions.flatMap(([condition]) => Object.keys(condition)))).toEqual(
      new Set([
        ...['column', 'in', 'not_in', 'is_null', 'of_type', 'outlier', 'gte', 'lt', 'lte', 'white_space', 'invisible'],
        ...['resembles', 'like', 'duplicate', 'bad'],
      ]),
    );
    expect(conditions.filter(([, count]) => count === 0).length).toBeLessThan(conditions.length / 2);
    for (const [where, expected] of conditions) {
      const { rows, count } = await api.rows(id, { where, first: 1_000, count: true });
      expect([where, count]).toEqual([where, expected]);
      expect([where, rows.length]).toEqual([where, Math.min(expected, 1_000)]);
    }
  });

  test('all rows without conditions, each once over the pages', async () => {
    const rows = await everyPage([], 700);
    expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: ROWS }, (_, i) => i + 1));
    expect(rows[4]).toEqual({
      row: 5,
      line: 6,
      values: { id: '5', amount: '5000', city: 'Lima', day: '2026-06-15', price: '€5.15', note: 'note xxxxx' },
    });
    expect(rows[249]!.values.note).toBeNull();
    expect(rows[332]!.surplus).toEqual(['more', 'and more']);
    const { rows: first, next, count } = await api.rows(id, { count: true });
    expect([first.length, count]).toEqual([100, ROWS]);
    expect((await api.rows(id, { after: next, first: 1 })).rows[0]!.row).toBe(101);
  });

  test('pages of filtered rows give every row once, and the count is that of all pages', async () => {
    const where = [
      { column: 'city', in: ['Oslo', 'Rome'] },
      { column: 'amount', gte: 10, lt: 40 },
    ];
    const { rows: all, next, count } = await api.rows(id, { where, first: 1_000, count: true });
    expect([all.length, next]).toEqual([count, null]);
    expect(all.length).toBeGreaterThan(300);
    for (const first of [1_000, 97]) expect(await everyPage(where, first)).toEqual(all);
    const second = await api.rows(id, { where, first: 10, after: (await api.rows(id, { where, first: 10 })).next });
    expect(second.rows).toEqual(all.slice(10, 20));
    expect((await api.rows(id, { where, first: 10, after: second.next, count: true })).count).toBe(count);
  });

  test('a page that holds exactly the last rows has no next one', async () => {
    const where = { column: 'day', of_type: false };
    const { length } = (await api.rows(id, { where })).rows;
    expect(length).toBe(report.columns[3]!.evidence.exceptions);
    expect((await api.rows(id, { where, first: length })).next).toBeNull();
    expect((await api.rows(id, { where, first: length - 1 })).next).not.toBeNull();
    expect(await api.rows(id, { where: { column: 'id', in: ['nobody'] } })).toEqual({ rows: [], next: null });
  });

  test('texts are compared as they stand in the file', async () => {
    const rowsOf = async (where: Record<string, unknown>) => (await api.rows(id, { where })).rows.map(({ row }) => row);
    expect(await rowsOf({ column: 'city', contains: 'PAULO' })).toContain(61);
    expect(await rowsOf({ column: 'note', starts_with: 'Note' })).toEqual([]);
    expect(await rowsOf({ column: 'note', min_length: 17 })).toEqual(
      await rowsOf({ column: 'note', starts_with: 'note xxxxxxxxxxxx' }),
    );
    expect(await rowsOf({ column: 'city', in: [' Oslo '], max_length: 5 })).toEqual([]);
    expect(await rowsOf({ column: 'day', gte: '2026-09-18T00:00:00Z' })).toContain(8);
    expect(await rowsOf({ duplicate_of: 1 })).toEqual([1, ...Array.from({ length: 10 }, (_, i) => 7 + i * 200)]);
  });

  test('records of JSON, with the values that they have', async () => {
    const records = [
      { k: randomUUID(), n: 1, deep: { a: [1] } },
      { k: 'b', n: null },
      { k: 'b' },
      { n: 12345678901234 },
    ];
    const json = await processed(records.map((record) => JSON.stringify(record)).join('\n'), 'records.ndjson');
    const { rows } = await api.rows(json, { where: { column: 'n', is_null: false } });
    expect(rows).toEqual([
      { row: 1, line: 1, values: records[0] },
      { row: 4, line: 4, values: records[3] },
    ]);
    expect((await api.rows(json, { where: { duplicate: true } })).rows.map(({ row }) => row)).toEqual([3]);
  });

  test('refusals name the member and what is possible', async () => {
    const refused = (asked: Parameters<Api['rows']>[1], of = id) =>
      api.rows(of, asked).then(
        () => 'accepted',
        ({ code, message }) => `${code}: ${message.slice(code.length + 2)}`,
      );
    const spelt = (name: string) =>
      _name === 'REST' ? name : name.replace(/_(\w)/g, (_, x: string) => x.toUpperCase());
    expect(await refused({ where: { column: 'Amount', is_null: true } })).toBe(
      'BAD_REQUEST: There is no column "Amount". Did you mean "amount"?',
    );
    expect(await refused({ where: { column: 'size', is_null: true } })).toMatch(
      /^BAD_REQUEST: There is no column "size"\. There are "id", "amount", "city", "day", "price", "note"\.$/,
    );
    expect(await refused({ where: { column: 'city', outlier: 'high' } })).toMatch(
      /^BAD_REQUEST: "outlier" .*"city".*text/,
    );
    expect(await refused({ where: { column: 'amount', gte: 'much' } })).toMatch(
      /^BAD_REQUEST: "gte" .*"amount".*number/,
    );
    expect(await refused({ where: { column: 'day', lt: 5 } })).toMatch(/^BAD_REQUEST: "lt" .*"day".*date/);
    expect(await refused({ where: { min_length: 3 } })).toMatch(
      `BAD_REQUEST: "${spelt('min_length')}" needs a "column"`,
    );
    expect(await refused({ where: { duplicate_of: ROWS + 1 } })).toBe(
      `BAD_REQUEST: "${spelt('duplicate_of')}" names row 2,001; the dataset has 2,000 rows.`,
    );
    expect(await refused({ where: { column: 'id', nothing: true } })).toMatch(/^BAD_REQUEST: .*nothing/);
    expect(await refused({ where: { column: 'id', is_null: 'no' } })).toMatch(/^BAD_REQUEST/);
    expect(await refused({ where: { column: 'id', in: [] } })).toMatch(/^BAD_REQUEST: "in" .*1,000/);
    expect(await refused({ where: { column: 'id' } })).toMatch(/^BAD_REQUEST: .*"id"/);
    expect(await refused({ where: {} })).toMatch(/^BAD_REQUEST: .*empty/);
    const many = Array.from({ length: 21 }, () => ({ column: 'id', is_null: false }));
    expect(await refused({ where: many })).toMatch(/^BAD_REQUEST: .*20 conditions/);
    expect(await refused({ first: 0 })).toMatch(/^BAD_REQUEST: "first" .*1 to 1,000/);
    expect(await refused({ first: 1_001 })).toMatch(/^BAD_REQUEST: "first"/);
    expect(await refused({ after: '7' })).toMatch(/^BAD_REQUEST: "after" is not a cursor/);
    const unprocessed = await api.upload({ name: 'x', content: `a\n${randomUUID()}\n`, filename: 'x.csv' });
    expect(await refused({}, unprocessed.id)).toMatch(/^NOT_FOUND: Dataset .* has no report/);
  });

  test('several scans at once give what each gives alone', async () => {
    const asked = report.columns.flatMap(({ name }) => [
      { where: { column: name, is_null: true }, count: true },
      { where: { column: name, of_type: false }, count: true },
    ]);
    const alone: unknown[] = [];
    for (const each of asked) alone.push(await api.rows(id, each));
    expect(await Promise.all(asked.map((each) => api.rows(id, each)))).toEqual(alone);
  });
});
