import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseString } from 'fast-csv';
import * as statistics from 'simple-statistics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Api } from '../support/api.ts';
import { graphqlApi } from '../support/graphql-api.ts';
import { restApi } from '../support/rest-api.ts';
import { startServer, type TestServer } from '../support/server.ts';

const folder = 'node_modules/vega-datasets/data';
let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

type Row = Record<string, unknown>;
interface Report {
  row_count: number;
  null_counts: Record<string, number>;
  numeric: Record<string, { min: number; max: number; mean: number }>;
  anomalies: { duplicates: { count: number } };
}

/** The rows as other parsers read them: fast-csv and JSON.parse. */
function readRows(name: string): Promise<Row[]> {
  const text = readFileSync(join(folder, name), 'utf8');
  if (name.endsWith('.json')) return Promise.resolve(JSON.parse(text));
  return new Promise((resolve, reject) => {
    const rows: Row[] = [];
    parseString<Row, Row>(text, { headers: true })
      .on('error', reject)
      .on('data', (row) => rows.push(row))
      .on('end', () => resolve(rows));
  });
}

describe.each([
  ['REST', restApi],
  ['GraphQL', graphqlApi],
] as [string, (url: string) => Api][])('%s', (_name, open) => {
  test.each([
    'seattle-weather.csv',
    'airports.csv',
    'cars.json',
  ])('%s: the report agrees with other programs', async (name) => {
    const api = open(server.url);
    const dataset = await api.upload({ name, content: readFileSync(join(folder, name)), filename: name });
    const job = await api.process(dataset.id, true);
    for await (const { state, error } of api.watch(job.id)) if (state === 'failure') throw new Error(String(error));
    const report = (await api.report(dataset.id)) as Report;
    const rows = await readRows(name);
    expect(report.row_count).toBe(rows.length);
    expect(report.anomalies.duplicates.count).toBe(rows.length - new Set(rows.map((row) => JSON.stringify(row))).size);
    const columns = Object.keys(report.numeric);
    expect(columns.length).toBeGreaterThan(1);
    for (const column of columns) {
      const values = rows
        .map((row) => row[column])
        .filter((value) => value !== null && value !== undefined && value !== '')
        .map(Number);
      const { min, max, mean } = report.numeric[column]!;
      expect([min, max], column).toEqual([statistics.min(values), statistics.max(values)]);
      expect(mean, column).toBeCloseTo(statistics.mean(values), 9);
      expect(report.null_counts[column], column).toBe(rows.length - values.length);
    }
  });
});
