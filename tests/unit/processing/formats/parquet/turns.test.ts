// A file on the disk is read without waiting for anything: the event loop must have its turns all the same.

import { describe, expect, test } from 'vitest';
import { sourceOfBytes } from '../../../../../src/infra/engine/source.ts';
import type { ByteSource } from '../../../../../src/processing/byte-source.ts';
import { FORMATS } from '../../../../../src/processing/formats/formats.ts';
import { profileDataset } from '../../../../../src/processing/profile.ts';
import { readRows } from '../../../../../src/processing/rows.ts';
import { BYTE_ARRAY, dataPage, INT32, int32s, parquetFile, REQUIRED, UTF8 } from '../../../../support/parquet-bytes.ts';

const FORMAT = { format: 'parquet' };
const AS_JSON = { readOptions: { more_null_tokens: ['a text that no value is'] } };
const FIRST_PAGE = 4;

/** A signal that comes with the first turn after the byte `from` was read, and how far the file was read. */
function abortable(bytes: Buffer, from?: number) {
  const controller = new AbortController();
  const { signal } = controller;
  const read = { to: 0, signal };
  const source: ByteSource = {
    ...sourceOfBytes(bytes).bytes,
    async ranges() {
      const ranges = await sourceOfBytes(bytes).bytes.ranges!();
      return {
        ...ranges,
        size: ranges.size,
        read(at, length, into) {
          if (at === (from ?? at)) setImmediate(() => controller.abort(new Error('stopped')));
          read.to = at + length;
          return ranges.read(at, length, into);
        },
      };
    },
  };
  return { source, read };
}

const int32 = { 1: INT32, 3: REQUIRED, 4: 'a' };
const repeated = (page: Buffer, times: number) => Buffer.alloc(page.length * times, page);

/** A value, a great many pages without any, and another value. */
const emptyPages = (page: Buffer) => {
  const one = dataPage(1, int32s(1));
  return parquetFile(2, [{ element: int32, pages: Buffer.concat([one, repeated(page, 400_000), one]) }]);
};
const INDEX_PAGE = Buffer.from([0x15, 2, 0x15, 0, 0x15, 0, 0]);

const numbers = int32s(...Array.from({ length: 20_000 }, (_, i) => i));
const TEXTS = 1_000_000;
/** Each another one: of 8 characters, behind their length. */
const texts = Buffer.alloc(TEXTS * 12, Buffer.concat([int32s(8), Buffer.from('text....')]));
for (let i = 0; i < TEXTS; i++) texts.write(i.toString(36).padStart(4, '0'), i * 12 + 8, 'latin1');
const FILES = {
  'pages without values': emptyPages(dataPage(0, Buffer.alloc(0))),
  'pages of an index': emptyPages(INDEX_PAGE),
  'many pages': parquetFile(4_000_000, [{ element: int32, pages: repeated(dataPage(20_000, numbers), 200) }]),
  'a large page': parquetFile(TEXTS, [
    { element: { 1: BYTE_ARRAY, 3: REQUIRED, 4: 'a', 6: UTF8 }, pages: dataPage(TEXTS, texts) },
  ]),
};

describe('a signal ends the reading of', () => {
  test.each<[keyof typeof FILES, object]>([
    ['pages without values', {}],
    ['pages without values', AS_JSON],
    ['pages of an index', {}],
    ['pages of an index', AS_JSON],
    ['many pages', {}],
    ['many pages', AS_JSON],
    ['a large page', {}],
  ])('%s (%j)', async (file, options) => {
    const { source, read } = abortable(FILES[file], FIRST_PAGE);
    await expect(profileDataset(source, { ...FORMAT, ...options, signal: read.signal })).rejects.toThrow('stopped');
    expect(read.to).toBeLessThan(FILES[file].length - 1_500_000);
  });
  test('rows that are only counted', async () => {
    const bytes = parquetFile(50_000_000, [{ element: int32, pages: Buffer.alloc(0) }]);
    const { source, read } = abortable(bytes);
    const rows = readRows(source, FORMAT, [50_000_000], undefined, FORMATS, { signal: read.signal });
    await expect(Array.fromAsync(rows)).rejects.toThrow('stopped');
  });
});
