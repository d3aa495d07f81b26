import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contentTypeOf } from '../../../src/services/content-type.ts';
import {
  isTakenFile,
  OTHER_KINDS,
  refusedKind,
  TAKEN_EXTENSIONS,
  TAKEN_FORMATS,
} from '../../../src/web/taken-files.ts';

test.each([
  ['a.csv', true],
  ['A.JSON', true],
  ['csv', false],
  ['a.csv.bak', false],
  ['', false],
])('%s: %s', (name, isTaken) => {
  expect(isTakenFile(name)).toBe(isTaken);
});

test('a kind that is not read is refused by the page as the service would refuse it', () => {
  for (const extension of OTHER_KINDS.flatMap(({ extensions }) => extensions)) {
    const sentence = refusedKind(`Sales${extension.toUpperCase()}`);
    expect(sentence).toContain(`Sales${extension.toUpperCase()} is `);
    expect(() => contentTypeOf('application/octet-stream', `Sales${extension.toUpperCase()}`)).toThrow(sentence);
  }
  expect(refusedKind('a.xls')).toBe(
    'a.xls is an Excel workbook of an older version, which is not read. Save it as .xlsx, or the sheet as CSV.',
  );
});

test.each(['a.csv', 'a.log', '.xls', 'xls', 'a.xls/b', 'a.xls.gz', ''])('%s is sent', (name) => {
  expect(refusedKind(name)).toBeUndefined();
});

test('no kind is taken and refused', () => {
  for (const extension of TAKEN_EXTENSIONS) expect(refusedKind(`a${extension}`)).toBeUndefined();
});

test('the documents list every kind that is not read', () => {
  const [, list] = readFileSync('docs/reading.md', 'utf8').split('## What is not read');
  for (const { title, extensions, advice } of OTHER_KINDS.filter(({ title }) => title !== 'Pictures'))
    expect(list).toContain(`| ${title} | \`${extensions.join(' ')}\` | ${advice(TAKEN_FORMATS)} |`);
});
