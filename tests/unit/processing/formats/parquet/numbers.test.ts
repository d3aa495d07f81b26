import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bigEndian,
  decimalText,
  doubleText,
  float16Of,
  float16Text,
  floatText,
} from '../../../../../src/processing/formats/parquet/numbers.ts';

test.each<[number, string]>([
  [0.1, '0.1'],
  [1 / 3, '0.33333334'],
  [16_777_216, '16777216'],
  [123_456_789, '123456790'],
  [3.402_823_466e38, '3.4028235e+38'],
  [2 ** -149, '1e-45'],
  [2 ** -126, '1.1754944e-38'],
  [4_169_134.25, '4169134.2'], // of two equally near texts the even one
  [-0, '-0'],
  [0, '0'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
])('the single-precision number %d is %s', (value, text) => expect(floatText(Math.fround(value))).toBe(text));

test.each([
  [0x3c00, '1'],
  [0x2e66, '0.1'],
  [0x7bff, '65500'],
  [0x0001, '6e-8'],
  [0x8000, '-0'],
  [0xd174, '-43.62'],
  [0xfc00, '-Infinity'],
])('the half-precision number of bits %d is %s', (bits, text) => expect(float16Text(float16Of(bits))).toBe(text));

test('the text of a single-precision number gives it again, and no text with fewer digits does', () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = floatText(value);
      expect(Math.fround(Number(text))).toBe(value);
      const digits = text.replace(/e.*$|[-.]/g, '').replace(/^0+|0+$/g, '').length;
      for (let fewer = 1; fewer < digits; fewer++)
        expect(Math.fround(Number(value.toPrecision(fewer)))).not.toBe(value);
    }),
  );
});

test('the text of a double gives it again, with its sign', () => {
  fc.assert(fc.property(fc.double({ noNaN: true }), (value) => Object.is(Number(doubleText(value)), value)));
});

test.each<[bigint, number, string]>([
  [0n, 0, '0'],
  [0n, 2, '0.00'],
  [5n, 2, '0.05'],
  [-5n, 1, '-0.5'],
  [-100n, 2, '-1.00'],
  [10n ** 38n - 1n, 10, '9999999999999999999999999999.9999999999'],
])('the decimal %d of scale %d is %s', (unscaled, scale, text) => expect(decimalText(unscaled, scale)).toBe(text));

test.each([
  [[], 0n],
  [[0xff], -1n],
  [[0x00, 0xff], 255n],
  [[0x80, 0, 0, 0, 0, 0, 0, 0, 0], -(2n ** 71n)],
])('the bytes %j are the integer %d', (bytes, value) => expect(bigEndian(Buffer.from(bytes))).toBe(value));
