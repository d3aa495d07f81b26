import { expect, test } from 'vitest';
import { areThreadsWorth } from '../../../../src/infra/engine/thread-use.ts';
import { formatNamed } from '../../../../src/processing/formats/choose.ts';

const MB = 1_000_000;
/** As much of the middle of a file as is looked at, cut anywhere. */
const sample = (row: string) => Buffer.from(row.repeat(Math.ceil(8_192 / row.length) + 1)).subarray(3, 8_195);
const text = sample(
  '17,"some words that are long enough to be a subject","and many more of them, as a body has",7.466,2015-05-18,DE\n',
);
const numbers = sample('1000000;CMT;2015-04-11 23:20:44;1;3.97;3;N;6;144;cash;13.04;0;0.5;0.00;0;13.84\r\n');
const wide = sample(`${'12.34\t'.repeat(999)}1\n`);

test.each([
  ['long texts', 'csv', 98 * MB, text, false],
  ['more of them', 'csv', 400 * MB, text, true],
  ['many short fields', 'csv', 200 * MB, numbers, true],
  ['fewer of them', 'csv', 40 * MB, numbers, false],
  ['a thousand columns', 'csv', 32 * MB, wide, true],
  ['a small file of a thousand columns', 'csv', 8 * MB, wide, false],
  ['a file that shrank meanwhile', 'csv', 40 * MB, Buffer.alloc(0), false],
  ['JSON', 'json', 200 * MB, Buffer.alloc(0), true],
  ['less JSON', 'json', 64 * MB, Buffer.alloc(0), false],
] as const)('of %s', (_, format, size, middle, expected) => {
  expect(areThreadsWorth(formatNamed(format), size, middle)).toBe(expected);
});
