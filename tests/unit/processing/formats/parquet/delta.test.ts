import { expect, test } from 'vitest';
import { deltaIntegers, deltaLengthByteArrays } from '../../../../../src/processing/formats/parquet/delta.ts';

/** As DuckDB writes it: blocks of 2,048 differences in 8 parts, none of which is there for a single value. */
const SINGLE = Buffer.from([0x80, 0x10, 8, 1, 2]);

test('a single value has no blocks behind it, whatever their size would be', () => {
  expect(deltaIntegers(SINGLE, 1)).toEqual({ values: BigInt64Array.of(1n), end: 5 });
  const { bytes, begin, length } = deltaLengthByteArrays(Buffer.concat([SINGLE, Buffer.from('8')]), 1);
  expect(bytes.toString('latin1', begin[0], begin[0]! + length[0]!)).toBe('8');
});

test.each([
  ['no parts', [0x80, 0x10, 0, 2, 2, 0, 0]],
  ['parts that are no multiple of eight', [0x0c, 1, 2, 2, 0, 0]],
  ['more parts than bytes', [0x80, 0x80, 0x80, 0x80, 0x10, 0x80, 0x80, 0x80, 0x10, 2, 2, 0, 0]],
])('blocks of %s are refused', (_, bytes) => {
  expect(() => deltaIntegers(Buffer.from(bytes), 2)).toThrow();
});
