import { expect, test } from 'vitest';
import { DatasetError } from '../../../src/processing/errors.ts';
import { PREVIEW_MOST_BYTES } from '../../../src/processing/limits.ts';
import { isEnough } from '../../../src/processing/profile-options.ts';
import { ReadBudget } from '../../../src/processing/read-budget.ts';

test('without a row it ends behind the most bytes, of the file or unpacked', () => {
  for (const take of ['take', 'takeUnpacked'] as const) {
    const budget = new ReadBudget();
    budget[take](PREVIEW_MOST_BYTES);
    budget[take](1);
    expect(() => budget[take](1)).toThrow(DatasetError);
  }
});

test('a range that is too large is not read', async () => {
  const asked: number[] = [];
  const source = new ReadBudget().counted({
    async *[Symbol.asyncIterator]() {},
    ranges: async () => ({
      size: 2 ** 40,
      async read(_from, length, into) {
        asked.push(length);
        return into ?? Buffer.alloc(0);
      },
      async *stream() {},
      async [Symbol.asyncDispose]() {},
    }),
  });
  const ranges = await source.ranges!();
  const place = Buffer.alloc(1_000);
  expect(await ranges.read(0, 1_000, place)).toBe(place);
  await expect(ranges.read(0, PREVIEW_MOST_BYTES)).rejects.toThrow(
    /more than 256 MiB would have to be read for them\. Process the dataset/,
  );
  expect(asked).toEqual([1_000]);
});

test('once there is a row nothing is refused', () => {
  const budget = new ReadBudget();
  budget.take(PREVIEW_MOST_BYTES);
  expect(isEnough({ rowLimit: 10, budget }, 1, 100)).toBe(false);
  budget.take(2);
  budget.takeRange(PREVIEW_MOST_BYTES);
  budget.take(1);
});

test('a source without ranges has none', () => {
  expect(new ReadBudget().counted({ async *[Symbol.asyncIterator]() {} }).ranges).toBeUndefined();
});

test('it ends with its signal, rows or not', () => {
  const budget = new ReadBudget(AbortSignal.abort(new Error('gone')));
  budget.hasRows = true;
  expect(() => budget.takeUnpacked(1)).toThrow('gone');
});
