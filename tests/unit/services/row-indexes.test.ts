import { expect, test } from 'vitest';
import { RowIndexes } from '../../../src/services/row-indexes.ts';

test('an index is kept for the datasets that were read last', () => {
  const indexes = new RowIndexes();
  const first = indexes.of('first');
  const second = indexes.of('second');
  expect(second).not.toBe(first);
  for (let n = 0; n < 63; n++) {
    expect(indexes.of('first')).toBe(first);
    indexes.of(`other ${n}`);
  }
  expect(indexes.of('first')).toBe(first);
  expect(indexes.of('second')).not.toBe(second);
});
