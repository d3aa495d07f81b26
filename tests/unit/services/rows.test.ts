import { expect, test } from 'vitest';
import { parseRowNumbers } from '../../../src/services/rows.ts';

test('numbers and ranges, each once, rising', () => {
  expect(parseRowNumbers('204,17')).toEqual([17, 204]);
  expect(parseRowNumbers('3-5, 4,1')).toEqual([1, 3, 4, 5]);
  expect(parseRowNumbers('1-1000')).toHaveLength(1_000);
});

test.each([
  '',
  'x',
  '0',
  '-1',
  '5-3',
  '1.5',
  '1-1001',
  '1e3',
  '1,,2',
  '9'.repeat(16),
  '1-999999999999999',
])('refuses %s', (text) => {
  expect(() => parseRowNumbers(text)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }));
});
