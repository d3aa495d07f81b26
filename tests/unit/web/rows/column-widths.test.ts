import { expect, test } from 'vitest';
import { columnsBetween, leftsOf } from '../../../../src/web/rows/column-widths.ts';

const lefts = leftsOf([100, 50, 200, 100]);

test('where columns begin, and where the last one ends', () => {
  expect(lefts).toEqual([0, 100, 150, 350, 450]);
});

test.each([
  [0, 100, 0, 0],
  [0, 101, 0, 1],
  [100, 160, 1, 2],
  [149, 150, 1, 1],
  [400, 9_999, 3, 3],
  [0, 450, 0, 3],
])('from %i to %i are the columns %i to %i', (from, to, first, last) => {
  expect(columnsBetween(lefts, from, to)).toEqual([first, last]);
});
