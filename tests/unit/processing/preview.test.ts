import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { rangesOfBytes } from '../../../src/infra/engine/ranges.ts';
import type { ByteSource } from '../../../src/processing/byte-source.ts';
import { DatasetError } from '../../../src/processing/errors.ts';
import { PREVIEW_BYTES, PREVIEW_MOST_BYTES } from '../../../src/processing/limits.ts';
import type { ReadOptions } from '../../../src/processing/options/read-options.ts';
import { readBeginning } from '../../../src/processing/preview.ts';
import { buildPreview } from '../../../src/report/preview.ts';
import { workbook } from '../../support/workbook.ts';

const previewDataset = async (...args: Parameters<typeof readBeginning>) => buildPreview(await readBeginning(...args));

/** The same piece for ever, and how many bytes were asked for. */
function endless(first: string, piece: string | Buffer) {
  const read = { bytes: 0, open: 0 };
  const open = (): ByteSource => ({
    async *[Symbol.asyncIterator]() {
      read.open++;
      try {
        yield Buffer.from(first);
        for (;;) {
          const bytes = Buffer.from(piece);
          read.bytes += bytes.length;
          yield bytes;
        }
      } finally {
        read.open--;
      }
    },
  });
  return { read, open };
}
const of = (text: string) => (): ByteSource => ({
  async *[Symbol.asyncIterator]() {
    yield Buffer.from(text);
  },
});

describe('a file without an end', () => {
  test.each([
    ['csv', 'a,b\n', '1,x\n2,y\n'.repeat(10_000)],
    ['csv', 'a,b\n', `1,"${'long '.repeat(100_000)}"\n`],
    ['json', '[{"a":1,"b":"x"}\n', ',{"a":1,"b":"x"}\n,{"a":2,"b":"y"}\n'.repeat(10_000)],
    ['json', '', `{"a":1,"b":"${'long '.repeat(100_000)}"}\n`],
    ['json', '', '{"a":1,"b":"x"}\n{"a":2,"b":"y"}\n'.repeat(10_000)],
  ])('%s is left after its first rows: %j', async (format, first, piece) => {
    const { read, open } = endless(first, piece);
    const { columns, rows, rowsRead, file } = await previewDataset(open, { format });
    expect(columns).toEqual([
      { name: 'a', type: 'integer' },
      { name: 'b', type: 'text' },
    ]);
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.length).toBeLessThanOrEqual(20);
    expect(rows.map(({ row }) => row)).toEqual(rows.map((_, i) => i + 1));
    expect(rowsRead).toBeGreaterThanOrEqual(rows.length);
    expect(file).not.toHaveProperty('bytes');
    expect(read.bytes).toBeLessThan(4 * PREVIEW_BYTES);
    expect(read.open).toBe(0);
  });
});

describe('before the first row', () => {
  const lines = (line: string) => line.repeat(Math.ceil((1 << 18) / line.length));
  const packed = gzipSync(lines('\n').repeat(40), { level: 1 });
  test.each<[string, string, string | Buffer, ReadOptions | undefined]>([
    ['csv', '', lines('\n'), undefined],
    ['csv', 'a,b\n', lines('\n'), undefined],
    ['csv', '', lines('# a note\n'), { comment: '#' }],
    ['csv', '', lines('1,2\n'), { skip_rows: 2_000_000_000 }],
    ['json', '', lines('\n'), undefined],
    ['json', '{"meta":[', lines('1,2,3,4,'), undefined],
    ['gzip', '', packed, undefined],
  ])('%s without one, %j and so on, ends with what was read', async (format, first, piece, readOptions) => {
    const { read, open } = endless(first, piece);
    await expect(previewDataset(open, { format, readOptions, filename: 'file.csv.gz' })).rejects.toThrow(
      /^There is no row in the first \d+ MiB, and a preview reads no further\. Process the dataset /,
    );
    expect(read.bytes).toBeLessThan(PREVIEW_MOST_BYTES + 2 * PREVIEW_BYTES);
    expect(read.open).toBe(0);
  });

  test('the texts of a workbook are read as far as its first rows name them', async () => {
    const cells = (row: number) => `<row r="${row}"><c t="s"><v>${row}</v></c><c><v>${row}</v></c></row>`;
    const rows = Array.from({ length: 4_000 }, (_, i) => cells(i + 1)).join('');
    // as different as texts are, so that they stay large when they are packed
    const texts = Array.from({ length: 300_000 }, (_, i) => `<si><t>${i} ${Math.sin(i)}</t></si>`).join('');
    const bytes = await workbook({ sheets: [{ name: 'One', rows }], strings: texts });
    const read = { bytes: 0 };
    const open = (): ByteSource => ({
      async *[Symbol.asyncIterator]() {
        yield bytes;
      },
      async ranges() {
        const ranges = rangesOfBytes(bytes);
        const stream = async function* (from: number, end: number) {
          for await (const piece of ranges.stream(from, end))
            for (let at = 0; at < piece.length; at += 65_536) {
              const part = piece.subarray(at, at + 65_536);
              read.bytes += part.length;
              yield part;
            }
        };
        return { ...ranges, stream };
      },
    });
    const { rows: shown } = await previewDataset(open, { format: 'xlsx' });
    expect(shown.map(({ fields }) => fields.map(([, value]) => value))[1]).toEqual([`3 ${Math.sin(3)}`, '3']);
    expect(bytes.length).toBeGreaterThan(3_000_000);
    // once for the types, once for the rows
    expect(read.bytes).toBeLessThan(bytes.length / 2);
  });
});

test('the encoding is told from the bytes that were read', async () => {
  const piece = Buffer.from('\xe9t\xe9,1\n'.repeat(20_000), 'latin1');
  const open = (): ByteSource => ({
    async *[Symbol.asyncIterator]() {
      yield Buffer.from('a,b\n');
      for (;;) yield piece;
    },
  });
  const { rows, file, warnings } = await previewDataset(open, { format: 'csv' });
  expect(file.encoding).toBe('windows-1252');
  expect(rows[0]!.fields[0]).toEqual(['a', 'été']);
  expect(warnings.map(({ code }) => code)).toEqual(['encoding_fallback']);
});

test('a short file is read to its end', async () => {
  const { columns, rows, rowsRead, file, warnings } = await previewDataset(of('Title\n\na;b\n1;x\n2;\n'), {
    format: 'csv',
  });
  expect(columns.map(({ type }) => type)).toEqual(['integer', 'text']);
  expect(rows.map(({ row, line, fields }) => [row, line, fields.map(([, value]) => value)])).toEqual([
    [1, 4, ['1', 'x']],
    [2, 5, ['2', '']],
  ]);
  expect(rowsRead).toBe(2);
  expect(file).toMatchObject({ format: 'csv', delimiter: ';' });
  expect(warnings.map(({ code }) => code)).toEqual(['title_lines']);
});

test('a table without rows has its columns', async () => {
  const { columns, rows } = await previewDataset(of('a,b\n'), { format: 'csv' });
  expect([columns.length, rows]).toEqual([2, []]);
});

test('what is not a table is refused as by a profile', async () => {
  await expect(previewDataset(of(''), { format: 'csv' })).rejects.toThrow(DatasetError);
  await expect(previewDataset(of('{"a": 1,'), { format: 'json' })).rejects.toThrow(DatasetError);
});

test('the format of the options has the last word', async () => {
  const { file, options } = await previewDataset(of('{"a":1}\n'), { format: 'csv', readOptions: { format: 'ndjson' } });
  expect([file.format, options]).toEqual(['ndjson', { format: 'ndjson' }]);
});

test('it ends with its signal', async () => {
  const { read, open } = endless('a,b\n', '1,x\n');
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(previewDataset(open, { format: 'csv', signal })).rejects.toThrow('enough');
  expect(read.open).toBe(0);
});

describe('suggestions', () => {
  const rows = Array.from({ length: 30 }, (_, i) => `item ${i};${i},5;x\n`).join('');
  const codesOf = async (open: () => ByteSource) =>
    (await previewDataset(open, { format: 'csv' })).suggestions.map(({ code }) => code);
  test('are those of a report', async () => {
    expect(await codesOf(of(`a;b;c\n${rows}`))).toEqual(['decimal_comma']);
    expect(await codesOf(of(`a;b;c\n${rows}\nSource: the office of numbers\n`))).toContain('footer_lines');
  });
  test('say nothing of an end that was not read', async () => {
    const note = 'Source: the office of numbers\n';
    const { open } = endless('a;b;c\n', `${rows.repeat(100)}\n${note}`);
    expect(await codesOf(open)).not.toContain('footer_lines');
  });
});
