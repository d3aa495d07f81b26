import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allDigits,
  byteSize,
  countOf,
  countWithShare,
  figure,
  isRounded,
  percent,
  plural,
  shareOf,
  whole,
} from '../../../src/report/formatting.ts';

describe('a figure has four significant digits, never fewer than its integer part', () => {
  test.each<[number | bigint | string, string]>([
    [0, '0'],
    [-0, '0'],
    [7, '7'],
    [-1_234, '-1,234'],
    [1_234_567, '1,234,567'],
    [999_999_999_999_999, '999,999,999,999,999'],
    [1_000_000_000_000_000, '1e+15'],
    [1_234_567_890_123_456, '1.235e+15'],
    [12_345_678_901_234_567_890n, '1.235e+19'],
    [-5n, '-5'],
    [32.2042, '32.2'],
    [14.4542, '14.45'],
    [512.3292, '512.3'],
    [0.0123456, '0.01235'],
    [-0.5, '-0.5'],
    [1_000.5, '1,001'],
    [12_345.678, '12,346'],
    [1_234_567.89, '1,234,568'],
    [999.96, '1,000'],
    [0.1 + 0.2, '0.3'],
    [1 / 3, '0.3333'],
    [0.0001, '0.0001'],
    [0.0000123456, '1.235e-5'],
    [1.5e-9, '1.5e-9'],
    [1e-300, '1e-300'],
    [1.7976931348623157e308, '1.798e+308'],
    ['2024-01-31T10:00:00Z', '2024-01-31T10:00:00Z'],
  ])('%s is %s', (value, shown) => expect(figure(value)).toBe(shown));

  test('no figure is off by more than the digits it leaves out', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e308, max: 1e308 }), (value) => {
        const shown = Number(figure(value).replaceAll(',', ''));
        expect(Math.abs(shown - value)).toBeLessThanOrEqual(Math.abs(value) * 5.1e-4);
        expect(figure(value).length).toBeLessThanOrEqual(20);
      }),
    );
  });
});

test('all digits are there where a figure leaves some out', () => {
  expect(allDigits(512.3292)).toBe('512.3292');
  expect(allDigits(12_345_678_901_234_567_890n)).toBe('12345678901234567890');
  // rounding errors of what was computed, and digits that were meant
  expect([516.4200000000001, 50.709999999999994, 3.199999999999999, 34.57874999999999].map(allDigits)).toEqual([
    ...['516.42', '50.71', '3.2', '34.57875'],
  ]);
  expect([32.204207968574636, 0.1234567890123, 1e21, -1.5e-9].map(allDigits)).toEqual([
    ...['32.204207968574636', '0.1234567890123', '1e+21', '-1.5e-9'],
  ]);
  expect(isRounded(512.3292)).toBe(true);
  expect(isRounded(12_345_678_901_234_567_890n)).toBe(true);
  expect(isRounded(1_234_567)).toBe(false);
  expect(isRounded(32.25)).toBe(false);
  expect(isRounded('2024-01-31')).toBe(false);
});

test.each<[number, string]>([
  [0, '0 %'],
  [0.000_4, '<0.1 %'],
  [0.001, '0.1 %'],
  [0.002, '0.2 %'],
  [0.130_2, '13 %'],
  [0.135, '13.5 %'],
  [0.999, '99.9 %'],
  [0.999_6, '>99.9 %'],
  [1, '100 %'],
])('the share %d is %s', (share, shown) => expect(percent(share)).toBe(shown));

test('counts have the number of their noun, and one form beside a share', () => {
  expect(whole(1_234_567)).toBe('1,234,567');
  expect(countOf(1, 'duplicate row')).toBe('1 duplicate row');
  expect(countOf(0, 'row')).toBe('0 rows');
  expect(['box', 'boxes']).toEqual([plural(1, 'box', 'boxes'), plural(0, 'box', 'boxes')]);
  expect(countOf(1_234, 'row')).toBe('1,234 rows');
  expect(countOf(2, 'entry', 'entries')).toBe('2 entries');
  expect(countWithShare(116, 891, 'value')).toBe('116 values (13 %)');
  expect(countWithShare(7, 3_201, 'null', 'null')).toBe('7 null (0.2 %)');
  expect(countWithShare(1, 1, 'duplicate row')).toBe('1 duplicate row (100 %)');
  expect(shareOf(0, 0)).toBe('0 %');
});

test.each<[number, string]>([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1_000, '1.0 kB'],
  [12_345, '12.3 kB'],
  [999_949, '999.9 kB'],
  [999_950, '1.0 MB'],
  [204_000_000, '204.0 MB'],
  [5e15, '5000.0 TB'],
  [340.6, '341 bytes'],
])('%d bytes are %s', (bytes, shown) => expect(byteSize(bytes)).toBe(shown));
