import { expect, test } from 'vitest';
import { isTakenFile } from '../../../src/web/taken-files.ts';

test.each([
  ['a.csv', true],
  ['A.JSON', true],
  ['csv', false],
  ['a.csv.bak', false],
  ['', false],
])('%s: %s', (name, isTaken) => {
  expect(isTakenFile(name)).toBe(isTaken);
});
