import { expect, test } from 'vitest';
import { rough, shortened, span } from '../../../src/web/formatting.ts';

test.each([
  [0, '0'],
  [940.4, '940'],
  [999, '999'],
  [1_000, '1.0 k'],
  [12_345, '12.3 k'],
  [123_456, '123 k'],
  [999.6, '1.0 k'],
  [99_960, '100 k'],
  [999_949, '1.0 M'],
  [2_500_000, '2.5 M'],
  [3e9, '3.0 G'],
  [5e12, '5000 G'],
])('%d rows a second are %s', (count, shown) => expect(rough(count)).toBe(shown));

test.each([
  [0, '0 s'],
  [0.44, '0.4 s'],
  [9.96, '10 s'],
  [12.4, '12 s'],
  [59.6, '1 min'],
  [185, '3 min 5 s'],
  [7_800, '2 h 10 min'],
])('%d seconds are %s', (seconds, shown) => expect(span(seconds)).toBe(shown));

test.each([
  ['abc', 3, 'abc'],
  ['abcd', 3, 'abc…'],
  ['ab😀d', 3, 'ab…'],
  ['', 3, ''],
])('%j of at most %i characters is %j', (text, most, short) => {
  expect(shortened(text, most)).toBe(short);
});
