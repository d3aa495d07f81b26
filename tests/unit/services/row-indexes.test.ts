import { expect, test } from 'vitest';
import { RowIndexes } from '../../../src/services/row-indexes.ts';

test('the files that were read last keep their places, 64 of them', () => {
  const indexes = new RowIndexes();
  const first = indexes.of('1');
  const second = indexes.of('2');
  for (let i = 3; i <= 64; i++) indexes.of(`${i}`);
  expect(indexes.of('1')).toBe(first);
  indexes.of('65');
  expect(indexes.of('1')).toBe(first);
  expect(indexes.of('2')).not.toBe(second);
});
