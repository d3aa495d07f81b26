import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { profileText } from '../../support/profile-text.ts';

/** Files made to exhaust memory, stack or time end in a sentence, or in a report, within seconds. */
const MEGABYTE = 1_000_000;

test.each<[string, 'csv' | 'json', () => Buffer | string, string]>([
  ['a line of 64 MB', 'csv', () => Buffer.alloc(64 * MEGABYTE, 'a'), 'A field is longer than 16 MiB (line 1, byte 0)'],
  ['a million columns', 'csv', () => 'a,'.repeat(MEGABYTE), 'more than 16,384 columns (line 1, byte 32768)'],
  [
    'a row of 100 MB',
    'csv',
    () => `a,b\n${`${'x'.repeat(10 * MEGABYTE)},`.repeat(10)}\n`,
    'A row is longer than 64 MiB (row 1, line 2)',
  ],
  [
    'a million keys',
    'json',
    () => `[{${Array.from({ length: MEGABYTE }, (_, i) => `"${i}":1`).join()}}]`,
    'more than 16,384 different keys',
  ],
  [
    'a depth of 100,000',
    'json',
    () => `[{"a":${'['.repeat(100_000)}`,
    'deeper than 512 levels (line 1, column 517, byte 516)',
  ],
  [
    'a record of 20 MB',
    'json',
    () => `[{"a":"${'x'.repeat(20 * MEGABYTE)}"}]`,
    'larger than 16 MiB (row 1, line 1, column 2, byte 1)',
  ],
  ['16,384 equal names', 'csv', () => Array(16_384).fill('a').join(), '"a_16384": 0'],
  ['nothing but quotes', 'csv', () => Buffer.alloc(4 * MEGABYTE, '"'), '"row_count": 0'],
  ['a number of 15 MB', 'csv', () => `v\n${'1'.repeat(15 * MEGABYTE)}x\n`, '"row_count": 1'],
  ['zeros inside a number', 'json', () => `[{"a":1${'0'.repeat(5 * MEGABYTE)}1}]`, '"row_count": 1'],
  ['an exponent of 5 MB', 'json', () => `[{"a":1e${'1'.repeat(5 * MEGABYTE)}}]`, '"row_count": 1'],
])('%s', async (_name, format, make, words) => {
  expect(await profileText(make(), format)).toContain(words);
});

test('of a long record only what is shown is kept: 150 MB of them go through a heap of 80 MB', () => {
  const script = 'tests/support/profile-long-records.ts';
  const { stdout, status } = spawnSync(process.execPath, ['--max-old-space-size=80', script], { encoding: 'utf8' });
  expect([status, stdout]).toEqual([0, '150 150,150\n']);
});
