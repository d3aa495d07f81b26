import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { Storage } from '../../../src/infra/storage/storage.ts';
import { storedSource } from '../../../src/services/stored-source.ts';

const BYTES = Buffer.from('0123456789');

test('a response whose first bytes were looked at is ended before ranges are read', async () => {
  const opened: Readable[] = [];
  const get = async (_bucket: string, _key: string, _signal: AbortSignal, from = 0, end = BYTES.length) => {
    const body = Readable.from([BYTES.subarray(from, from + 4), BYTES.subarray(from + 4, end)]);
    opened.push(body);
    return body;
  };
  const file = { uploadBucket: 'b', uploadKey: 'k', sizeBytes: 10n };
  const source = storedSource({ get } as unknown as Storage, file, new AbortController().signal);
  const first = await source[Symbol.asyncIterator]().next();
  expect(Buffer.from(first.value!).toString()).toBe('0123');
  const ranges = await source.ranges!();
  expect(opened.map(({ destroyed }) => destroyed)).toEqual([true]);
  expect((await ranges.read(2, 5)).toString()).toBe('23456');
  const place = Buffer.alloc(5);
  expect(await ranges.read(3, 5, place)).toBe(place);
  expect(place.toString()).toBe('34567');
  expect(opened.every(({ destroyed }) => destroyed)).toBe(true);
});
