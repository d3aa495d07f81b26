import { expect, test } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
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
  ['application/gzip', 'a.csv.gz', 'application/gzip'],
  ['application/x-gzip', 'a', 'application/gzip'],
  [undefined, 'a.json.bgz', 'application/gzip'],
  ['application/octet-stream', 'a.ndjson.zst', 'application/zstd'],
  ['application/x-zip-compressed', 'a.zip', 'application/zip'],
])('declared %j, %s is %s', (declared, filename, type) => {
  expect(contentTypeOf(declared, filename)).toBe(type);
});

const ENDINGS = '.csv, .tsv, .tab, .psv, .txt, .json, .ndjson, .jsonl, .geojson, .gz, .bgz, .zst or .zip';
const NO_FILE = 'is not a CSV or JSON file.';
const ENDS = `${NO_FILE} Such files end in ${ENDINGS}`;

test.each([
  ['image/png', 'photo.png', `photo.png ${NO_FILE} Choose a CSV or JSON file.`],
  ['text/plain', 'a.pdf', `a.pdf ${NO_FILE} Export the table as CSV.`],
  ['text/json', 'a.docx', `a.docx ${NO_FILE} Export the table as CSV.`],
  [undefined, 'a.XLSX', `a.XLSX ${NO_FILE} Save the sheet as CSV.`],
  [undefined, 'a.tar', `a.tar ${NO_FILE} Unpack it and upload the file in it.`],
  [
    'application/vnd.ms-excel',
    'a.xls',
    'a.xls is an Excel workbook of an older version, which is not read. Save it as .xlsx, or the sheet as CSV.',
  ],
  [
    undefined,
    'a.ods',
    'a.ods is an OpenDocument spreadsheet, which is not read. Save it as .xlsx, or the sheet as CSV.',
  ],
  [undefined, 'a.orc', 'a.orc is an ORC file, which is not read. Export the table as Parquet or CSV.'],
  [undefined, 'a.log', `a.log ${ENDS}.`],
  [undefined, 'a', `a ${ENDS}, or are sent as text/csv or application/json.`],
  ['image/png', 'a', `a ${NO_FILE} Choose a CSV or JSON file.`],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'a', `a ${NO_FILE} Save the sheet as CSV.`],
  [undefined, `${'x'.repeat(190)}.png`, `${'x'.repeat(80)}… ${NO_FILE} Choose a CSV or JSON file.`],
  ['image/png', 'a.csv', 'a.csv was sent as image/png, not as CSV or JSON. Send it as text/csv or application/json.'],
])('declared %j, %s is refused', (declared, filename, sentence) => {
  expect(() => contentTypeOf(declared, filename)).toThrow(new AppError('UNSUPPORTED_MEDIA_TYPE', sentence));
});
