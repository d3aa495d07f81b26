import { expect, test } from 'vitest';
import { Scans } from '../../../src/services/scans.ts';

const { signal } = new AbortController();

/** A scan of so many blocks, which notes what it does. */
async function* blocks(name: string, count: number, log: string[]): AsyncGenerator<string> {
  try {
    for (let i = 1; i <= count; i++) {
      log.push(`${name}${i}`);
      await new Promise((resolve) => setImmediate(resolve));
      yield `${name}${i}`;
    }
  } finally {
    log.push(`${name} closed`);
  }
}

test('no scan waits for the end of a long one', async () => {
  const scans = new Scans();
  const log: string[] = [];
  const long = ['a', 'b', 'c', 'd', 'e'].map((name) =>
    Array.fromAsync(scans.inTurns(blocks(name, 50, log), signal)).then(() => log.push(`${name} done`)),
  );
  await Array.fromAsync(scans.inTurns(blocks('x', 2, log), signal));
  expect(log.filter((entry) => entry.endsWith('done'))).toEqual([]);
  await Promise.all(long);
  expect(log.filter((entry) => entry.endsWith('closed'))).toHaveLength(6);
});

test('who does not ask for the next block holds no turn', async () => {
  const scans = new Scans();
  const paused = Array.from({ length: 20 }, (_, i) => scans.inTurns(blocks(`p${i}`, 9, []), signal));
  for (const scan of paused) await scan.next();
  expect(await Array.fromAsync(scans.inTurns(blocks('x', 2, []), signal))).toEqual(['x1', 'x2']);
});

test('an abort ends the wait for a turn and closes the scan', async () => {
  const scans = new Scans();
  const gone = new AbortController();
  const log: string[] = [];
  const scan = scans.inTurns(blocks('x', 9, log), gone.signal);
  expect((await scan.next()).value).toBe('x1');
  gone.abort(new Error('gone'));
  await expect(scan.next()).rejects.toThrow('gone');
  expect(log).toEqual(['x1', 'x closed']);
  await Array.fromAsync(scans.inTurns(blocks('y', 1, log), signal));
});

test('so many are open at once; one that ends makes room, once', () => {
  const scans = new Scans();
  const open = Array.from({ length: 32 }, () => scans.open());
  expect(() => scans.open()).toThrow(expect.objectContaining({ code: 'UNAVAILABLE' }));
  open[0]![Symbol.dispose]();
  open[0]![Symbol.dispose]();
  scans.open();
  expect(() => scans.open()).toThrow(/Try again/);
});

test('reports are held one after the other; who has gone is not waited for', async () => {
  const scans = new Scans();
  const gone = new AbortController();
  const log: string[] = [];
  const load = (name: string, by = signal) =>
    scans.withReport(async () => {
      log.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      log.push(`${name} ends`);
      if (name === 'b') throw new Error('no report');
    }, by);
  const all = [load('a'), load('b'), load('left', gone.signal), load('c')];
  gone.abort(new Error('gone'));
  const outcomes = await Promise.allSettled(all);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});
