import { describe, expect, test } from 'vitest';
import { rangesOfBytes } from '../../../../../src/infra/engine/ranges.ts';
import { sourceOfBytes } from '../../../../../src/infra/engine/source.ts';
import { SheetSource } from '../../../../../src/processing/formats/xlsx/sheet-source.ts';
import { profileDataset } from '../../../../../src/processing/profile.ts';
import { readRows } from '../../../../../src/processing/rows.ts';
import { buildReport } from '../../../../../src/report/build-report.ts';
import { inline, type WrittenWorkbook, workbook, workbookParts, zipOf } from '../../../../support/workbook.ts';

async function textOf(bytes: Buffer, options = {}): Promise<string> {
  const sheet = await SheetSource.open(rangesOfBytes(bytes), options);
  const pieces = await Array.fromAsync(sheet.text(), (piece) => Buffer.from(piece));
  return Buffer.concat(pieces).toString().replace('sep=,\n', '');
}
const rowsText = async (rows: string, others: Partial<WrittenWorkbook> = {}) =>
  textOf(await workbook({ sheets: [{ name: 'A', rows }], ...others }));
const cellText = async (cell: string, others: Partial<WrittenWorkbook> = {}) =>
  (await rowsText(`<row r="1">${cell}</row>`, others)).replace(/\n$/, '');

test('a decimal comma that is said holds for texts; numbers stay what they are', async () => {
  const row = (n: number, cells: string) => `<row r="${n}">${cells}</row>`;
  const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
  const rows =
    row(1, text('a') + text('b')) +
    row(2, `<c><v>1.234</v></c>${text('1.234,5')}`) +
    row(3, `<c><v>3.125</v></c>${text('2,5')}`);
  const source = sourceOfBytes(await workbook({ sheets: [{ name: 'A', rows }] })).bytes;
  const { columns } = await profileDataset(source, { format: 'xlsx', readOptions: { decimal: ',', thousands: '.' } });
  expect(columns.map(({ type, numeric }) => [type, numeric?.min, numeric?.max])).toEqual([
    ['decimal', 1.234, 3.125],
    ['decimal', 2.5, 1234.5],
  ]);
});

test.each([
  [0, 'name A,name B\nm,degC\n', 'units_row', { header: [1, 2] }],
  [2, 'name A,name B\nm,degC\n', 'units_row', { header: [3, 4] }],
  [0, '3,3.5\n', 'no_header', { header: false }],
])('a suggestion names rows of the sheet: below %i titles, %j, %s', async (titles, top, code, options) => {
  const text = `${'title\n'.repeat(titles)}${top}${Array.from({ length: 12 }, (_, i) => `${i},${i}.5\n`).join('')}`;
  const cell = (value: string) => (/^\d/.test(value) ? `<c><v>${value}</v></c>` : inline(value));
  const rows = text
    .trimEnd()
    .split('\n')
    .map((row) => `<row>${row.split(',').map(cell).join('')}</row>`);
  const bytes = await workbook({ sheets: [{ name: 'A', rows: rows.join('') }] });
  const ofSheet = buildReport(await profileDataset(sourceOfBytes(bytes).bytes, { format: 'xlsx' })).suggestions;
  const csv = sourceOfBytes(Buffer.from(text)).bytes;
  expect(ofSheet).toEqual(buildReport(await profileDataset(csv, { format: 'csv' })).suggestions);
  expect(ofSheet).toMatchObject([{ code, options }]);
});

test('a comment is a row whose first cell begins so, whatever else is in it', async () => {
  const cell = (text: string) => (text ? `<c t="inlineStr"><is><t>${text}</t></is></c>` : '<c/>');
  const row = (n: number, ...texts: string[]) => `<row r="${n}">${texts.map(cell).join('')}</row>`;
  const rows = [
    row(1, '# made, by &quot;us&quot;\nin May', 'x'),
    row(2, 'a', 'b'),
    row(3, '1', '# 2'),
    row(4, '#', 'y', 'z'),
    row(5, '', '#'),
    row(6, '# a, b'),
    row(7, '3', '4'),
    row(8, '#end'),
  ].join('');
  const bytes = await workbook({ sheets: [{ name: 'A', rows }] });
  const options = { format: 'xlsx', readOptions: { comment: '#' } };
  const { columns, rowCount, warnings, badRows, file } = await profileDataset(sourceOfBytes(bytes).bytes, options);
  expect(columns.map(({ name }) => name)).toEqual(['a', 'b']);
  expect([rowCount, badRows.count, warnings]).toEqual([3, 0, []]);
  const found = await Array.fromAsync(readRows(sourceOfBytes(bytes).bytes, file, [1, 2, 3], options.readOptions));
  expect(found.map(({ line, fields }) => [line, ...fields.map(([, value]) => value)])).toEqual([
    [3, '1', '# 2'],
    [5, '', '#'],
    [7, '3', '4'],
  ]);
  const sep = await profileDataset(sourceOfBytes(bytes).bytes, { format: 'xlsx', readOptions: { comment: 's' } });
  expect([sep.rowCount, sep.columns[1]!.name]).toEqual([7, 'x']);
});
test.each(['', 'P', 'a,b\n1,2\n', `${'x'.repeat(600)}`])('what is no workbook is told as that: %.10j', async (text) => {
  await expect(SheetSource.open(rangesOfBytes(Buffer.from(text)), {})).rejects.toThrow(
    'This is not an Excel workbook (byte 0). Its first bytes are not those of one: choose an .xlsx, or name the format',
  );
});
test('all rows left out are told as that', async () => {
  const bytes = await workbook({ sheets: [{ name: 'A', rows: '<row r="1"><c><v>1</v></c></row>' }] });
  const read = profileDataset(sourceOfBytes(bytes).bytes, { format: 'xlsx', readOptions: { skip_rows: 1_000 } });
  await expect(read).rejects.toThrow(
    'The sheet "A" has no value below the 1,000 rows that skip_rows leaves out. Leave out fewer rows.',
  );
});

describe('a cell', () => {
  test.each([
    ['<c><v>12</v></c>', '12'],
    ['<c t="n"><v>-0.5</v></c>', '-0.5'],
    ['<c><v>3.0</v></c>', '3'],
    ['<c><v>1E3</v></c>', '1000'],
    ['<c><v>0.10000000000000001</v></c>', '0.1'],
    ['<c><v>0.30000000000000004</v></c>', '0.30000000000000004'],
    ['<c><v>0.0000001</v></c>', '1e-7'],
    ['<c><v>12345678901234567890</v></c>', '12345678901234567000'],
    ['<c t="b"><v>1</v></c><c t="b"><v>0</v></c>', 'true,false'],
    ['<c t="e"><v>#N/A</v></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c>', '#N/A,#DIV/0!'],
    ['<c t="str"><f>A1&amp;B1</f><v>a&amp;b</v></c>', 'a&b'],
    ['<c><f>1+1</f><v>2</v></c>', '2'],
    ['<c t="s"><v>1</v></c><c t="s"><v>0</v></c>', 'ab,"x,""y"""'],
    ['<c t="inlineStr"><is><t>a,b</t></is></c>', '"a,b"'],
    ['<c t="inlineStr"><is><r><rPr><b/></rPr><t>a</t></r><r><t>b</t></r><rPh><t>no</t></rPh></is></c>', 'ab'],
    ['<c t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>', ' a '],
    ['<c t="inlineStr"><is><t>a_x000D_b_x005F_x0041_</t></is></c>', '"a\rb_x0041_"'],
    ['<c t="inlineStr"><is><t>&lt;&#65;&#x1F600;<![CDATA[&amp;]]></t></is></c>', '<A😀&amp;'],
    ['<c t="inlineStr"><is><t>_x0000__xD800_</t></is></c>', '\ufffd\ufffd'],
    ['<c t="d"><v>2024-05-06T07:08:09</v></c>', '2024-05-06T07:08:09'],
    ['<c r="C1"><v>1</v></c><c r="E1"/><c r="AA1"><v>2</v></c>', `,,1${','.repeat(24)}2`],
    ['<c r="A1"><v>1</v></c><c r="B1" s="1"/><c r="C1" t="inlineStr"><is><t></t></is></c>', '1'],
    ['<x:c xmlns:x="y"><x:v>7</x:v></x:c>', '7'],
  ])('%s is %s', async (cell, text) => {
    expect(await cellText(cell, { strings: '<si><t>x,"y"</t></si><si><r><t>a</t></r><r><t>b</t></r></si>' })).toBe(
      text,
    );
  });

  test.each([
    ['yyyy-mm-dd', '1', '1900-01-01', '1904-01-02'],
    ['d/m/yy', '59', '1900-02-28', '1904-02-29'],
    ['d/m/yy', '60', '1900-02-29', '1904-03-01'],
    ['d/m/yy', '61', '1900-03-01', '1904-03-02'],
    ['dd.mm.yyyy', '45000.75', '2023-03-15T18:00:00', '2027-03-16T18:00:00'],
    ['yyyy-mm-dd hh:mm', '45000', '2023-03-15T00:00:00', '2027-03-16T00:00:00'],
    ['yyyy', '-1', '-1', '-1'],
    ['yyyy-mm-dd', '45000.999999999', '2023-03-16', '2027-03-17'],
    ['yyyy-mm-dd', '2958465.999999999', '9999-12-31T23:59:59.999', '2958465.999999999'],
    ['yyyy-mm-dd', '2957003.999999999', '9995-12-31', '9999-12-31T23:59:59.999'],
    ['hh:mm', '0.5', '12:00:00', '12:00:00'],
    ['h:mm', '45000.604166666664', '14:30:00', '14:30:00'],
    ['h:mm', '1', '00:00:00', '00:00:00'],
    ['hh:mm:ss', '0.999999999', '00:00:00', '00:00:00'],
    ['hh:mm:ss', '-0.25', '-06:00:00', '-06:00:00'],
    ['[h]:mm:ss', '0.999999999', '24:00:00', '24:00:00'],
    ['[h]:mm', '45000.5', '1080012:00:00', '1080012:00:00'],
    ['[h]:mm:ss', '1.5', '36:00:00', '36:00:00'],
    ['mm:ss.0', '0.00001', '00:00:00.864', '00:00:00.864'],
    ['[h]:mm', '-0.25', '-06:00:00', '-06:00:00'],
    ['0.00%', '0.25', '0.25', '0.25'],
    ['#,##0.00 [$€-407]', '1234.5', '1234.5', '1234.5'],
  ])('a number as %s: %s is %s, in the other way %s', async (format, value, in1900, in1904) => {
    const cell = `<c s="1"><v>${value}</v></c>`;
    expect(await cellText(cell, { formats: [format] })).toBe(in1900);
    expect(await cellText(cell, { formats: [format], is1904: true })).toBe(in1904);
  });
});

test('rows without a value between others are empty rows of the table; those at the end are nothing', async () => {
  const text = await rowsText(
    '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c></row><row r="3"><c r="A3" s="0"/></row>' +
      '<row r="5"><c r="A5"><v>3</v></c></row><row r="9"><c r="A9" t="str"><v></v></c></row>',
  );
  expect(text).toBe('\n1,2\n,\n,\n3,\n');
});

const SHEETS = [
  { name: 'Cover', rows: '', state: 'hidden' },
  { name: 'Data', rows: '<row><c t="inlineStr"><is><t>a</t></is></c></row><row><c><v>1</v></c></row>' },
  { name: 'More & more', rows: '<row><c><v>7</v></c></row><row/><row><c><v>8</v></c></row>' },
];
describe('sheets', () => {
  const profileOf = async (sheet?: string | number, sheets = SHEETS) => {
    const bytes = await workbook({ sheets });
    const readOptions = sheet === undefined ? undefined : { sheet };
    return profileDataset(sourceOfBytes(bytes).bytes, { format: 'xlsx', readOptions });
  };
  test.each([
    [undefined, 'Data'],
    ['More & more', 'More & more'],
    [3, 'More & more'],
    ['2', 'Data'],
  ])('asked for %j it reads %s', async (asked, name) => {
    expect((await profileOf(asked)).file).toMatchObject({
      format: 'xlsx',
      sheet: name,
      sheets: [
        { name: 'Cover', hidden: true, rows: 0 },
        { name: 'Data', hidden: false, rows: 2 },
        { name: 'More & more', hidden: false, rows: 3 },
      ],
    });
  });
  test('a number is a place, then a name', async () => {
    const sheets = ['2024', '1', 'x'].map((name) => ({ name, rows: '<row><c><v>1</v></c></row>' }));
    const readAs = async (asked: string | number) => (await profileOf(asked, sheets)).file;
    expect(await readAs(2024)).toMatchObject({ sheet: '2024' });
    expect(await readAs('2024')).toMatchObject({ sheet: '2024' });
    expect(await readAs(1)).toMatchObject({ sheet: '2024' });
    expect(await readAs('1')).toMatchObject({ sheet: '1' });
    expect(await readAs('3')).toMatchObject({ sheet: 'x' });
  });
  test('one that is not there is refused, with those that are', async () => {
    await expect(profileOf('data')).rejects.toThrow(
      'The workbook has no sheet "data". It has "Cover", "Data" and "More & more".',
    );
    await expect(profileOf(4)).rejects.toThrow('The workbook has no sheet number 4.');
  });
  test('one without a value is refused, with the others', async () => {
    await expect(profileOf(1)).rejects.toThrow(
      'The sheet "Cover" has no value. Name another with the option sheet: the workbook has "Data" and "More & more".',
    );
  });
});

test('formulas without a stored result are null, with a warning', async () => {
  const rows =
    '<row><c t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><t>b</t></is></c></row>' +
    '<row><c><v>1</v></c><c><f>A2*2</f><v></v></c></row><row><c><v>2</v></c><c><f>A3*2</f></c></row>' +
    '<row><c><v>3</v></c><c t="str"><f>""</f><v></v></c></row>';
  const bytes = await workbook({ sheets: [{ name: 'A', rows }] });
  const profile = await profileDataset(sourceOfBytes(bytes).bytes, { format: 'xlsx' });
  expect(profile.warnings).toEqual([
    {
      code: 'uncalculated_formulas',
      message:
        '2 formulas have no stored result and are read as empty, the first in cell B2: ' +
        'open the workbook in Excel or LibreOffice and save it.',
    },
  ]);
  expect(profile.columns.map(({ nullCount }) => nullCount)).toEqual([0, 3]);
});

test("lines are the sheet's rows, whatever texts hold", async () => {
  const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
  const rows =
    `<row r="3">${cell('a')}${cell('b')}</row><row r="4">${cell('x\ny')}${cell('z')}</row>` +
    `<row r="7">${cell('1')}${cell('2')}${cell('3')}</row>`;
  const bytes = await workbook({ sheets: [{ name: 'A', rows }] });
  const profile = await profileDataset(sourceOfBytes(bytes).bytes, { format: 'xlsx' });
  expect(profile.badRows.examples).toEqual([{ row: 2, line: 7, fields: 3, expected: 2 }]);
  expect(profile.warnings).toEqual([
    { code: 'empty_rows', message: '2 rows without any value are skipped, the first in line 5.' },
  ]);
  expect(await Array.fromAsync(readRows(sourceOfBytes(bytes).bytes, profile.file, [1, 2]))).toEqual([
    {
      row: 1,
      line: 4,
      fields: [
        ['a', 'x\ny'],
        ['b', 'z'],
      ],
    },
    {
      row: 2,
      line: 7,
      fields: [
        ['a', '1'],
        ['b', '2'],
      ],
      surplus: ['3'],
    },
  ]);
});

describe('what is no workbook, or none that is read, is refused', () => {
  const parts = workbookParts({ sheets: [{ name: 'A', rows: '<row><c><v>1</v></c></row>' }] });
  const refusal = async (changed: Record<string, string | undefined>) => {
    const kept = Object.entries({ ...parts, ...changed }).filter(([, content]) => content !== undefined);
    const bytes = await zipOf(Object.fromEntries(kept) as Record<string, string>);
    return profileDataset(sourceOfBytes(bytes).bytes, { format: 'xlsx' }).then(
      () => 'read',
      (error: Error) => error.message,
    );
  };
  const sheet = (rows: string) => ({ 'xl/worksheets/sheet1.xml': rows });
  const root = (target: string) => ({ '_rels/.rels': parts['_rels/.rels'].replace('xl/workbook.xml', target) });
  test.each<[string, Record<string, string | undefined>, string]>([
    ['a sheet', {}, 'read'],
    ['xlsb', root('xl/workbook.bin'), 'This is a binary Excel workbook (.xlsb), which is not read.'],
    ['docx', root('word/document.xml'), 'This is a Word document, not a workbook.'],
    ['another zip', { 'xl/workbook.xml': undefined }, 'The zip archive holds 4 files'],
    ['a sheet that is not there', sheet(undefined as never), 'its part "xl/worksheets/sheet1.xml" is missing.'],
    ['an end within', sheet('<worksheet><sheetData>'), 'ends within an element.'],
    ['tags that cross', sheet('<worksheet><a></worksheet></a>'), 'closes an element that is not open.'],
    ['entities', sheet('<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'), 'declares a document type'],
    [
      'an unknown reference',
      sheet('<worksheet><sheetData><row><c><v>&a;</v></c></row></sheetData></worksheet>'),
      '&a;',
    ],
    ['depth', sheet(`<worksheet>${'<a>'.repeat(200)}`), 'has more than 100 elements within each other.'],
    ['a long tag', sheet(`<worksheet a="${'x'.repeat(5_000_000)}"/>`), 'is longer than 4 MiB.'],
    [
      'cells that go back',
      sheet('<worksheet><sheetData><row><c r="B1"/><c r="A1"/></row></sheetData></worksheet>'),
      'order',
    ],
    [
      'rows that go back',
      sheet('<worksheet><sheetData><row r="2"/><row r="1"/></sheetData></worksheet>'),
      'row 1 behind',
    ],
    [
      'a row without a number',
      sheet('<worksheet><sheetData><row r="1"/><row r="x"/></sheetData></worksheet>'),
      'has a row behind the row 1 whose number is none.',
    ],
    ['a row far away', sheet('<worksheet><sheetData><row r="9999999"/></sheetData></worksheet>'), 'no sheet has'],
    ['no such text', sheet('<worksheet><sheetData><row><c t="s"><v>5</v></c></row></sheetData></worksheet>'), 'text 5'],
    ['UTF-16', sheet('\0<worksheet/>'), 'is not UTF-8.'],
  ])('%s', async (_, changed, sentence) => {
    expect(await refusal(changed)).toContain(sentence);
  });

  test.each([
    ['xls', 'Workbook', 'This is an Excel workbook of an older version (.xls).'],
    ['a password', 'EncryptedPackage', 'The workbook is encrypted with a password. Save it without one.'],
  ])('%s', async (_, name, sentence) => {
    const bytes = Buffer.alloc(2048);
    bytes.write('d0cf11e0a1b11ae1', 'hex');
    bytes.writeUInt16LE(9, 30); // sectors of 512 bytes, the directory is in the second
    bytes.writeUInt32LE(1, 48);
    bytes.write(name, 1024 + 128, 'utf16le');
    await expect(profileDataset(sourceOfBytes(bytes).bytes, { format: 'xlsx' })).rejects.toThrow(sentence);
  });
});
