import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { parseString } from 'fast-csv';
import * as statistics from 'simple-statistics';
import { expect, test } from 'vitest';
import { CsvScanner } from '../../../src/processing/csv-scanner.ts';
import { quantile } from '../../../src/processing/quartiles.ts';
import { meanOf, Sum } from '../../../src/processing/sum.ts';
import { profileText } from '../../support/profile-text.ts';

function scan(text: string): string[][] {
  const rows: string[][] = [];
  const scanner = new CsvScanner(',', ({ fields, width }) => {
    rows.push(fields.slice(0, width).map((field) => Buffer.from(field, 'latin1').toString()));
    return undefined;
  });
  scanner.push(Buffer.from(text));
  scanner.end();
  return rows;
}
const byFastCsv = (text: string) =>
  new Promise<string[][]>((resolve, reject) => {
    const rows: string[][] = [];
    parseString(text, { headers: false })
      .on('error', reject)
      .on('data', (row: string[]) => rows.push(row))
      .on('end', () => resolve(rows));
  });

test('quoted fields are what fast-csv reads', async () => {
  const field = fc.string({ maxLength: 12 }).map((text) => text.replaceAll('\u0000', ''));
  const rows = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(rows, async (table) => {
      const text = table.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\n');
      expect(scan(text)).toEqual(await byFastCsv(text));
    }),
    { numRuns: 100 },
  );
});

test('the files of csv-spectrum are tables', async () => {
  const folder = join(dirname(createRequire(import.meta.url).resolve('csv-spectrum/package.json')), 'csvs');
  const files = readdirSync(folder).filter((name) => name.endsWith('.csv'));
  expect(files.length).toBeGreaterThan(8);
  for (const name of files) {
    const expected = JSON.parse(
      readFileSync(join(folder, '..', 'json', name.replace('.csv', '.json')), 'utf8'),
    ) as unknown;
    const report = JSON.parse(await profileText(readFileSync(join(folder, name)), 'csv'));
    expect(report.row_count, name).toBe([expected].flat().length);
  }
});

test('mean, minimum and maximum agree with simple-statistics', async () => {
  const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }), {
    minLength: 1,
    maxLength: 50,
  });
  await fc.assert(
    fc.asyncProperty(values, async (list) => {
      const { numeric } = JSON.parse(await profileText(`v\n${list.join('\n')}\n`, 'csv'));
      const { min, max, mean } = numeric.v;
      expect(min).toBe(statistics.min(list) || 0);
      expect(max).toBe(statistics.max(list) || 0);
      const scale = Math.max(...list.map(Math.abs), Number.MIN_VALUE);
      expect(Math.abs(mean - statistics.mean(list))).toBeLessThanOrEqual(scale * 1e-12);
    }),
    { numRuns: 100 },
  );
});

test('the mean holds 14 digits on an offset of 1e9 with a spread of 0.1', () => {
  const sum = new Sum();
  const scaled: bigint[] = [];
  const values = Float64Array.from({ length: 10_000 }, (_, i) => 1e9 + (i % 97) * 0.1);
  for (const value of values) {
    sum.add(value);
    scaled.push(BigInt(Math.round(value * 2 ** 22)));
  }
  const exact = Number(scaled.reduce((a, b) => a + b, 0n)) / 2 ** 22 / values.length;
  expect(Math.abs(meanOf(values, sum) - exact) / exact).toBeLessThan(1e-14);
});

test('the mean is finite where the sum is not', () => {
  const values = new Float64Array([1e308, 1e308, 1e308]);
  const sum = new Sum();
  for (const value of values) sum.add(value);
  expect(meanOf(values, sum)).toBeCloseTo(1e308, -294);
});

test('quantiles are type 7', () => {
  const sorted = new Float64Array([1, 2, 4, 8, 16, 32]);
  expect([0, 0.25, 0.5, 0.75, 1].map((p) => quantile(sorted, p))).toEqual([1, 2.5, 6, 14, 32]); // numpy.quantile
});
