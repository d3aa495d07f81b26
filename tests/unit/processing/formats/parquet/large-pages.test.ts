import { expect, test } from 'vitest';
import { sourceOfBytes } from '../../../../../src/infra/engine/source.ts';
import { ParquetTable } from '../../../../../src/processing/formats/parquet/table.ts';
import {
  BYTE_ARRAY,
  type Column,
  dataPage,
  dictionaryPage,
  INT32,
  int32s,
  OPTIONAL,
  parquetFile,
  REPEATED,
  REQUIRED,
  RLE_DICTIONARY,
  UTF8,
} from '../../../../support/parquet-bytes.ts';

const ROWS = 2_000;
/** So many leaves that a page of some KiB is more than the share of one. */
const OTHERS = 5_000;
const rows = Array.from({ length: ROWS }, (_, i) => i);
const words = rows.map((i) => `${i}`.padStart(4 + ((i * 31) % 60), 'x'));
const few = Array.from({ length: 50 }, (_, i) => '-'.repeat(i));

const texts = (values: string[]) =>
  Buffer.concat(values.flatMap((value) => [int32s(value.length), Buffer.from(value)]));
const string = (name: string) => ({ 1: BYTE_ARRAY, 3: REQUIRED, 4: name, 6: UTF8 });
/** All levels of a page are one: a run, and its length before it. */
const levels = (level: number) => Buffer.from([3, 0, 0, 0, ((ROWS * 2) & 127) | 128, (ROWS * 2) >> 7, level]);
/** Bytes as packed bits of eight. */
const packed = (bytes: number[]) => Buffer.from([8, (((ROWS / 8) * 2 + 1) & 127) | 128, (ROWS * 2) >> 10, ...bytes]);

const COLUMNS: Column[] = [
  { element: string('words'), pages: dataPage(ROWS, texts(words)) },
  {
    element: string('few'),
    pages: Buffer.concat([
      dictionaryPage(few.length, texts(few)),
      dataPage(ROWS, packed(rows.map((i) => i % few.length)), RLE_DICTIONARY),
    ]),
  },
  {
    element: { 1: INT32, 3: REPEATED, 4: 'lists' },
    pages: dataPage(ROWS, Buffer.concat([levels(0), levels(1), int32s(...rows)])),
  },
  ...Array.from({ length: OTHERS }, (_, i) => ({
    element: { 1: INT32, 3: REQUIRED, 4: `n${i}` },
    pages: dataPage(ROWS, levels(0)),
  })),
];

test('pages that are read again and again for want of memory give each value once', async () => {
  const elements = COLUMNS.map(({ element }) => element);
  const group = { 3: OPTIONAL, 4: 'group', 5: OTHERS };
  const schema = [{ 4: 'schema', 5: 4 }, ...elements.slice(0, 3), group, ...elements.slice(3)];
  const bytes = parquetFile(ROWS, COLUMNS, { 2: schema });
  await using table = await ParquetTable.open(sourceOfBytes(bytes).bytes);
  let read = 0;
  for await (const { text, row, rows } of table.batches()) {
    const lines = text.trimEnd().split('\n');
    expect([row, lines.length]).toEqual([read + 1, rows]);
    for (const line of lines) {
      const expected = { words: words[read], few: few[read % few.length], lists: [read], group: null };
      expect(line).toBe(JSON.stringify(expected));
      read++;
    }
  }
  expect(read).toBe(ROWS);
});
