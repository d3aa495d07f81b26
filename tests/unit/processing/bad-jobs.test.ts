import { afterEach, beforeAll, expect, test } from 'vitest';
import { giveJobKernel, takeJobKernel } from '../../../src/processing/host/kernel-module.ts';
import { profileDataset } from '../../../src/processing/profile.ts';
import type { ProfileOptions } from '../../../src/processing/profile-options.ts';
import { generatedTable } from '../../support/generated-table.ts';
import { profileText } from '../../support/profile-text.ts';

/** One instance of the kernel serves job after job: what a bad one leaves in it must not reach the next. */
const TABLE = generatedTable('narrow CSV', 6_000, 3);
const LINES = generatedTable('JSON lines', 3_000, 3);
const OPTIONS = { distinctBound: 50 };
const reports = async () => [
  await profileText(TABLE, 'csv', [], OPTIONS),
  await profileText(LINES, 'json', [], OPTIONS),
  await profileText('a;b\n1;"x ""y"""\n', 'csv'),
];
let expected: string[];
beforeAll(async () => {
  // of kernels that nobody has used
  takeJobKernel();
  takeJobKernel();
  expected = await reports();
});
afterEach(async () => {
  expect(await reports()).toEqual(expected);
});

async function* pieces(bytes: Uint8Array, end?: () => void): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.slice(at, at + 65_536);
  end?.();
}
const fails = (source: AsyncIterable<Uint8Array>, options: Partial<ProfileOptions>, message: string) =>
  expect(profileDataset(source, { format: 'csv', ...OPTIONS, ...options })).rejects.toThrow(message);
const fault = (message: string) => () => {
  throw new Error(message);
};

test.each([
  ['an open quote', Buffer.concat([Buffer.from(TABLE), Buffer.from('"a,b\n'.repeat(51))])],
  ['too many columns', Buffer.concat([Buffer.from(TABLE), Buffer.from(`${','.repeat(20_000)}\n`)])],
  ['a head that is no text', Buffer.from(`a,b\n${'\0'.repeat(20)}1\n`)],
])('after a CSV with %s', async (_, bytes) => {
  expect(await profileText(bytes, 'csv', [], OPTIONS)).not.toContain('"row_count"');
});

test.each([
  ['a broken record', Buffer.concat([Buffer.from(LINES), Buffer.from('{"a":"\\ud800')])],
  ['a depth that is too great', Buffer.concat([Buffer.from(LINES), Buffer.from(`{"a":${'['.repeat(600)}`)])],
])('after JSON with %s', async (_, bytes) => {
  expect(await profileText(bytes, 'json', [], OPTIONS)).not.toContain('"row_count"');
});

test('after jobs that were aborted: in their head, among their rows, at their end', async () => {
  for (const after of [0, 1, 3]) {
    const stop = new AbortController();
    let taken = 0;
    const onProgress = () => {
      if (taken++ === after) stop.abort(new Error('no longer wanted'));
    };
    await fails(pieces(Buffer.from(TABLE)), { signal: stop.signal, onProgress }, 'no longer wanted');
  }
  await fails(pieces(Buffer.from(TABLE)), { onStage: fault('no stage') }, 'no stage');
});

test('after jobs whose source, or whose spill, broke', async () => {
  await fails(pieces(Buffer.from(TABLE), fault('cut')), {}, 'cut');
  const spill = { write: fault('disk full'), read: fault('disk full') } as unknown as ProfileOptions['spill'];
  await fails(pieces(Buffer.from(TABLE)), { spill, memoryBudget: 0, tuning: { chunkBytes: 1_024 } }, 'disk full');
});

test('after a job that ran out of memory', async () => {
  const job = takeJobKernel();
  expect(() => job.kernel.allocate(2 ** 32 - 64)).toThrow(WebAssembly.RuntimeError);
  giveJobKernel(job);
});
