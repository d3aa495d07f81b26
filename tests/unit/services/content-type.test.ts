import { expect, test } from 'vitest';
import { contentTypeOf, safeFilename } from '../../../src/services/content-type.ts';

test.each([
  ['../../etc/passwd.csv', 'passwd.csv'],
  ['C:\\folder\\a.csv', 'a.csv'],
  [' a\0\n.csv\x7f ', 'a.csv'],
  ['..', 'upload'],
  ['', 'upload'],
  [undefined, 'upload'],
])('%j becomes %j', (filename, safe) => {
  expect(safeFilename(filename)).toBe(safe);
});

test('of a long name the end is kept, whole characters in at most 200 bytes', () => {
  const safe = safeFilename(`${'☃'.repeat(5_000)}.csv`);
  expect(safe).toBe(`${'☃'.repeat(65)}.csv`);
  expect(Buffer.byteLength(safeFilename(`${'😀'.repeat(4_000)}.csv`))).toBeLessThanOrEqual(200);
});

test.each([
  [undefined, 'a.CSV', 'text/csv'],
  ['application/octet-stream', 'a.ndjson', 'application/json'],
  ['application/vnd.ms-excel', 'a.tsv', 'text/csv'],
  ['Application/JSON; charset=utf-8', 'a.csv', 'application/json'],
  ['text/plain', 'a.csv', 'text/csv'],
  ['text/plain; charset=utf-8', 'a.ndjson', 'application/json'],
  ['text/plain', 'upload', 'text/csv'],
  ['application/csv', 'a.json', 'application/json'],
  ['text/x-csv', 'upload', 'text/csv'],
  ['text/comma-separated-values', 'a.psv', 'text/csv'],
  ['text/json', 'upload', 'application/json'],
  ['text/json', 'a.csv', 'text/csv'],
  [undefined, 'a.txt', 'text/csv'],
  ['application/octet-stream', 'a.tab', 'text/csv'],
  [undefined, 'a.GeoJSON', 'application/json'],
])('declared %j, %s is %s', (declared, filename, type) => {
  expect(contentTypeOf(declared, filename)).toBe(type);
});

test.each([
  ['text/plain', 'a.pdf'],
  ['text/json', 'a.docx'],
  [undefined, 'a'],
  ['image/png', 'a.csv'],
])('declared %j, %s is refused', (declared, filename) => {
  expect(() => contentTypeOf(declared, filename)).toThrow(/Only CSV and JSON/);
});
