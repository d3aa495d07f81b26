import { describe, expect, test } from 'vitest';
import {
  isAskedFor,
  isOfReport,
  isReadSo,
  type Known,
  readingOf,
  standingOf,
} from '../../../../src/web/reading/standing.ts';

const OPTIONS = { quote: "'", header: 2 };
const DONE: Known = { status: 'DONE', options: OPTIONS, report: { options: { header: 2, quote: "'" } } };
const NONE: Known = { status: 'DONE', options: null, report: { options: null } };

describe('what the report is to the last reading that was asked for', () => {
  test.each<[string, Known, ReturnType<typeof standingOf>]>([
    ['as asked for, in another order', DONE, { kind: 'settled' }],
    ['without options', NONE, { kind: 'settled' }],
    ['uploaded', { status: 'UPLOADED', report: null }, { kind: 'settled' }],
    ['being processed', { ...NONE, status: 'PROCESSING', options: { header: 2 } }, { kind: 'settled' }],
    ['cancelled', { ...NONE, options: { header: 2 } }, { kind: 'undone' }],
    [
      'failed',
      { ...NONE, status: 'FAILED', options: { header: 2 }, error: 'No.' },
      { kind: 'failed', error: 'No.', isSame: false },
    ],
    ['failed again', { ...NONE, status: 'FAILED', error: 'No.' }, { kind: 'failed', error: 'No.', isSame: true }],
    [
      'failed without a report',
      { status: 'FAILED', error: 'No.', report: null },
      { kind: 'failed', error: 'No.', isSame: false },
    ],
  ])('%s', (_name, known, standing) => expect(standingOf(known)).toEqual(standing));
});

test('only what was done and is shown is done already', () => {
  expect(isReadSo(OPTIONS, DONE)).toBe(true);
  expect(isReadSo({}, DONE)).toBe(false);
  expect(isReadSo(OPTIONS, { ...DONE, status: 'FAILED' })).toBe(false);
  expect(isReadSo(OPTIONS, { ...DONE, options: null })).toBe(false);
  expect(isReadSo({}, { status: 'UPLOADED' })).toBe(false);
});

test('options of the report, and those that were asked for', () => {
  const known = { ...NONE, options: { header: 2 } };
  expect([isOfReport({}, known), isAskedFor({}, known)]).toEqual([true, false]);
  expect([isOfReport({ header: 2 }, known), isAskedFor({ header: 2 }, known)]).toEqual([false, true]);
  expect(readingOf(null)).toEqual({});
});
