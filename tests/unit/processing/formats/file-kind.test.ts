import { expect, test } from 'vitest';
import { DatasetError } from '../../../../src/processing/errors.ts';
import { refuseForeign } from '../../../../src/processing/formats/file-kind.ts';
import { FORMATS } from '../../../../src/processing/formats/formats.ts';

const [CSV, JSON_FORMAT] = FORMATS;
const refuse = (first: string, format = CSV!) =>
  refuseForeign(Buffer.from(first, 'latin1'), { format, formats: FORMATS });

test.each([
  ['\x89PNG\r\n\x1a\n', 'a PNG image', 'Choose a file with a table, such as a CSV.'],
  ['\xff\xd8\xff\xe0\0\x10JFIF', 'a JPEG image', 'Choose a file with a table, such as a CSV.'],
  ['GIF89a', 'a GIF image', 'Choose a file with a table, such as a CSV.'],
  ['RIFF\0\0\0\0WEBPVP8', 'a WebP image', 'Choose a file with a table, such as a CSV.'],
  ['II*\0', 'a TIFF image', 'Choose a file with a table, such as a CSV.'],
  ['%PDF-1.7', 'a PDF document', 'Export the table as CSV.'],
  ['PK\x03\x04\x14\0data.csv', 'a zip archive', 'Unpack it and upload the file in it.'],
  [
    'PK\x03\x04\x14\0[Content_Types].xml … xl/workbook.xml',
    'an Excel workbook (.xlsx)',
    'Unpack it and upload the file in it.',
  ],
  ['PK\x03\x04\x14\0[Content_Types].xml … word/document.xml', 'a Word document (.docx)', 'Export the table as CSV.'],
  [
    '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    'an Excel workbook of an older version (.xls)',
    'Save it as .xlsx, or the sheet as CSV.',
  ],
  ['\x1f\x8b\b', 'a gzip file', 'Unpack it (gunzip) and upload the file in it.'],
  [`data.csv${'\0'.repeat(249)}ustar\x0000`, 'a tar archive', 'Unpack it and upload the file in it.'],
  ['PAR1\x15', 'a Parquet file', 'Unpack it and upload the file in it.'],
  ['SQLite format 3\0', 'an SQLite database', 'Export the table as CSV.'],
  ['\x80\x04\x95', 'a Python pickle', 'Export the table as CSV.'],
])('%j is named, with what to do', (first, name, advice) => {
  expect(() => refuse(first)).toThrow(new DatasetError(`This looks like ${name}, not a CSV file`, {}, advice));
  expect(() => refuse(first, JSON_FORMAT)).toThrow(`This looks like ${name}, not a JSON file. ${advice}`);
});

test.each([
  'II,MM\n1,2\n',
  'PKG,PAR2\n1,2\n',
  'GIF,JPEG\n1,2\n',
  'RIFF,WEBP\n1,2\n',
  'BZh,ftyp\n1,2\n',
  `name,ustar\n${'x'.repeat(245)}\nustar \n`,
  '%PDF\n1\n',
  '\x80uro,price\n1,2\n',
])('text that begins alike is read: %j', (first) => expect(() => refuse(first)).not.toThrow());

test('where a person has named the format of a file that is another one, the option is what is wrong', () => {
  const named = (first: string, format = 'csv') =>
    refuseForeign(Buffer.from(first, 'latin1'), { format: CSV!, formats: FORMATS, options: { format } });
  const advice = 'Leave the option format out.';
  expect(() => named('PAR1\x15')).toThrow(`This looks like a Parquet file, not a CSV file. ${advice}`);
  expect(() => named('[{"a": 1}]')).toThrow(`This looks like JSON, not a CSV file. ${advice}`);
  expect(() => named('SQLite format 3\0')).toThrow('Export the table as CSV.');
  expect(() => refuse('[{"a": 1}]')).toThrow('Name it .json');
});
