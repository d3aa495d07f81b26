import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DatasetError } from '../../../../../src/processing/errors.ts';
import {
  BYTE_ARRAY,
  dataPage,
  dictionaryPage,
  INT32,
  int32s,
  OPTIONAL,
  parquetFile,
  REQUIRED,
  RLE_DICTIONARY,
  UTF8,
  type Value,
} from '../../../../support/parquet-bytes.ts';
import { profileParquet } from '../../../../support/parquet-reports.ts';

const WHOLE = readFileSync('tests/parquet/flat.pyarrow-snappy-v2.parquet');
const failure = (bytes: Uint8Array) =>
  profileParquet(bytes).then(
    () => 'none',
    (error: Error) => (error instanceof DatasetError ? error.message : `not for the user: ${error.stack}`),
  );
const changed = (at: number, bytes: string) => {
  const copy = Buffer.from(WHOLE);
  copy.write(bytes, at < 0 ? copy.length + at : at, 'latin1');
  return copy;
};

test.each([
  [
    'another file',
    Buffer.from('a,b\n1,2\n'),
    'This is not a Parquet file (byte 0). ' +
      'Its first bytes are not PAR1: choose a Parquet file, or name the format of the file.',
  ],
  [
    'nothing but the first bytes',
    Buffer.from('PAR1'),
    'The file ends behind its first bytes (byte 4). It may have been cut off: upload the whole file.',
  ],
  [
    'a file that was cut',
    WHOLE.subarray(0, 3_000),
    'The file does not end like a Parquet file, with PAR1 (byte 3000). ' +
      'It may have been cut off: upload the whole file.',
  ],
  ['an encrypted footer', changed(-4, 'PARE'), 'The Parquet file is encrypted. Write it without encryption.'],
  [
    'a footer that is too long',
    changed(-8, '\xff\xff\xff\x00'),
    `The footer of the file would be longer than the file, 16777215 bytes (byte ${WHOLE.length - 8}). ` +
      'It may have been cut off: upload the whole file.',
  ],
  [
    'a footer of other bytes',
    changed(-100, '\xff'.repeat(90)),
    'The footer of the file cannot be read. The file is damaged: write or upload it again.',
  ],
  [
    'a page that was changed',
    changed(50, '\xff\xff'),
    'The checksum of a page is wrong (column bool, byte 4). The file is damaged or was cut: write or upload it again.',
  ],
])('%s is refused with what to do', async (_, bytes, sentence) => {
  expect(await failure(bytes)).toBe(sentence);
});

const REQUIRED_INT32 = { 1: INT32, 3: REQUIRED, 4: 'a' };
const TWO = dataPage(2, int32s(1, 2));

test('a file that is written byte by byte is one', async () => {
  expect(await failure(parquetFile(2, [{ element: REQUIRED_INT32, pages: TWO }]))).toBe('none');
  const indices = dataPage(2, Buffer.from([1, 3, 0b01]), RLE_DICTIONARY);
  const pages = Buffer.concat([dictionaryPage(2, int32s(1, 2)), indices]);
  expect(await failure(parquetFile(2, [{ element: REQUIRED_INT32, pages }]))).toBe('none');
});

test('a column of which the file does not say whether it has nulls has none, unless its pages say so', async () => {
  const element = { 1: BYTE_ARRAY, 4: 'a', 6: UTF8 };
  const file = (body: Buffer) => parquetFile(3, [{ element, pages: dataPage(3, body) }]);
  const texts = (...list: string[]) => Buffer.concat(list.flatMap((text) => [int32s(text.length), Buffer.from(text)]));
  // two bytes, as levels of three rows may have, but others
  const { columns } = await profileParquet(file(texts('ab', 'c', 'd')));
  expect(columns[0]).toMatchObject({ type: 'text', nullCount: 0, distinct: { count: 3 }, storedType: 'STRING' });
  const refused =
    'The file does not say whether its column "a" has nulls. Write it again, by fastparquet with has_nulls=True.';
  const packed = Buffer.from([2, 0, 0, 0, 3, 0b101]);
  const run = Buffer.from([2, 0, 0, 0, 6, 1]);
  expect(await failure(file(Buffer.concat([packed, texts('ab', 'c')])))).toBe(refused);
  expect(await failure(file(Buffer.concat([run, texts('ab', 'c', 'd')])))).toBe(refused);
});

test.each([
  [
    'a column without a name',
    parquetFile(2, [{ element: { 1: INT32, 3: OPTIONAL }, pages: TWO }]),
    'The schema of the file cannot be read: a column has no name. Write the file again.',
  ],
  [
    'a column whose name is a number',
    parquetFile(2, [{ element: { 1: INT32, 3: OPTIONAL, 4: 5 }, pages: TWO }]),
    'The footer of the file cannot be read. The file is damaged: write or upload it again.',
  ],
  [
    'row groups that are a structure',
    parquetFile(2, [{ element: REQUIRED_INT32, pages: TWO }], { 4: {} }),
    'The footer of the file cannot be read. The file is damaged: write or upload it again.',
  ],
  [
    'counts of pages of different kinds of numbers',
    parquetFile(2, [
      {
        element: REQUIRED_INT32,
        pages: TWO,
        facts: {
          13: [
            { 1: 0, 2: 0, 3: 1 },
            { 1: 0, 2: 8, 3: 1n },
          ],
        },
      },
    ]),
    'The footer of the file cannot be read. The file is damaged: write or upload it again.',
  ],
  [
    'fewer values than rows',
    parquetFile(2, [{ element: REQUIRED_INT32, pages: TWO, facts: { 5: 1n } }]),
    'The column has fewer values than rows in row group 1 (column a). The file is damaged: write or upload it again.',
  ],
  [
    'pages with more values than the column',
    parquetFile(2, [{ element: REQUIRED_INT32, pages: dataPage(3, int32s(1, 2, 3)) }]),
    'The pages have more values than the column (column a, byte 4). ' +
      'The file is damaged or was cut: write or upload it again.',
  ],
  [
    'a second dictionary',
    parquetFile(2, [
      { element: REQUIRED_INT32, pages: Buffer.concat([1, 2].map((value) => dictionaryPage(1, int32s(value)))) },
    ]),
    'The column "a" has more than one dictionary page in a row group (byte 27). ' +
      'The format allows one: write the file again.',
  ],
  [
    'a footer that unfolds to many objects',
    parquetFile(0, [], { 4: Array<object>(1_000_000).fill({}) as Value[] }),
    'The footer of the file takes more than 256 MiB of memory. Write it with larger row groups.',
  ],
])('%s is refused with what is wrong', async (_, bytes, sentence) => {
  expect(await failure(bytes)).toBe(sentence);
});

test.each([
  'flat.pyarrow-zstd-v1',
  'nested.pyarrow-none-v1',
  'duckdb.gzip-v2',
  'polars.lz4',
  'variant.duckdb',
])('whatever bytes of %s are changed, the failure is a sentence', async (name) => {
  const whole = readFileSync(`tests/parquet/${name}.parquet`);
  const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(changes, async (places) => {
      const bytes = Buffer.from(whole);
      for (const [at, byte] of places) bytes[at] = byte;
      expect(await failure(bytes)).not.toMatch(/^not for the user/);
    }),
    { numRuns: 80 },
  );
});

test('wherever the file is cut, the failure is a sentence', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(WHOLE.length - 1), async (length) => {
      expect(await failure(WHOLE.subarray(0, length))).toMatch(/^(The file|This is) .*\.$/);
    }),
    { numRuns: 80 },
  );
});
