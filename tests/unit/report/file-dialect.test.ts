import { expect, test } from 'vitest';
import { dialectOf } from '../../../src/report/file-dialect.ts';

test.each([
  [',', 'utf-8, comma, LF'],
  [' ', 'utf-8, space, LF'],
  ['^', 'utf-8, ^, LF'],
  ['¦', 'utf-8, ¦, LF'],
  ['\u0001', 'utf-8, U+0001, LF'],
])('the delimiter %j', (delimiter, shown) => {
  const file = { format: 'csv', encoding: 'utf-8', bom: false, delimiter, quote: '"', line_ending: '\n', bytes: 9 };
  expect(dialectOf(file)).toBe(shown);
});
