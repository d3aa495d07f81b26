import { expect, test } from 'vitest';
import { areaOf, isInside, moved } from '../../../../src/web/rows/grid-keys.ts';

const extent = { rows: 100, columns: 5, page: 20 };
const from = { index: 50, column: 2 };

test.each([
  ['ArrowUp', false, 49, 2],
  ['ArrowDown', false, 51, 2],
  ['ArrowLeft', false, 50, 1],
  ['ArrowRight', false, 50, 3],
  ['PageUp', false, 30, 2],
  ['PageDown', false, 70, 2],
  ['Home', false, 50, 0],
  ['End', false, 50, 4],
  ['Home', true, 0, 0],
  ['End', true, 99, 4],
  ['ArrowDown', true, 99, 2],
])('%s (with control: %s)', (key, isControl, index, column) => {
  expect(moved(key, isControl, from, extent)).toEqual({ index, column });
});

test('the header is above the first row; nothing is beyond the ends', () => {
  expect(moved('ArrowUp', false, { index: 0, column: 0 }, extent)).toEqual({ index: -1, column: 0 });
  expect(moved('ArrowUp', false, { index: -1, column: 0 }, extent)).toEqual({ index: -1, column: 0 });
  expect(moved('PageUp', false, { index: 3, column: 0 }, extent)).toEqual({ index: 0, column: 0 });
  expect(moved('PageDown', false, { index: 95, column: 4 }, extent)).toEqual({ index: 99, column: 4 });
  expect(moved('ArrowRight', false, { index: 0, column: 4 }, extent)).toEqual({ index: 0, column: 4 });
});

test('other keys do not move', () => {
  expect(moved('a', false, from, extent)).toBeUndefined();
  expect(moved('Tab', false, from, extent)).toBeUndefined();
});

test('an area in whatever direction it was selected', () => {
  const area = areaOf({ index: 7, column: 1 }, { index: 3, column: 4 });
  expect(area).toEqual({ top: 3, bottom: 7, left: 1, right: 4 });
  expect(isInside(area, 3, 4)).toBe(true);
  expect(isInside(area, 2, 4)).toBe(false);
  expect(isInside(area, 5, 0)).toBe(false);
});
