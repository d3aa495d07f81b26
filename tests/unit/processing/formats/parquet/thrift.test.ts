import { expect, test } from 'vitest';
import { isBounded } from '../../../../../src/processing/formats/parquet/thrift.ts';

/** A structure whose field 1 is a list of structures without fields. */
const listOf = (claimed: number, there: number) =>
  Buffer.concat([Buffer.from([0x19, 0xfc, claimed]), Buffer.alloc(there), Buffer.from([0])]);

test.each([
  ['a structure without fields', Buffer.from([0]), 0, true],
  ['twenty structures in a list', listOf(20, 20), 21, true],
  ['one more than is allowed', listOf(20, 20), 20, false],
  ['a list that claims more than there is', listOf(100, 20), 1_000, false],
  ['a structure that is cut', Buffer.from([0x15]), 10, false],
  ['a type that there is not', Buffer.from([0x1f, 0]), 10, false],
  ['structures in structures without end', Buffer.alloc(100, 0x1c), 1_000, false],
])('%s', (_, bytes, most, isRight) => {
  expect(isBounded(bytes, most)).toBe(isRight);
});
