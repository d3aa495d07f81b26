import { expect, test } from 'vitest';
import type { ColumnKind } from '../../../src/report/column-kinds.ts';
import { figureOfKind, isMeaningful } from '../../../src/report/kind-figures.ts';

test.each<[number | bigint | string, ColumnKind, string]>([
  [2_024, 'year', '2024'],
  [1_998.25, 'year', '1998'],
  [1_234_567, 'id', '1234567'],
  [12_345_678_901_234_567_890n, 'id', '12345678901234567890'],
  [98_101, 'code', '98101'],
  [98_101, 'measure', '98,101'],
  [1_700_000_000, 'date', '1700000000'],
  ['2024-01-31', 'id', '2024-01-31'],
])('%s of a column of kind %s is %s', (value, kind, shown) => expect(figureOfKind(value, kind)).toBe(shown));

test.each<[ColumnKind, string[]]>([
  ['id', []],
  ['code', []],
  ['category', []],
  ['flag', []],
  ['year', ['median']],
  ['measure', ['median', 'mean', 'outliers']],
  ['share', ['median', 'mean', 'outliers']],
  ['date', ['median', 'mean', 'outliers']],
])('of a column of kind %s these figures mean something: %j', (kind, figures) => {
  const names = ['min', 'median', 'mean', 'max', 'outliers'];
  expect(names.filter((name) => isMeaningful(kind, name))).toEqual([
    'min',
    ...figures.slice(0, 2),
    'max',
    ...figures.slice(2),
  ]);
});
