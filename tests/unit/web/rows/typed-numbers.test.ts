import { expect, test } from 'vitest';
import { columnKinds, rowKinds } from '../../../../src/web/rows/filter-kinds.ts';
import type { Column, Report } from '../../../../src/web/rows/report.ts';
import { typedNumber, withoutSeparators } from '../../../../src/web/rows/typed-numbers.ts';

const column = (name: string, type: Column['type'], more = {}): Column => ({
  name,
  position: 1,
  type,
  null_count: 0,
  null_tokens: {},
  evidence: { exceptions: 0 },
  top_values: [],
  ...more,
});
const report: Report = {
  row_count: 417,
  columns: [
    column('gross', 'integer'),
    column('mixed', 'decimal', { evidence: { exceptions: 2 } }),
    column('name', 'text'),
    column('age', 'text', {
      resembles: { type: 'number', matching: 332, exceptions: 23, spellings: [{ like: 'percent', count: 9 }] },
    }),
  ],
  anomalies: {
    duplicates: { count: 1 },
    outliers: { gross: { count: 249, lower_fence: -70, upper_fence: 131_989_572 } },
  },
  bad_rows: { count: 0 },
  file: { format: 'csv', delimiter: ',', bytes: 1 },
};
const kindsOf = (name: string) => columnKinds(report.columns.find((each) => each.name === name)!, report);
const built = (name: string, id: string, first: string, second = '') =>
  (kindsOf(name).find((kind) => kind.id === id) ?? rowKinds(report).find((kind) => kind.id === id))!.build({
    first,
    second,
  });
const labels = (name: string) => kindsOf(name).map(({ label, count }) => `${label} ${count ?? ''}`.trim());

test.each([
  ['8,000,000', { column: 'gross', gte: 8e6, lte: 8e6 }],
  [' 8000000.0 ', { column: 'gross', gte: 8e6, lte: 8e6 }],
  ['-1.5', { column: 'gross', gte: -1.5, lte: -1.5 }],
  ['12,345,678,901,234,567,890', { column: 'gross', in: ['12345678901234567890'] }], // a float would be another number
  ['forty', '“forty” is not a number: write it like 8000000 or 1234.5.'],
  ['8.000.000', '“8.000.000” is not a number: write it like 8000000 or 1234.5.'],
  ['', '“” is not a number: write it like 8000000 or 1234.5.'],
])('a number column is %j', (text, condition) => expect(built('gross', 'in', text)).toEqual(condition));

test('a text among the numbers of a column, and any text of a text column, are found as they stand', () => {
  expect(built('mixed', 'in', 'forty')).toEqual({ column: 'mixed', in: ['forty'] });
  expect(built('name', 'in', '8,000,000')).toEqual({ column: 'name', in: ['8,000,000'] });
  expect(built('name', 'in', '')).toEqual({ column: 'name', in: [''] });
});

test('other conditions on a number column take its thousands separators as well', () => {
  expect(built('gross', 'not_in', '8,000,000')).toEqual({ column: 'gross', not_in: ['8000000'] });
  expect(built('gross', 'starts_with', '8,000')).toEqual({ column: 'gross', starts_with: '8000' });
  expect(built('gross', 'between', '1,000', '2 000 000')).toEqual({ column: 'gross', gte: 1_000, lte: 2_000_000 });
  expect(built('gross', 'between', '', '5')).toEqual({ column: 'gross', lte: 5 });
  expect(built('gross', 'between', 'x', '5')).toBe('“x” is not a number: write it like 8000000 or 1234.5.');
  expect(built('gross', 'between', ' ')).toBe('Fill in at least one of the two.');
  expect(built('gross', 'length', '1,000', '')).toEqual({ column: 'gross', min_length: 1_000 });
  expect(built('gross', 'length', '1.5')).toBe('“1.5” is not a whole number: write it like 1234.');
  expect(built('gross', 'duplicate_of', '1,033')).toEqual({ duplicate_of: 1_033 });
});

test('conditions are said as their chips say them', () => {
  expect(labels('gross')).toContain('is an outlier below -70 or above 131,989,572 249');
  expect(labels('gross')).toContain('is an outlier above 131,989,572');
  expect(labels('age')).toEqual(
    expect.arrayContaining([
      'can be read as a number 332',
      'cannot be read as a number 23',
      'is written with a % sign 9',
    ]),
  );
});

test.each([
  ['8,000,000', '8000000'],
  ['8 000 000.5', '8000000.5'],
  ["1'234", '1234'],
  [' 12 ', '12'],
  ['1,23', '1,23'],
  ['1,234 567', '1,234 567'],
  ['a,bcd', 'a,bcd'],
])('%j without thousands separators is %j', (text, plain) => expect(withoutSeparators(text)).toBe(plain));

test.each(['', '-', '0x10', 'Infinity', '1e999', '1,5', 'NaN'])('%j is no number', (text) =>
  expect(typedNumber(text)).toBeUndefined());
