import { describe, expect, test } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { TABLE_FORMATS } from '../../../src/processing/formats/formats.ts';
import {
  ACCEPTED_EXTENSIONS,
  contentTypeOf,
  FORMAT_LABELS,
  needsFirstBytes,
  safeFilename,
} from '../../../src/services/content-type.ts';

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
  ['application/geo+json', 'a.geojson', 'application/json'],
  [undefined, 'a.parquet', 'application/vnd.apache.parquet'],
  ['application/octet-stream', 'part-00000.snappy.PQ', 'application/vnd.apache.parquet'],
  ['application/x-parquet', 'upload', 'application/vnd.apache.parquet'],
  [undefined, 'a.XLSX', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  [
    'application/vnd.ms-excel.sheet.macroEnabled.12',
    'a',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ],
  ['application/gzip', 'a.csv.gz', 'application/gzip'],
  ['application/x-gzip', 'a', 'application/gzip'],
  [undefined, 'a.json.bgz', 'application/gzip'],
  ['application/octet-stream', 'a.ndjson.zst', 'application/zstd'],
  ['application/x-zip-compressed', 'a.zip', 'application/zip'],
  // types of no format say nothing where the extension does
  ['application/parquet', 'a.parquet', 'application/vnd.apache.parquet'],
  ['binary/octet-stream', 'a.csv', 'text/csv'],
  ['application/x-zip', 'a.zip', 'application/zip'],
  ['image/png', 'a.csv', 'text/csv'],
])('declared %j, %s is %s', (declared, filename, type) => {
  expect(contentTypeOf(declared, filename)).toBe(type);
});

describe('of a file of which neither type nor name says anything', () => {
  test.each([
    ['PAR1', 'application/vnd.apache.parquet'],
    ['PK\x03\x04', 'application/zip'],
    ['PK\x03\x04 xl/workbook.xml', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['\x1f\x8b\x08\x00', 'application/gzip'],
    ['\x28\xb5\x2f\xfd', 'application/zstd'],
    ['\x50\x2a\x4d\x18', 'application/zstd'],
  ])('the first bytes %j do', (head, type) => {
    for (const [declared, filename] of [
      ['application/octet-stream', 'part-00000'],
      ['image/png', 'a'],
      ['application/parquet', 'a.dat'],
      [undefined, 'a.gzip'],
    ] as const) {
      expect(needsFirstBytes(declared, filename)).toBe(true);
      expect(contentTypeOf(declared, filename, Buffer.from(head, 'latin1'))).toBe(type);
    }
  });

  test('not those of text', () => {
    for (const text of ['a,b\n1,2\n', '[{"a":1}]', 'PAR', '']) {
      const refused = () => contentTypeOf(undefined, 'a.dat', Buffer.from(text));
      expect(refused).toThrow('Such files end in');
    }
  });

  test('they are not needed where a type or a name says what it is, or that it is not read', () => {
    expect(needsFirstBytes('text/csv', 'a')).toBe(false);
    expect(needsFirstBytes('image/png', 'a.csv')).toBe(false);
    expect(needsFirstBytes('text/plain', 'a')).toBe(false);
    expect(needsFirstBytes(undefined, 'a.xls')).toBe(false);
    expect(() => contentTypeOf(undefined, 'a.xls')).toThrow('an older version');
  });
});

const either = (words: readonly string[]) => `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
const ENDINGS = either(ACCEPTED_EXTENSIONS);
const TYPES = either(TABLE_FORMATS.map(({ contentTypes: [stored] }) => stored));
const NO_FILE = `is not a ${FORMAT_LABELS} file.`;
const ENDS = `${NO_FILE} Such files end in ${ENDINGS}`;

test.each([
  ['image/png', 'photo.png', `photo.png ${NO_FILE} Choose a ${FORMAT_LABELS} file.`],
  ['text/plain', 'a.pdf', `a.pdf ${NO_FILE} Export the table as CSV.`],
  ['text/json', 'a.docx', `a.docx ${NO_FILE} Export the table as CSV.`],
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
  [undefined, 'a', `a ${ENDS}, or are sent as ${TYPES}.`],
  ['image/png', 'a', `a ${NO_FILE} Choose a ${FORMAT_LABELS} file.`],
  ['application/vnd.oasis.opendocument.spreadsheet', 'a', `a ${NO_FILE} Save it as .xlsx, or the sheet as CSV.`],
  ['application/x-7z-compressed', 'a', `a ${NO_FILE} Unpack it and upload the file in it.`],
  ['application/msword', 'a', `a ${NO_FILE} Export the table as CSV.`],
  // kinds that are read, were they what the type says
  ['application/x-zip', 'a', `a ${ENDS}, or are sent as ${TYPES}.`],
  ['application/parquet', 'a', `a ${ENDS}, or are sent as ${TYPES}.`],
  [undefined, `${'x'.repeat(190)}.png`, `${'x'.repeat(80)}… ${NO_FILE} Choose a ${FORMAT_LABELS} file.`],
])('declared %j, %s is refused', (declared, filename, sentence) => {
  expect(() => contentTypeOf(declared, filename)).toThrow(new AppError('UNSUPPORTED_MEDIA_TYPE', sentence));
});
