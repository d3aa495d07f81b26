import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { formatOfFilename, isOfLines } from '../../../src/processing/formats/choose.ts';
import { readRows } from '../../../src/processing/rows.ts';
import type { Encoding } from '../../../src/processing/text/text-reading.ts';
import { reportSchema } from '../../../src/report/report-schema.ts';
import { plainProfile } from '../../support/plain/plain-profile.ts';
import { profileText } from '../../support/profile-text.ts';

/**
 * Files that other tools stumble over, each with what must be found in it: how many rows, the columns with their types,
 * and the warnings; or the sentence of the refusal. A comma and UTF-8 are not named. docs/reading.md has the rules.
 */
interface Seen {
  rows: number;
  columns: string;
  delimiter?: string;
  encoding?: Encoding;
  bad?: number;
  warnings?: string[];
}
const CASES: Record<string, Seen | string> = {
  '02-comment-lines-with-commas.csv': {
    rows: 4,
    columns: 'id: integer | len: decimal | mass: decimal',
    warnings: ['title_lines'],
  },
  '11-r-row-names.csv': {
    rows: 12,
    columns: 'column_1: text | mpg: integer | cyl: integer | gear: integer',
    warnings: ['row_names', 'empty_column_name'],
  },
  '13-free-text-one-column.csv': { rows: 6, columns: 'comment: text' },
  '16-decimal-comma-one-column.csv': { rows: 6, columns: 'price: text' },
  '24-backslash-quotes.csv': {
    rows: 8,
    columns: 'id: integer | name: text | note: text | column_4: text',
    warnings: ['columns_added'],
  },
  '37-comma-rows-at-end.csv': { rows: 3, columns: 'a: integer | b: integer | c: integer', warnings: ['empty_rows'] },
  '47-transposed.csv': { rows: 3, columns: 'name: text | ann: text | bob: text | cai: text | di: text' },
  '51-mixed-encoding.csv': {
    rows: 31,
    columns: 'id: integer | place: text',
    warnings: ['invalid_bytes'],
  },
  '52-utf16-no-bom.csv':
    'This looks like UTF-16 (little-endian) without a byte order mark (line 1, byte 1). ' +
    'Save it as UTF-8, or give the option encoding: utf-16le.',
  '54-double-bom.csv': { rows: 3, columns: 'id: integer | qty: integer' },
  '55-nul-padding-at-end.csv':
    'From here to the end the file is only NUL bytes: it was not completely written or copied ' +
    '(line 5, byte 19). Export or copy it again, or remove these bytes.',
  '101-wrapped-data.json': { rows: 2, columns: 'id: integer | v: decimal', warnings: ['wrapped_records'] },
  '102-socrata.json':
    'The file is one object, not a list of objects (line 1, column 1, byte 0). ' +
    'The rows in "data" are lists: write each as an object, { "name": value }. ' +
    'The option records names a list of objects inside the file.',
  '103-geojson.json': {
    rows: 2,
    columns: 'type: text | properties: json | geometry: json',
    warnings: ['wrapped_records'],
  },
  '104-columns-oriented.json':
    'The file is one object, not a list of objects (line 1, column 1, byte 0). ' +
    'It is written by columns ("a", "b"): write it by rows, as a list of objects (in pandas: orient="records"). ' +
    'The option records names such a list inside a file.',
  '105-object-of-arrays.json':
    'The file is one object, not a list of objects (line 1, column 1, byte 0). ' +
    'It is written by columns ("a", "b"): write it by rows, as a list of objects (in pandas: orient="records"). ' +
    'The option records names such a list inside a file.',
  '106-nan-in-json.json':
    'The JSON is not valid: NaN is not a JSON value (row 2, line 1, column 29, byte 28). The option lenient reads it.',
  '109-one-line-jsonl.jsonl': { rows: 1, columns: 'Column1: text' },
  '110-ndjson-one-bad-line.ndjson':
    'Expected an object (line 51, column 1, byte 785). ' +
    'Every line must be an object, { "name": value }: correct or remove this one.',
  '123-optional-quotes-semicolon.csv': {
    rows: 2,
    columns: 'Field1: integer | Field2: integer | Field,3,3,3: text',
    delimiter: ';',
  },
  '124-sep-one-column.csv': { rows: 3, columns: 'Coordinates: text', warnings: ['sep_line'] },
  '127-html-as-csv.csv':
    'This looks like an HTML page, not a CSV file. ' +
    'It may be a login or error page: open it in a browser, and download the data itself.',
  '134-equal-looking.csv': { rows: 31, columns: 'id: integer | city: text' },
  'bom-sep.csv': { rows: 2, columns: 'name: text | n: integer', delimiter: ';', warnings: ['sep_line', 'title_lines'] },
  'bom-utf16-twice.csv': { rows: 1, columns: 'id: integer | qty: integer', encoding: 'utf-16le' },
  'bounds-one-column.csv': { rows: 5, columns: 'blei: text' },
  'bounds-semicolon.csv': { rows: 8, columns: 'probe: text | blei: text', delimiter: ';' },
  'brackets-header.csv': { rows: 2, columns: '[id]: integer | [name]: text' },
  'columns-of-prose.csv': { rows: 2, columns: 'name: text | city: text' },
  'decimal-comma-in-text.csv': { rows: 5, columns: 'name: text | tiefe: text', delimiter: ';', bad: 1 },
  'decimal-comma-in-text-below-title.csv': {
    rows: 3,
    columns: 'name: text | tiefe: text',
    delimiter: ';',
    warnings: ['title_lines'],
  },
  'empty-row-one-column.csv': { rows: 3, columns: 'a: integer' },
  'empty-rows-everywhere.csv': {
    rows: 3,
    columns: 'a: integer | b: integer | c: integer',
    delimiter: ';',
    bad: 1,
    warnings: ['empty_rows'],
  },
  'flat-object.json': 'The file is one object, not a list of objects: put it in [ ] (line 1, column 1, byte 0).',
  'gzip.csv': { rows: 1, columns: 'id: integer | qty: integer' },
  'html-doctype.csv':
    'This looks like an HTML page, not a CSV file. ' +
    'It may be a login or error page: open it in a browser, and download the data itself.',
  'html.json':
    'This looks like an HTML page, not a JSON file. ' +
    'It may be a login or error page: open it in a browser, and download the data itself.',
  'infinity-in-json.ndjson':
    'The JSON is not valid: -Infinity is not a JSON value (row 2, line 2, column 6, byte 13). ' +
    'The option lenient reads it.',
  'inner-list.json':
    'The file is one object, not a list of objects (line 1, column 1, byte 0). ' +
    'None of its members is a list of objects, but there is one inside: ' +
    'name it with the option records (/result/records).',
  'json-first-cell.csv': { rows: 1, columns: '{"a":1}: text | id: integer' },
  'k3a-one-comma-each.csv': { rows: 5, columns: 'comment: text' },
  'k3b-city-country.csv': { rows: 4, columns: 'place: text' },
  'k3c-quoted-fine.csv': { rows: 3, columns: 'comment: text' },
  'k3d-majority-two-commas.csv': { rows: 3, columns: 'address: text' },
  'k4b-one-bad-row.csv': { rows: 20, columns: 'id: integer | address: text', delimiter: ';', bad: 1 },
  'k4e-no-header-decimal-comma.csv': { rows: 28, columns: '1,5: text | 2,5: text', delimiter: ';' },
  'k4f-units-in-header.csv': { rows: 19, columns: 'Zeit, s: text | Spannung, V: text', delimiter: ';' },
  'k4g-header-comma-once.csv': { rows: 19, columns: 'Time, s: integer | V: integer | A: integer', delimiter: ';' },
  'k4h-three-cols-decimal-comma-no-header.csv': {
    rows: 19,
    columns: '0,0: text | 1,0: text | 2,0: text',
    delimiter: ';',
  },
  'k5-r-rownames-numeric.csv': {
    rows: 14,
    columns: 'column_1: integer | x: decimal | y: integer',
    warnings: ['row_names', 'empty_column_name'],
  },
  'k12a-wrapped-in-brackets-json.json': {
    rows: 1,
    columns: 'data: json | count: integer',
    warnings: ['wrapped_records'],
  },
  'k12b-ndjson-one-record-two-lines-json.json':
    'The file is one object, not a list of objects: put it in [ ] (line 1, column 1, byte 0).',
  'k13a-quoted-empties.csv': { rows: 2, columns: 'a: integer | b: integer', warnings: ['empty_rows'] },
  'k13b-spaces.csv': { rows: 2, columns: 'a: integer | b: integer', warnings: ['empty_rows'] },
  'k13c-middle.csv': { rows: 3, columns: 'a: integer | b: integer', warnings: ['empty_rows'] },
  'k13d-many-at-end.csv': { rows: 30, columns: 'a: integer | b: integer | c: text', warnings: ['empty_rows'] },
  'k14a-key-value-preamble.csv': {
    rows: 4,
    columns: 'time: integer | temp: decimal | hum: integer',
    warnings: ['title_lines'],
  },
  'k14b-title-with-comma.csv': { rows: 3, columns: 'id: integer | x: integer | y: integer', warnings: ['title_lines'] },
  'k14c-percent-comments.csv': { rows: 3, columns: 'id: integer | x: integer', warnings: ['title_lines'] },
  'k14d-hash-header.csv': { rows: 2, columns: '#id: integer | x: integer | y: integer' },
  'k15b-utf8-cut-at-end.csv': { rows: 20, columns: 'id: integer | place: text', warnings: ['invalid_bytes'] },
  'less-than.csv': { rows: 2, columns: '<5: integer | >5: integer' },
  'lines.csv':
    'This looks like JSON, not a CSV file. ' +
    'Name it .json (.ndjson with one object per line), or send it as application/json.',
  'list.csv':
    'This looks like JSON, not a CSV file. ' +
    'Name it .json (.ndjson with one object per line), or send it as application/json.',
  'lines-with-any-delimiter.csv': { rows: 4, columns: 'notes: text' },
  'lists-below-title.csv': {
    rows: 3,
    columns: 'name: text | art: text | werte: text',
    delimiter: ';',
    warnings: ['title_lines'],
  },
  'lists-of-numbers.csv': { rows: 3, columns: 'id: integer | list: text' },
  'times-semicolon.csv': { rows: 3, columns: 'name: text | zeit: text', delimiter: ';' },
  'title-with-comma-above-semicolon.csv': {
    rows: 3,
    columns: 'probe: text | wert, mg: text',
    delimiter: ';',
    warnings: ['title_lines'],
  },
  'lists-in-cells.csv': { rows: 3, columns: 'id: integer | tags: text | n: integer' },
  'm1-two-decimal-comma-cols-semicolon-header.csv': { rows: 19, columns: 'x: text | y: text', delimiter: ';' },
  'm2-one-decimal-comma-col-noheader.csv': { rows: 18, columns: 'A1: text | 1,5: text', delimiter: ';' },
  'm3-semicolon-header-with-commas-quoted.csv': {
    rows: 19,
    columns: 'Zeit, s: text | Spannung, V: text',
    delimiter: ';',
  },
  'm5-semicolon-one-short-row.csv': { rows: 20, columns: 'id: integer | adr: text', delimiter: ';', bad: 1 },
  'm6-semicolon-addresses-unquoted-one-bad.csv': {
    rows: 20,
    columns: 'id: integer | adr: text',
    delimiter: ';',
    bad: 1,
  },
  'm7-preamble-three.csv': {
    rows: 19,
    columns: 'Time: integer | Temp: integer | Hum: integer',
    delimiter: ';',
    warnings: ['title_lines'],
  },
  'm8-json-in-csv-unquoted.csv': {
    rows: 9,
    columns: 'id: integer | payload: text | column_3: text',
    warnings: ['columns_added'],
  },
  'm9-json-in-csv-quoted.csv': { rows: 9, columns: 'id: integer | payload: text' },
  'more-fields-of-numbers.csv': {
    rows: 3,
    columns: 'a: integer | b: integer | column_3: integer',
    warnings: ['columns_added'],
  },
  'more-fields-of-text.csv': {
    rows: 2,
    columns: 'name: text | city: text | column_3: text',
    warnings: ['columns_added'],
  },
  'none-in-json.json':
    'The JSON is not valid: None is not a JSON value (row 1, line 1, column 7, byte 6). Write null instead.',
  'nul-here-and-there.csv': { rows: 4, columns: 'id: integer | name: text', warnings: ['invalid_bytes'] },
  'nul-nine.csv': { rows: 1, columns: 'a: integer | b: text', warnings: ['invalid_bytes'] },
  'nul-ten.csv':
    'This looks like a binary file, not a CSV file: 10 of its first 24 bytes are NUL (line 2, byte 7). ' +
    'Export the table as CSV.',
  'nul-windows-1252.csv': {
    rows: 3,
    columns: 'id: integer | name: text',
    encoding: 'windows-1252',
    warnings: ['encoding_fallback', 'invalid_bytes'],
  },
  'object-over-lines.jsonl': 'The file is one object, not a list of objects: put it in [ ] (line 1, column 1, byte 0).',
  'object.csv':
    'This looks like JSON, not a CSV file. ' +
    'Name it .json (.ndjson with one object per line), or send it as application/json.',
  'parquet.csv':
    'The footer of the file would be longer than the file, 269812757 bytes (byte 4). ' +
    'It may have been cut off: upload the whole file.',
  'pdf.csv': 'This looks like a PDF document, not a CSV file. Export the table as CSV.',
  'png.csv': 'This looks like a PNG image, not a CSV file. Choose a file with a table, such as a CSV.',
  'row-names-text.csv': {
    rows: 3,
    columns: 'column_1: text | mpg: decimal | cyl: integer',
    warnings: ['row_names', 'empty_column_name'],
  },
  'sep-only.csv':
    'The file has no header: every line is blank (line 1, byte 0). ' + 'Upload a file with a header and rows.',
  'sep-other.csv': {
    rows: 2,
    columns: 'name: text | n: integer',
    delimiter: '^',
    warnings: ['sep_line', 'empty_rows'],
  },
  'sep-quoted-tab.csv': { rows: 1, columns: 'name: text | n: integer', delimiter: '\t', warnings: ['sep_line'] },
  'sep-semicolon.csv': { rows: 2, columns: 'name: text | price: text', delimiter: ';', warnings: ['sep_line'] },
  'sep-word.csv': { rows: 2, columns: 'sep=x: integer' },
  'short-rows-of-numbers.csv': { rows: 6, columns: 'a: integer | b: integer', bad: 3 },
  'string-like-list.json': 'The file is one object, not a list of objects: put it in [ ] (line 1, column 1, byte 0).',
  'thousands-one-column.csv': { rows: 3, columns: 'people: text' },
  'title-and-text.csv': { rows: 2, columns: 'name: text | city: text', warnings: ['title_lines'] },
  'triple-bom.csv': { rows: 1, columns: 'id: integer | qty: integer' },
  'two-lists.json':
    'The file is one object, not a list of objects (line 1, column 1, byte 0). ' +
    'Several of its members are lists of objects ("a", "b"): name one with the option records, such as /a.',
  'units-comment-text.csv': { rows: 2, columns: '#id: integer | name: text' },
  'utf16be-no-bom.csv':
    'This looks like UTF-16 (big-endian) without a byte order mark (line 1, byte 0). ' +
    'Save it as UTF-8, or give the option encoding: utf-16be.',
  'workbook.csv': 'The workbook has no sheet with cells. Choose a workbook with a table.',
  'xml.csv': 'This looks like an XML document, not a CSV file. Export the table as CSV.',
  'zip.csv': { rows: 1, columns: 'id: integer' },
  'zstd.json': 'The Zstandard data is cut off at the end of the compressed file (byte 9). Copy or export it again.',
};

const validate = new Ajv2020().compile(reportSchema);
const formatOf = (file: string) => formatOfFilename(file)!.name;
const report = (file: string, cuts: number[] = []) =>
  profileText(readFileSync(`tests/cases/${file}`), formatOf(file), cuts, { isOfLines: isOfLines(file) });

test('every file is in the table', () => {
  expect(
    readdirSync('tests/cases')
      .filter((file) => !file.endsWith('.md'))
      .sort(),
  ).toEqual(Object.keys(CASES).sort());
});

test.each(Object.entries(CASES))('%s', async (file, expected) => {
  const text = await report(file);
  const { length } = readFileSync(`tests/cases/${file}`);
  // at every byte of a small file, and around the ends of a larger one's
  const cuts = Array.from({ length: Math.min(length, 300) }, (_, i) => i + 1);
  expect(await report(file, cuts)).toBe(text);
  for (const cut of cuts.filter((at) => at % 7 === 0 || at < 12))
    expect(await report(file, [cut, length - cut])).toBe(text);
  if (typeof expected === 'string') return expect(text).toBe(`${expected}\n`);
  expect(text.startsWith('{'), text).toBe(true);
  expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
  const { row_count: rows, columns, file: facts, bad_rows, warnings } = JSON.parse(text);
  expect({
    rows,
    columns: columns.map(({ name, type }: { name: string; type: string }) => `${name}: ${type}`).join(' | '),
    delimiter: facts.delimiter ?? ',',
    encoding: facts.encoding,
    bad: bad_rows.count,
    warnings: warnings.map(({ code }: { code: string }) => code),
  }).toEqual({ delimiter: ',', encoding: 'utf-8', bad: 0, warnings: [], ...expected });
});

/** Compressed: the plain reader reads text alone. */
const PACKED = ['gzip.csv', 'zip.csv'];
const TABLES = Object.entries(CASES).filter(
  ([file, seen]) => typeof seen !== 'string' && formatOf(file) === 'csv' && !PACKED.includes(file),
);
test.each(TABLES)('%s: the plain reader sees the same', async (file) => {
  const bytes = readFileSync(`tests/cases/${file}`);
  const plain = await plainProfile(bytes, 'csv');
  const { columns, row_count, bad_rows } = JSON.parse(await report(file));
  expect([plain.rowCount, plain.badRows.count]).toEqual([row_count, bad_rows.count]);
  expect(
    plain.columns.map(({ name, type, topValues, length }) => ({ name, type, top_values: topValues, length })),
  ).toEqual(
    columns.map(({ name, type, top_values, length }: Record<string, unknown>) => ({ name, type, top_values, length })),
  );
});
test.each(TABLES)('%s: its rows by their numbers are the rows of the report', async (file, seen) => {
  const { rows, encoding = 'utf-8' } = seen as Seen;
  const bytes = readFileSync(`tests/cases/${file}`);
  async function* source() {
    for (let at = 0; at < bytes.length; at += 11) yield bytes.subarray(at, at + 11);
  }
  const wanted = Array.from({ length: rows + 3 }, (_, i) => i + 1);
  const found = await Array.fromAsync(readRows(source(), { format: 'csv', encoding }, wanted));
  const { columns } = JSON.parse(await report(file));
  expect(found).toHaveLength(rows);
  for (const { fields } of found) {
    expect(fields.map(([name]) => name)).toEqual(columns.map(({ name }: { name: string }) => name));
    fields.forEach(([, value], i) => {
      const { top_values, distinct } = columns[i];
      if (value === null) return;
      const field = value as string;
      if (distinct.count > 10 || field.trim() === '' || /^(NA|null)$/.test(field.trim())) return;
      expect(top_values.map(({ value }: { value: string }) => value)).toContain(field);
    });
  }
});
