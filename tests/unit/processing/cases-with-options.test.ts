import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ReadOptions } from '../../../src/processing/options/read-options.ts';
import { profileText } from '../../support/profile-text.ts';

/** Files that are read right with the options that a person would give: rows, columns with their types, warnings. */
const CASES: [file: string, options: ReadOptions, rows: number, columns: string, warnings?: string[]][] = [
  ['cases/02-comment-lines-with-commas.csv', { comment: '#' }, 4, 'id: integer | len: decimal | mass: decimal'],
  ['cases/24-backslash-quotes.csv', { escape: '\\' }, 8, 'id: integer | name: text | note: text'],
  ['cases/52-utf16-no-bom.csv', { encoding: 'utf-16le' }, 3, 'id: integer | name: text'],
  ['cases/16-decimal-comma-one-column.csv', { delimiter: ';' }, 6, 'price: text', ['delimiter_not_found']],
  ['cases/124-sep-one-column.csv', { header: true }, 3, 'Coordinates: text', ['sep_line']],
  ['cases/124-sep-one-column.csv', { header: false }, 4, 'column_1: text', ['sep_line']],
  ['cases/51-mixed-encoding.csv', { encoding: 'windows-1252' }, 31, 'id: integer | place: text'],
  ['cases/51-mixed-encoding.csv', { encoding: 'UTF-8' }, 31, 'id: integer | place: text', ['invalid_bytes']],
  ['cases-with-options/05-units-row.csv', { header: [1, 2] }, 12, 'when: date | depth m: integer | temp degC: decimal'],
  ['cases-with-options/06-total-row.csv', { skip_footer: 1 }, 4, 'region: text | q1: integer | q2: integer'],
  ['cases-with-options/19-thousands-point.csv', { decimal: ',', thousands: '.' }, 12, 'ort: text | einwohner: integer'],
  [
    'cases-with-options/25-backslash-n-null.tsv',
    { more_null_tokens: ['\\N'] },
    6,
    'id: integer | name: text | age: integer',
  ],
  ['cases-with-options/27-stray-quote-swallows.csv', { quote: null }, 120, 'id: integer | name: text | city: text'],
  [
    'cases-with-options/32-space-delimited.csv',
    { delimiter: ' ' },
    3,
    'id: integer | grp: integer | x: decimal | y: decimal',
  ],
  [
    'cases-with-options/33-tilde-delimited.csv',
    { delimiter: '~' },
    3,
    'Column A: text | Column B: integer | Column C: text',
  ],
  [
    'cases-with-options/44-no-header-text.csv',
    { header: false },
    4,
    'column_1: text | column_2: text | column_3: text',
  ],
  [
    'cases-with-options/44-no-header-text.csv',
    { header: false, columns: ['city', 'name'] },
    4,
    'city: text | name: text | column_3: text',
  ],
  ['cases-with-options/57-cp1251.csv', { encoding: 'windows-1251' }, 3, 'код: integer | город: text'],
  ['cases-with-options/58-shift-jis.csv', { encoding: 'shift_jis' }, 3, '番号: integer | 品名: text'],
  ['cases-with-options/63-e-codes.csv', { types: { part: 'text' } }, 12, 'slot: integer | part: text'],
  ['cases-with-options/65-hex-no-leading.csv', { types: { hash: 'text' } }, 12, 'i: integer | hash: text'],
  ['cases-with-options/75-sentinel-999.csv', { more_null_tokens: ['-999'] }, 20, 't: integer | silicate: decimal'],
  ['cases-with-options/121-single-quotes.csv', { quote: "'" }, 3, 'id: integer | name: text | note: text'],
];
const report = (file: string, readOptions: ReadOptions, cuts: number[] = []) =>
  profileText(readFileSync(`tests/${file}`), 'csv', cuts, { readOptions });

test('every file is in the table', () => {
  for (const file of readdirSync('tests/cases-with-options'))
    expect(CASES.map(([name]) => name)).toContain(`cases-with-options/${file}`);
});

test.each(CASES)('%s with %j', async (file, options, rows, columns, warnings = []) => {
  const text = await report(file, options);
  const found = JSON.parse(text);
  expect({
    rows: found.row_count,
    columns: found.columns.map(({ name, type }: Record<string, string>) => `${name}: ${type}`).join(' | '),
    warnings: found.warnings.map(({ code }: { code: string }) => code),
    bad: found.bad_rows.count,
  }).toEqual({ rows, columns, warnings, bad: 0 });
  expect(await report(file, options, [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144])).toBe(text);
});
