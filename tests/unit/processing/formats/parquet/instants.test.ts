import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayText, int96Text, timestampText, timeText } from '../../../../../src/processing/formats/parquet/instants.ts';

test('days are those of Date', () => {
  const isoDay = (days: number) => new Date(days * 86_400_000).toISOString().split('T')[0];
  fc.assert(fc.property(fc.integer({ min: -100_000_000, max: 100_000_000 }), (days) => dayText(days) === isoDay(days)));
});

test.each([
  [0, '1970-01-01'],
  [-719_528, '0000-01-01'],
  [-719_529, '-000001-12-31'],
  [2_932_896, '9999-12-31'],
  [2_932_897, '+010000-01-01'],
  [2_147_483_647, '+5881580-07-11'],
  [-2_147_483_648, '-5877641-06-23'],
])('day %d is %s', (days, text) => expect(dayText(days)).toBe(text));

test('instants of milliseconds are those of Date, without zeros at the end', () => {
  const iso = (value: number) => new Date(value).toISOString().replace(/\.?0+Z$/, 'Z');
  fc.assert(
    fc.property(fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 }), (value) => {
      expect(timestampText(BigInt(value), 'MILLIS', true)).toBe(iso(value).replace(/(T..:..:)Z$/, '$100Z'));
    }),
  );
});

test.each<[bigint, 'MILLIS' | 'MICROS' | 'NANOS', boolean, string]>([
  [0n, 'MICROS', false, '1970-01-01T00:00:00'],
  [-1n, 'NANOS', true, '1969-12-31T23:59:59.999999999Z'],
  [1_500_000n, 'MICROS', true, '1970-01-01T00:00:01.5Z'],
  [9_223_372_036_854_775_807n, 'NANOS', false, '2262-04-11T23:47:16.854775807'],
  [-(2n ** 63n), 'MILLIS', false, '-292275055-05-16T16:47:04.192'],
])('%d %s, in UTC %s, is %s', (value, unit, isUtc, text) => expect(timestampText(value, unit, isUtc)).toBe(text));

test.each<[bigint, 'MILLIS' | 'MICROS' | 'NANOS', string]>([
  [0n, 'MILLIS', '00:00:00'],
  [86_399_999n, 'MILLIS', '23:59:59.999'],
  [45_296_500_000n, 'MICROS', '12:34:56.5'],
  [1n, 'NANOS', '00:00:00.000000001'],
])('%d %s of the day is %s', (value, unit, text) => expect(timeText(value, unit)).toBe(text));

test.each([
  [0n, 2_440_588, '1970-01-01T00:00:00'],
  [1n, 2_440_587, '1969-12-31T00:00:00.000000001'],
  [86_400_000_000_000n, 2_440_588, '1970-01-02T00:00:00'],
])('%d ns of the Julian day %d is %s', (nanos, day, text) => expect(int96Text(nanos, day)).toBe(text));
