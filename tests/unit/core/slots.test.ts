import { expect, test } from 'vitest';
import { Slots } from '../../../src/core/slots.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('so many at a time, the others in order', async () => {
  const slots = new Slots(2);
  const { signal } = new AbortController();
  const order: number[] = [];
  const taken: Disposable[] = [];
  for (let i = 0; i < 4; i++)
    void slots.take(signal).then((slot) => {
      order.push(i);
      taken.push(slot);
    });
  await turn();
  expect(order).toEqual([0, 1]);
  taken[0]![Symbol.dispose]();
  taken[0]![Symbol.dispose](); // once: a slot given back twice would let two in
  await turn();
  expect(order).toEqual([0, 1, 2]);
  taken[1]![Symbol.dispose]();
  await turn();
  expect(order).toEqual([0, 1, 2, 3]);
});

test('a caller that stops waiting takes no slot', async () => {
  const slots = new Slots(1);
  const open = new AbortController();
  const first = await slots.take(open.signal);
  const gone = new AbortController();
  const refused = slots.take(gone.signal);
  const next = slots.take(open.signal);
  gone.abort(new Error('gone'));
  await expect(refused).rejects.toThrow('gone');
  await expect(slots.take(gone.signal)).rejects.toThrow('gone');
  first[Symbol.dispose]();
  (await next)[Symbol.dispose]();
  (await slots.take(open.signal))[Symbol.dispose]();
});
