import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Random } from '../../../bench/generators/random.ts';
import { taxiCsv, taxiJson, taxiNdjson } from '../../../bench/generators/taxi.ts';
import { dataFile, RECIPES } from '../../../bench/recipes.ts';
import { profileText } from '../../support/profile-text.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, rows: number, place = folder) => dataFile(place, name, rows / RECIPES[name]!.rows);
const rowsOf = (name: string) => (name.startsWith('wide') ? 20 : 500);

/** What the seed gives: figures of different days are of the same data only while these stay. */
const DIGESTS: Record<string, string> = {
  taxi: 'af682c614b1abdb7',
  text: '118186107836edcd',
  wide: '96962b90d0aea735',
  wide1000: '2056f0b7e1019bd7',
  ndjson: 'dc3956436c251886',
  json: 'f38b13eee8df3bab',
  small: 'af682c614b1abdb7',
};

test.each(Object.keys(RECIPES))('%s: the same bytes every time', (name) => {
  const digest = createHash('sha256')
    .update(readFileSync(file(name, rowsOf(name)).path))
    .digest('hex');
  expect(digest.slice(0, 16)).toBe(DIGESTS[name]);
});

test('another seed gives other data', () => {
  const text = (seed: number) => [...taxiCsv(new Random(seed), 50)].join('');
  expect(text(1)).toBe(text(1));
  expect(text(1)).not.toBe(text(2));
});

test('a file that is there is kept, and nothing unfinished stays', () => {
  const place = mkdtempSync(join(folder, 'kept-'));
  const { path, bytes } = file('small', 100, place);
  expect(bytes).toBe(readFileSync(path).length);
  writeFileSync(path, 'kept');
  expect(file('small', 100, place)).toEqual({ path, bytes: 4 });
  expect(readdirSync(place)).toHaveLength(1);
});

test.each([
  ['taxi', 17],
  ['text', 8],
  ['wide', 300],
  ['wide1000', 1_000],
  ['ndjson', 17],
  ['json', 17],
] as const)('%s has the rows, the columns and the repeated rows that it says', async (name, columns) => {
  const rows = name.startsWith('wide') ? 300 : 2_000;
  const { path } = file(name, rows);
  const report = JSON.parse(await profileText(readFileSync(path), RECIPES[name]!.format === 'csv' ? 'csv' : 'json'));
  expect(report.row_count).toBe(rows);
  expect(report.columns).toHaveLength(columns);
  expect(report.bad_rows.count).toBe(0);
  // one row in a hundred
  expect(report.anomalies.duplicates.count).toBeGreaterThan(0);
  expect(report.anomalies.duplicates.count).toBeLessThan(rows / 25);
});

test('both forms of JSON have the same records, also when there are none', () => {
  const text = (pieces: Iterable<string>) => [...pieces].join('');
  const lines = text(taxiNdjson(new Random(1), 50))
    .trim()
    .split('\n');
  expect(JSON.parse(text(taxiJson(new Random(1), 50)))).toEqual(lines.map((line) => JSON.parse(line)));
  expect(JSON.parse(text(taxiJson(new Random(1), 0)))).toEqual([]);
});
