import { expect, test } from 'vitest';
import { ACCEPTED_EXTENSIONS } from '../../../src/services/content-type.ts';
import { isTakenFile, TAKEN_EXTENSIONS } from '../../../src/web/taken-files.ts';

test('the page takes what the service takes', () => {
  expect([...TAKEN_EXTENSIONS].sort()).toEqual([...ACCEPTED_EXTENSIONS].sort());
});

test.each([
  ['a.csv', true],
  ['A.JSON', true],
  ['csv', false],
  ['a.csv.bak', false],
  ['', false],
])('%s: %s', (name, isTaken) => {
  expect(isTakenFile(name)).toBe(isTaken);
});
