import { expect, test } from 'vitest';
import { describeColumn } from '../../../src/report/describe-table.ts';
import { column, document } from '../../support/report-document.ts';

/** The cells of one column, without its name. */
function cells(changes: Parameters<typeof column>[0]) {
  const only = column(changes);
  const { name: _, ...rest } = describeColumn(only, document([only]));
  return Object.values(rest);
}

test('of a measure all figures, four digits each', () => {
  const facts = { min: -1.23456, max: 1_234_567, mean: 32.2042, null_count: 7, count: 93 };
  expect(cells({ name: 'price', type: 'decimal', kind: 'measure', ...facts })).toEqual([
    'measure',
    '7 %',
    '40',
    '-1.235',
    '50',
    '32.2',
    '1,234,567',
    '0',
  ]);
});

test.each([
  ['id', ['id', '0 %', '40', '1', '', '', '1234567', '']],
  ['code', ['code', '0 %', '40', '1', '', '', '1234567', '']],
  ['category', ['category', '0 %', '40', '1', '', '', '1,234,567', '']],
  ['flag', ['flag', '0 %', '40', '1', '', '', '1,234,567', '']],
  ['year', ['year', '0 %', '40', '1', '50', '', '1234567', '']],
] as const)('of the kind %s no figures that mean nothing', (kind, expected) => {
  expect(cells({ name: 'x', type: 'integer', kind, max: 1_234_567 })).toEqual(expected);
});

test('of dates the ends as they stand in the file, of texts lengths', () => {
  const ends = { min: '2024-01-01', max: '2024-12-31', quartiles: undefined };
  expect(cells({ name: 'when', type: 'date', kind: 'date', ...ends })).toEqual([
    'date',
    '0 %',
    '40',
    '2024-01-01',
    '',
    '',
    '2024-12-31',
    '',
  ]);
  expect(cells({ name: 'note', type: 'text', kind: 'text' })).toEqual([
    'text',
    '0 %',
    '40',
    '1 char',
    '',
    '3 chars',
    '5 chars',
    '',
  ]);
});
