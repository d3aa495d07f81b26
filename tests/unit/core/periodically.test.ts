import { expect, test } from 'vitest';
import { periodically } from '../../../src/core/periodically.ts';

test('again and again, also after a failure, never two at once, until it is closed', async () => {
  let begun = 0;
  let underWay = 0;
  let most = 0;
  const failures: unknown[] = [];
  const enough = Promise.withResolvers<void>();
  const loop = periodically(
    1,
    async () => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setTimeout(resolve, 3));
      underWay--;
      if (++begun === 5) enough.resolve();
      if (begun === 2) throw new Error('second');
    },
    (error) => failures.push(error),
  );
  await enough.promise;
  await loop.close();
  const after = begun;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([begun, underWay, most]).toEqual([after, 0, 1]);
  expect(failures).toEqual([new Error('second')]);
});
