import { expect, test } from 'vitest';
import { columnsBetween, leftsOf, leftToSee } from '../../../../src/web/rows/column-widths.ts';

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

test.each([
  ['seen already', 1, 0, 300, 0],
  ['on the right', 3, 0, 300, 150],
  ['on the left', 0, 120, 300, 0],
  ['wider than what is seen: its start', 2, 0, 120, 150],
])('a column that is %s', (_, column, left, width, expected) => {
  expect(leftToSee(lefts, column, left, width)).toBe(expected);
});
