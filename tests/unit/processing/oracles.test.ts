import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { parseString } from 'fast-csv';
import * as statistics from 'simple-statistics';
import { expect, test } from 'vitest';
import { CsvScanner } from '../../../src/processing/formats/csv/scanner.ts';
import { Histogram } from '../../../src/processing/statistics/histogram.ts';
import { ListedNumbers, ListedPairs } from '../../../src/processing/statistics/in-memory-numbers.ts';
import { deviationOf, meanOf, momentScale } from '../../../src/processing/statistics/mean-and-std.ts';
import type { NumberBag } from '../../../src/processing/statistics/number-bag.ts';
import { profileText } from '../../support/profile-text.ts';

function scan(text: string): string[][] {
  const rows: string[][] = [];
  const scanner = new CsvScanner(',', ({ fields, width }) => {
    rows.push(fields.slice(0, width).map((field) => Buffer.from(field, 'latin1').toString()));
    return undefined;
  });
  scanner.rowsBefore = 10; // rows of empty fields too
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

/** Mean and deviation of numbers that are kept one by one. */
const moments = (values: Float64Array) => {
  const bag: NumberBag = {
    min: Math.min(...values),
    max: Math.max(...values),
    count: values.length,
    pairs: new ListedPairs(new Float64Array()),
    stored: new ListedNumbers(values),
  };
  const scale = momentScale(bag);
  const center = meanOf(bag, scale, bag.stored.survey(scale, undefined, new Histogram(bag.min, bag.max)));
  const collection = bag.stored.collect(scale, center.mean, center.rest, undefined);
  return { mean: center.mean / scale, std: deviationOf(bag, center, collection) };
};

test('mean and deviation hold 14 digits on an offset of 1e9 with a spread of 0.1', () => {
  const values = Float64Array.from({ length: 10_000 }, (_, i) => 1e9 + (i % 97) * 0.1);
  const scaled = Array.from(values, (value) => BigInt(value * 2 ** 30)); // exact: whole multiples of 2^-30
  const n = BigInt(values.length);
  const sum = scaled.reduce((a, b) => a + b, 0n);
  const mean = Number(sum) / 2 ** 30 / values.length;
  const squares = scaled.reduce((a, b) => a + (b * n - sum) ** 2n, 0n);
  const std = Math.sqrt(Number((squares << 40n) / (n * n * (n - 1n))) / 2 ** 100);
  const found = moments(values);
  expect(Math.abs(found.mean - mean) / mean).toBeLessThan(1e-14);
  expect(Math.abs(found.std! - std) / std).toBeLessThan(1e-14);
});

test('the mean is finite where the sum is not', () => {
  expect(moments(new Float64Array([1e308, 1e308, 1e308])).mean).toBeCloseTo(1e308, -294);
});

test.each([
  ['csv', `v\n${[32, 1, 16, 2, 8, 4].join('\n')}\n`],
  ['json', JSON.stringify([32, 1, 16, 2, 8, 4].map((v) => ({ v })))],
] as const)('quartiles are type 7: %s', async (format, text) => {
  const [column] = JSON.parse(await profileText(text, format)).columns;
  expect(column.quartiles).toEqual({ q1: 2.5, median: 6, q3: 14 }); // numpy.quantile
});

test('a CSV and the same rows as JSON have the same facts of their columns', async () => {
  const value = fc.oneof(
    fc.constantFrom(
      '7',
      '-1.5',
      'x',
      'true',
      '2024-02-29',
      '2024-02-29T23:59:59.25+02:00',
      '2024-03-01 00:00',
      '007',
      ' y ',
    ),
    fc.integer().map(String),
  );
  const rows = fc.array(fc.record({ a: value, b: value }), { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(rows, async (table) => {
      const quoted = (text: string) => `"${text}"`;
      const csv = `a,b\n${table.map(({ a, b }) => `${quoted(a)},${quoted(b)}`).join('\n')}\n`;
      const facts = async (text: string, format: 'csv' | 'json') =>
        JSON.parse(await profileText(text, format)).columns.map((column: Record<string, object>) => ({
          ...column,
          std: undefined,
          evidence: { ...column.evidence, strings: undefined },
        }));
      expect(await facts(JSON.stringify(table), 'json')).toEqual(await facts(csv, 'csv'));
    }),
    { numRuns: 200, seed: 8 },
  );
});
