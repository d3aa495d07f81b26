import { describe, expect, test } from 'vitest';
import type { ByteSource } from '../../../../src/processing/byte-source.ts';
import {
  certainFormatOfFilename,
  formatNamed,
  formatOfContentType,
  formatOfFilename,
  sniffFormat,
} from '../../../../src/processing/formats/choose.ts';
import type { Format, FormatReader, TakeRow } from '../../../../src/processing/formats/format.ts';
import { FORMATS } from '../../../../src/processing/formats/formats.ts';
import { profileDataset } from '../../../../src/processing/profile.ts';
import { readRows } from '../../../../src/processing/rows.ts';
import { buildReport } from '../../../../src/report/build-report.ts';
import { reportText } from '../../../../src/report/report-text.ts';

/**
 * A format that the engine does not have: columns of fixed width, which the first line marks.   ##==####   id  name
 *    1  Oslo
 * Its reader rewrites the lines as CSV and hands them to the format of that name: how a format is added is what is
 * tested.
 */
const FIXED_WIDTH: Format = {
  name: 'fixed-width',
  label: 'fixed-width',
  contentTypes: ['text/x-fixed-width'],
  extensions: ['.fwf', '.dat'],
  looseExtensions: ['.dat'],
  sniff: (head) => (head.length === 0 ? 'more' : head[0] === 0x23 && (head[1] ?? 0x23) === 0x23 ? 'likely' : 'no'),
  workEstimate: (size) => size,
  load: async () => ({ profile, rows, filter }),
};
const profile: FormatReader['profile'] = async (source, options, declared) => {
  let bytes = 0;
  const inner = formatNamed('csv');
  const csv = await inner.load();
  const counted = asCsv(source, (length) => {
    bytes += length;
  });
  const found = await csv.profile(counted, options, { ...declared, format: inner });
  return { ...found, file: { format: 'fixed-width', encoding: 'ascii', widths: '2 2 4', bytes } };
};
const rows: FormatReader['rows'] = async function* (source, file, take, declared) {
  const inner = formatNamed('csv');
  const csv = await inner.load();
  // of its own facts a reader finds in `file` what it has put there
  expect(file.widths).toBe('2 2 4');
  const takeNext: TakeRow = (line, read) => take(line + 1, read);
  yield* csv.rows(asCsv(source), { format: 'csv' }, takeNext, { ...declared, format: inner });
};
const filter: FormatReader['filter'] = async function* (source, query, options, declared) {
  const inner = formatNamed('csv');
  const csv = await inner.load();
  yield* csv.filter(asCsv(source), query, options, { ...declared, format: inner });
};
async function* asCsv(source: ByteSource, onPiece?: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const pieces: Buffer[] = [];
  for await (const piece of source) {
    onPiece?.(piece.length);
    pieces.push(Buffer.from(piece));
  }
  const [marks, ...lines] = Buffer.concat(pieces).toString('latin1').trimEnd().split('\n');
  const columns = [...marks!.matchAll(/(.)\1*/g)].filter(([run]) => run.startsWith('#'));
  for (const line of lines) {
    const fields = columns.map(({ index, 0: run }) => line.slice(index, index + run.length).trim());
    yield Buffer.from(`${fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')}\n`, 'latin1');
  }
}

const formats = [...FORMATS, FIXED_WIDTH];
const TEXT = '##==####\nid  name\n 1  Oslo\n 2  "x,y\n 3  Rome\n';
async function* source(text: string, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < text.length; at += size) yield Buffer.from(text.slice(at, at + size));
}

describe('a third format, registered through the interface alone', () => {
  test('is profiled, and its facts of the file are in the report', async () => {
    const stages: string[] = [];
    const onStage = (stage: string) => void stages.push(stage);
    const found = await profileDataset(source(TEXT, 5), { format: 'fixed-width', onStage }, formats);
    expect(found.rowCount).toBe(3);
    expect(found.columns.map(({ name, type }) => [name, type])).toEqual([
      ['id', 'integer'],
      ['name', 'text'],
    ]);
    expect(stages).toEqual(['parsed', 'statistics', 'anomalies']);
    const report = JSON.parse(reportText(buildReport(found)));
    expect(report.file).toEqual({ format: 'fixed-width', encoding: 'ascii', widths: '2 2 4', bytes: TEXT.length });
  });

  test('gives its rows by the numbers of the report', async () => {
    const file = { format: 'fixed-width', widths: '2 2 4' };
    const fields = (id: string, name: string) => [
      ['id', id],
      ['name', name],
    ];
    expect(await Array.fromAsync(readRows(source(TEXT, 5), file, [2, 3, 9], undefined, formats))).toEqual([
      { row: 2, line: 4, fields: fields('2', '"x,y') },
      { row: 3, line: 5, fields: fields('3', 'Rome') },
    ]);
  });

  test('is found by name, content type, extension and first bytes', () => {
    const head = Buffer.from(TEXT);
    expect(formatNamed('fixed-width', formats)).toBe(FIXED_WIDTH);
    expect(formatOfContentType('text/x-fixed-width', formats)).toBe(FIXED_WIDTH);
    expect(formatOfFilename('folder.csv/a.FWF', formats)).toBe(FIXED_WIDTH);
    expect(formatOfFilename('a.dat', formats)).toBe(FIXED_WIDTH);
    expect(certainFormatOfFilename('a.dat', formats)).toBeUndefined();
    expect(sniffFormat(head, false, formats)).toBe(FIXED_WIDTH);
    expect(sniffFormat(Buffer.from('# a comment'), false, formats)?.name).toBe('csv');
    expect(sniffFormat(head.subarray(0, 0), false, formats)).toBeUndefined();
    expect(sniffFormat(head.subarray(0, 0), true, formats)?.name).toBe('csv');
  });

  test('is unknown where it is not registered', async () => {
    await expect(profileDataset(source(TEXT, 5), { format: 'fixed-width' })).rejects.toThrow('no format "fixed-width"');
    expect(formatOfFilename('a.fwf')).toBeUndefined();
  });
});

test.each([
  ['a.csv', 'csv'],
  ['a.JSON', 'json'],
  ['folder.csv/a', undefined],
  ['.csv', undefined],
  ['..', undefined],
  ['a.', undefined],
  ['a.csv.gz', 'gzip'],
  ['a.csv.bz2', undefined],
  ['a.txt', 'csv'],
])('the file %s is %s', (name, format) => {
  expect(formatOfFilename(name)?.name).toBe(format);
});
