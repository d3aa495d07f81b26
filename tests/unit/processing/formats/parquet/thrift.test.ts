import { expect, test } from 'vitest';
import {
  bytesInMemory,
  STRUCT_BYTES,
  ThriftReader,
  VALUE_BYTES,
} from '../../../../../src/processing/formats/parquet/thrift.ts';

/** A structure whose field 1 is a list of structures without fields. */
const listOf = (claimed: number, there: number) =>
  Buffer.concat([Buffer.from([0x19, 0xfc, claimed]), Buffer.alloc(there), Buffer.from([0])]);
/** A structure whose field 1 is a number of so many bytes. */
const numberOf = (bytes: number) => Buffer.from([0x16, ...Array<number>(bytes - 1).fill(0xff), 0x01, 0]);

test.each([
  ['a structure without fields', Buffer.from([0]), 0, 1],
  ['twenty structures in a list', listOf(20, 20), 21, 21],
  ['a number of 64 bits', numberOf(10), 1, 1],
])('%s', (_, bytes, values, structs) => {
  expect(bytesInMemory(bytes)).toBe(values * VALUE_BYTES + structs * STRUCT_BYTES);
  expect(() => new ThriftReader(bytes, values).struct()).not.toThrow();
});

test.each([
  ['a list that claims more than there is', listOf(100, 20)],
  ['a structure that is cut', Buffer.from([0x15])],
  ['a type that there is not', Buffer.from([0x1f, 0])],
  ['structures in structures without end', Buffer.alloc(100, 0x1c)],
  ['a number of more than 64 bits', numberOf(11)],
])('%s is none', (_, bytes) => {
  expect(() => bytesInMemory(bytes)).toThrow();
  expect(() => new ThriftReader(bytes, 1_000).struct()).toThrow();
});

test('no more values are made than are allowed', () => {
  expect(() => new ThriftReader(listOf(20, 20), 20).struct()).toThrow('too many values');
});
