import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { alertTable } from '../../../src/report/alert-table.ts';
import { alertsOf } from '../../../src/report/alerts.ts';
import type { ColumnReport, ReportDocument } from '../../../src/report/document.ts';
import { column, document } from '../../support/report-document.ts';

const codes = (facts: Partial<ColumnReport>, changes?: Partial<ReportDocument>) =>
  alertsOf(document([column({ name: 'a', ...facts })], changes)).map(({ code, severity }) => `${code} ${severity}`);
const top = (...values: string[]) => values.map((value) => ({ value, count: 10 }));
const exact = (count: number) => ({ count, exact: true });
const outliers = (value: number) => ({
  anomalies: {
    duplicates: { count: 0, examples: [] },
    outliers: { a: { count: 1, lower_fence: 0, upper_fence: 40, examples: [{ row: 3, value }] } },
  },
});

test('an ordinary column has none', () => {
  expect(codes({})).toEqual([]);
  expect(codes({ type: 'integer' })).toEqual([]);
  expect(codes({ type: 'date', min: '2020-01-01', max: '2024-01-01', top_values: top('2020-01-01') })).toEqual([]);
});

describe('each alert, and what lies just under its threshold', () => {
  const cases: [string, Partial<ColumnReport>, Partial<ColumnReport>][] = [
    ['all_null error', { type: 'empty', count: 0, null_count: 100, top_values: [], distinct: exact(0) }, {}],
    ['many_nulls warning', { count: 80, null_count: 20 }, { count: 81, null_count: 19 }],
    ['many_nulls error', { count: 20, null_count: 80 }, { count: 81, null_count: 19 }],
    ['constant warning', { distinct: exact(1), top_values: [{ value: 'x', count: 100 }] }, {}],
    [
      'almost_constant warning',
      { distinct: exact(3), top_values: [{ value: 'x', count: 95 }, ...top('y')] },
      { distinct: exact(40), top_values: [{ value: 'x', count: 60 }] },
    ],
    ['unique info', { distinct: exact(100) }, { distinct: { count: 100, exact: false }, type: 'boolean' }],
    ['high_cardinality info', { distinct: exact(50) }, { distinct: exact(49) }],
    [
      'imbalanced info',
      {
        distinct: exact(2),
        top_values: [
          { value: 'x', count: 92 },
          { value: 'y', count: 8 },
        ],
      },
      {
        distinct: exact(2),
        top_values: [
          { value: 'x', count: 60 },
          { value: 'y', count: 40 },
        ],
      },
    ],
    ['many_zeros info', { type: 'integer', zeros: 50 }, { type: 'integer', zeros: 49 }],
    ['skewed info', { type: 'decimal', mean: 60, std: 29 }, { type: 'decimal', mean: 59, std: 29 }],
    [
      'mixed_types warning',
      { type: 'integer', evidence: { matching: 97, exceptions: 3, examples: [{ row: 4, value: 'x' }] } },
      { type: 'integer' },
    ],
    ['mixed_types warning', { top_values: top('12', 'abc') }, { top_values: top('x12', 'abc') }],
    ['whitespace warning', { top_values: top(' a', 'b') }, { top_values: top('a', 'b') }],
    ['leading_zeros info', { top_values: top('00123', '99999') }, { top_values: top('x00123') }],
    ['numbers_as_text warning', { top_values: top('1,234', '$5.00', '12 %') }, { top_values: top('1,234', 'x', 'y') }],
    ['date_formats warning', { top_values: top('31.12.2020', '2020-12-31') }, { top_values: top('31.12.2020', 'x') }],
    ['dates_as_text info', { top_values: top('12/31/2020', '1/2/2020') }, { top_values: top('12/31/2020', 'x') }],
    [
      'truncated warning',
      { length: { min: 10, max: 20, mean: 19 }, top_values: top('a'.repeat(20), 'b'.repeat(20), 'c'.repeat(20)) },
      { length: { min: 11, max: 20, mean: 19 }, top_values: top('a'.repeat(20), 'b'.repeat(20), 'c'.repeat(20)) },
    ],
    [
      'skewed info',
      { type: 'decimal', mean: 60, std: 40, quartiles: { q1: 45, median: 50, q3: 75 } },
      { type: 'decimal', mean: 60, std: 40, quartiles: { q1: 25, median: 50, q3: 55 } },
    ],
    [
      'suspicious_dates warning',
      { type: 'date', min: '1899-01-02', max: '2020-01-01', top_values: [] },
      { type: 'date', min: '1900-01-02', max: '2100-01-01', top_values: [] },
    ],
    [
      'suspicious_dates warning',
      { type: 'datetime', min: '1970-01-01T00:00', max: '2020-01-01', top_values: top('1970-01-01T00:00') },
      { type: 'date', min: '1970-01-02', max: '2020-01-01', top_values: top('1970-01-02') },
    ],
  ];
  test.each(cases)('%s', (code, above, below) => {
    expect(codes(above)).toContain(code);
    expect(codes(below)).not.toContain(code);
  });
});

test('outliers: a warning beyond the outer fence only', () => {
  expect(codes({ type: 'integer' }, outliers(55))).toContain('outliers info');
  expect(codes({ type: 'integer' }, outliers(56))).toContain('outliers warning');
});

test('outliers: a range of 0 makes every other value one, which says little; of a constant nothing is said', () => {
  const found = outliers(900);
  Object.assign(found.anomalies.outliers.a, { lower_fence: 5, upper_fence: 5 });
  expect(codes({ type: 'integer' }, found)).toContain('outliers info');
  const almost = { distinct: exact(3), top_values: [{ value: '5', count: 96 }], zeros: 96 };
  expect(codes({ type: 'integer', ...almost }, found)).toEqual(['almost_constant warning']);
});

test('without top values nothing is said of the spelling', () => {
  expect(codes({ top_values: [], distinct: { count: 90, exact: false } })).toEqual(['high_cardinality info']);
});

test('the documentation has the table', () => {
  expect(readFileSync('docs/alerts.md', 'utf8')).toContain(alertTable());
});

test('of the whole file: duplicates, bad rows, encoding, header', () => {
  const all = alertsOf(
    document([column({ name: '12.5' }), column({ name: '2020-01-01' }), column({ name: 'x' })], {
      anomalies: { duplicates: { count: 10, examples: [{ row: 5, first_row: 1 }] }, outliers: {} },
      bad_rows: { count: 1, examples: [{ row: 7, line: 9, fields: 5, expected: 4 }] },
      warnings: [{ code: 'encoding_fallback', message: 'Byte 5 is not UTF-8.' }],
    }),
  );
  expect(all.map(({ code, severity }) => `${code} ${severity}`)).toEqual([
    'duplicates error',
    'bad_rows warning',
    'encoding_repaired warning',
    'header_looks_like_data warning',
  ]);
  expect(all[0]!.message).toBe('10 rows repeat an earlier one (10 %): row 5 is row 1 again.');
});

test('years may be names, and so may __proto__', () => {
  expect(
    alertsOf(document([column({ name: '2019' }), column({ name: '2020' }), column({ name: '__proto__' })])),
  ).toEqual([]);
});

test('a value in a sentence is cut and on one line', () => {
  const [alert] = alertsOf(
    document([column({ name: 'a', distinct: exact(1), top_values: [{ value: `x\n${'y'.repeat(100)}`, count: 100 }] })]),
  );
  expect(alert!.message).toBe(`Every value is "x ${'y'.repeat(58)}…".`);
});

test('the figures of an alert are numbers, at the ends of the doubles too', () => {
  const quartiles = { q1: -1.7e308, median: 1.7e308, q3: 1.7e308 };
  const facts = { type: 'decimal', min: -1.7e308, max: 1.7e308, mean: 7.5e307, std: 1.5e308, quartiles } as const;
  const [alert] = alertsOf(document([column({ name: 'a', ...facts })])).filter(({ code }) => code === 'skewed');
  expect(alert!.numbers.skewness).toBeCloseTo(-1.9, 10);
});
