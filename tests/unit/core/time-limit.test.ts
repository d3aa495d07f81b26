import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { within } from '../../../src/core/time-limit.ts';

const never = new Promise<string>(() => {});
const tooLate = () => {
  throw new Error('too late');
};

test('what comes in time is passed on: a value and an error', async () => {
  expect(await within(10_000, Promise.resolve('a'), tooLate)).toBe('a');
  await expect(within(10_000, Promise.reject(new Error('b')), () => 'c')).rejects.toThrow('b');
});

test('what comes too late: the value or the error for it', async () => {
  expect(await within(1, never, () => 'late')).toBe('late');
  await expect(within(1, never, tooLate)).rejects.toThrow('too late');
});

test('an error after the time limit is no unhandled rejection', async () => {
  const failing = sleep(5).then(() => Promise.reject<string>(new Error('after the limit')));
  expect(await within(1, failing, () => 'late')).toBe('late');
  await sleep(10);
});
