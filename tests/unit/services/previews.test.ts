import { expect, test } from 'vitest';
import { Previews } from '../../../src/services/previews.ts';

const { signal } = new AbortController();

test('two are made at a time, the others in their turn, and so many wait at most', async () => {
  const previews = new Previews();
  const ends: (() => void)[] = [];
  const work = () => new Promise<void>((resolve) => ends.push(resolve));
  const all = Array.from({ length: 16 }, () => previews.inTurn(work, signal));
  await expect(previews.inTurn(work, signal)).rejects.toThrow(
    '16 previews are being made already. Try again in a few seconds.',
  );
  await new Promise((resolve) => setImmediate(resolve));
  expect(ends).toHaveLength(2);
  for (let i = 0; i < 16; i++) {
    while (!ends[i]) await new Promise((resolve) => setImmediate(resolve));
    ends[i]!();
  }
  await Promise.all(all);
  expect(await previews.inTurn(async () => 'made', signal)).toBe('made');
});

test('one that fails, or whose client has gone, makes room', async () => {
  const previews = new Previews();
  const gone = new AbortController();
  const held = [1, 2].map(() => previews.inTurn(() => new Promise<void>((r) => setTimeout(r, 20)), signal));
  const waiting = Array.from({ length: 14 }, () => previews.inTurn(async () => {}, gone.signal));
  gone.abort(new Error('gone'));
  for (const each of waiting) await expect(each).rejects.toThrow('gone');
  const failing = previews.inTurn(() => Promise.reject(new Error('no table')), signal);
  await expect(failing).rejects.toThrow('no table');
  await Promise.all(held);
  const all = Array.from({ length: 16 }, (_, i) => previews.inTurn(async () => i, signal));
  expect(await Promise.all(all)).toHaveLength(16);
});
