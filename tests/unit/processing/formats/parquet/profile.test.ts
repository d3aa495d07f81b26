import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { buildReport } from '../../../../../src/report/build-report.ts';
import { BYTE_ARRAY, dataPage, int32s, parquetFile, REQUIRED, UTF8 } from '../../../../support/parquet-bytes.ts';
import { ndjsonReport, parquetReport, profileParquet } from '../../../../support/parquet-reports.ts';

// written by pyarrow, polars, DuckDB and pandas: tests/parquet/write.py
const FILES = globSync('tests/parquet/*.parquet').sort();

test('there are files of every codec and encoding', () => expect(FILES.length).toBeGreaterThan(40));

test.each(FILES)('%s has the report of its values as NDJSON', async (file) => {
  const { facts, storedTypes } = await parquetReport(readFileSync(file));
  const ndjson = readFileSync(`tests/parquet/${basename(file).split('.')[0]}.ndjson`);
  expect(facts).toEqual(await ndjsonReport(ndjson, storedTypes));
});

describe('what a report says of the file', () => {
  test('rows, row groups, codecs, program and size', async () => {
    const bytes = readFileSync('tests/parquet/flat.pyarrow-zstd-v2.parquet');
    expect((await profileParquet(bytes)).file).toEqual({
      format: 'parquet',
      rows: 40,
      row_groups: 3,
      codecs: ['ZSTD'],
      created_by: expect.stringMatching(/^parquet-cpp-arrow version /),
      bytes: bytes.length,
    });
  });
  test('how each column is stored', async () => {
    const { columns } = await profileParquet(readFileSync('tests/parquet/flat.pyarrow-snappy-v1.parquet'));
    expect(Object.fromEntries(columns.map(({ name, storedType }) => [name, storedType]))).toEqual({
      bool: 'BOOLEAN',
      int8: 'INT8',
      int32: 'INT32',
      uint64: 'UINT64',
      double: 'DOUBLE',
      whole: 'DOUBLE',
      float: 'FLOAT',
      half: 'FLOAT16',
      decimal: 'DECIMAL(38,10)',
      cents: 'DECIMAL(7,2)',
      string: 'STRING',
      binary: 'BYTE_ARRAY',
      fixed: 'FIXED_LEN_BYTE_ARRAY(2)',
      date: 'DATE',
      ms: 'TIMESTAMP(MILLIS)',
      us_utc: 'TIMESTAMP(MICROS,UTC)',
      ns: 'TIMESTAMP(NANOS)',
      time: 'TIME(MICROS)',
      nothing: 'NULL',
    });
    const nested = await profileParquet(readFileSync('tests/parquet/nested.pyarrow-snappy-v1.parquet'));
    expect(nested.columns.map(({ storedType }) => storedType)).toEqual([
      'LIST',
      'STRUCT',
      'MAP',
      'MAP',
      'LIST',
      'INT64',
    ]);
  });
  test('floating-point numbers are decimals, whole ones too; decimals without scale are integers', async () => {
    const { columns } = await profileParquet(readFileSync('tests/parquet/flat.pyarrow-snappy-v1.parquet'));
    const whole = columns.find(({ name }) => name === 'whole')!;
    expect([whole.type, whole.topValues[0]!.value]).toEqual(['decimal', '0']);
  });
});

/** A table: its columns as a writer takes them, and as JSON texts. */
const column = (name: string) =>
  fc
    .oneof(
      fc.record({
        type: fc.constant('INT32' as const),
        values: fc.array(fc.option(fc.integer()), { minLength: 60, maxLength: 60 }),
      }),
      fc.record({
        type: fc.constant('INT64' as const),
        values: fc.array(fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })), {
          minLength: 60,
          maxLength: 60,
        }),
      }),
      fc.record({
        type: fc.constant('DOUBLE' as const),
        values: fc.array(fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })), {
          minLength: 60,
          maxLength: 60,
        }),
      }),
      fc.record({
        type: fc.constant('STRING' as const),
        values: fc.array(fc.option(fc.string({ unit: 'grapheme' })), { minLength: 60, maxLength: 60 }),
      }),
      fc.record({
        type: fc.constant('BOOLEAN' as const),
        values: fc.array(fc.option(fc.boolean()), { minLength: 60, maxLength: 60 }),
      }),
    )
    .map(({ type, values }) => ({ name, type, data: type === 'DOUBLE' ? withOneZero(values) : values }));

/** hyparquet-writer 0.17's dictionary takes -0 for 0, whichever comes first: a table has one of them. */
function withOneZero(values: (number | null)[]): (number | null)[] {
  const zero = values.find((value) => value === 0) ?? 0;
  return values.map((value) => (value === 0 ? zero : value));
}

const jsonOf = (value: unknown): string =>
  typeof value === 'bigint' ? `${value}` : Object.is(value, -0) ? '-0' : JSON.stringify(value);

test('any table has the report of its values as NDJSON, however it is cut into pages and groups', async () => {
  const tables = fc.tuple(
    fc.tuple(column('a'), column('b'), column('c')),
    fc.integer({ min: 1, max: 60 }),
    fc.constantFrom(1, 40, 1_000),
    fc.constantFrom('SNAPPY' as const, 'UNCOMPRESSED' as const),
  );
  await fc.assert(
    fc.asyncProperty(tables, async ([columnData, rowGroupSize, pageSize, codec]) => {
      const bytes = new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize, pageSize, codec }));
      const ndjson = columnData[0].data
        .map((_, row) => `{${columnData.map(({ name, data }) => `"${name}":${jsonOf(data[row])}`).join(',')}}\n`)
        .join('');
      const { facts, storedTypes } = await parquetReport(bytes);
      expect(facts).toEqual(await ndjsonReport(ndjson, storedTypes));
    }),
    { numRuns: 60 },
  );
});

describe('the table', () => {
  const of = (columnData: Parameters<typeof parquetWriteBuffer>[0]['columnData'], options = {}) =>
    new Uint8Array(parquetWriteBuffer({ columnData, ...options }));

  test('without rows has its columns', async () => {
    const report = buildReport(await profileParquet(of([{ name: 'a', data: [], type: 'INT32' }])));
    expect([report.row_count, report.columns.map(({ name, type }) => [name, type])]).toEqual([0, [['a', 'empty']]]);
  });
  test('of one row with one list of objects is that table', async () => {
    const profile = await profileParquet(of([{ name: 'data', data: [[{ a: 1 }, { a: 2 }]], type: 'JSON' }]));
    expect(profile.rowCount).toBe(1);
  });
  test('gives repeated names a suffix, with a warning', async () => {
    const { columns, warnings } = await profileParquet(
      of([
        { name: 'a', data: [1], type: 'INT32' },
        { name: 'a', data: [2], type: 'INT32' },
      ]),
    );
    expect(columns.map(({ name }) => name)).toEqual(['a', 'a_2']);
    expect(warnings.map(({ code }) => code)).toEqual(['repeated_column_name']);
  });
  test('has names that can be stored, each once, with warnings', async () => {
    const names = ['a\0', 'a\ufffd', 'b'.repeat(2_000), '', '__proto__'];
    const profile = await profileParquet(of(names.map((name, i) => ({ name, data: [i], type: 'INT32' }))));
    const cut = `${'b'.repeat(1_024)}…`;
    expect(profile.columns.map(({ name }) => name)).toEqual(['a\ufffd', 'a\ufffd_2', cut, '', '__proto__']);
    expect(profile.warnings.map(({ code, column }) => [code, column])).toEqual([
      ['replaced_characters', undefined],
      ['repeated_column_name', 'a\ufffd_2'],
      ['name_cut', cut],
    ]);
    const asRows = await profileParquet(of(names.map((name, i) => ({ name, data: [i], type: 'INT32' }))), {
      rowLimit: 10,
    });
    expect([asRows.columns.map(({ name }) => name), asRows.warnings]).toEqual([
      profile.columns.map(({ name }) => name),
      profile.warnings,
    ]);
  });
  test('has row groups without rows, whose columns have no place', async () => {
    const chunk = { 2: 0n, 3: { 1: BYTE_ARRAY, 2: [0], 3: ['a'], 4: 0, 5: 0n, 6: 0n, 7: 0n, 9: 0n } };
    const columns = [{ element: { 1: BYTE_ARRAY, 3: REQUIRED, 4: 'a' }, pages: Buffer.alloc(0) }];
    const profile = await profileParquet(parquetFile(0, columns, { 4: [{ 1: [chunk], 2: 0n, 3: 0n }] }));
    expect([profile.rowCount, profile.columns.length, profile.file.row_groups]).toEqual([0, 1, 1]);
  });
  test('without columns is read, too', async () => {
    expect(await profileParquet(parquetFile(0, []))).toMatchObject({ rowCount: 0, columns: [], warnings: [] });
    const { rowCount, columns, duplicates } = await profileParquet(parquetFile(3, []));
    expect([rowCount, columns, duplicates.count]).toEqual([3, [], 2]);
  });
  test('has NaN as null, and infinities as exceptions', async () => {
    const data = [...Array.from({ length: 40 }, (_, i) => i / 2), Number.NaN, Number.POSITIVE_INFINITY];
    for (const options of [{}, { rowLimit: 1_000 }]) {
      const { columns } = await profileParquet(of([{ name: 'a', data, type: 'DOUBLE' }]), options);
      const [{ type, nullCount, evidence }] = columns as [(typeof columns)[0]];
      expect([type, nullCount, evidence.examples]).toEqual(['decimal', 1, [{ row: 42, value: 'Infinity' }]]);
    }
  });
  test('has decimals of infinities alone, all of them exceptions', async () => {
    const data = Array.from({ length: 12 }, (_, i) => (i === 0 ? null : i % 2 ? Infinity : -Infinity));
    const bytes = of([{ name: 'a', data, type: 'DOUBLE' }]);
    for (const readOptions of [undefined, { types: { a: 'decimal' } }] as const) {
      const profile = await profileParquet(bytes, { ...(readOptions && { readOptions }) });
      const [{ type, evidence, numeric, length }] = profile.columns as [(typeof profile.columns)[0]];
      expect([type, evidence.matching, evidence.exceptions, numeric, length]).toEqual([
        'decimal',
        0,
        11,
        undefined,
        undefined,
      ]);
      expect(evidence.examples.slice(0, 2)).toEqual([
        { row: 2, value: 'Infinity' },
        { row: 3, value: '-Infinity' },
      ]);
      expect(evidence.examples).toHaveLength(10);
      expect(buildReport(profile).columns[0]!.type).toBe('decimal');
      expect(profile.warnings).toEqual([]);
    }
  });
  test.each([
    'integer',
    'text',
    'decimal',
  ] as const)('has the type %s of floating-point numbers that is asked for', async (type) => {
    const bytes = of([
      { name: 'a', data: [1, 2, 3], type: 'DOUBLE' },
      { name: 'b', data: [1, 2, 3], type: 'DOUBLE' },
    ]);
    const { columns, warnings } = await profileParquet(bytes, { readOptions: { types: { a: type } } });
    expect([columns.map((column) => column.type), warnings]).toEqual([[type, 'decimal'], []]);
  });
  test('shows wrong bytes of texts as U+FFFD and says so', async () => {
    const text = (...bytes: number[]) => Buffer.concat([int32s(bytes.length), Buffer.from(bytes)]);
    const pages = dataPage(3, Buffer.concat([text(0x61, 0xff, 0x62), text(0xef, 0xbf, 0xbd), text(0xed, 0xa0, 0x80)]));
    const element = { 1: BYTE_ARRAY, 3: REQUIRED, 4: 's', 6: UTF8 };
    const right = dataPage(3, Buffer.concat([text(0xef, 0xbf, 0xbd), text(), text(0x62)]));
    const { columns, warnings } = await profileParquet(
      parquetFile(3, [
        { element: { ...element, 4: 'right' }, pages: right },
        { element, pages },
      ]),
    );
    expect(columns[1]!.topValues.map(({ value }) => value)).toEqual(['a\ufffdb', '\ufffd', '\ufffd\ufffd\ufffd']);
    expect(warnings).toEqual([
      {
        code: 'invalid_bytes',
        column: 's',
        message:
          'Texts are not UTF-8, and their wrong bytes are shown as U+FFFD: ' +
          `first in the page at byte ${4 + right.length}.`,
      },
    ]);
  });
  test('is read as far as a preview needs it', async () => {
    const data = Array.from({ length: 5_000 }, (_, i) => i);
    const bytes = of([{ name: 'a', data, type: 'INT32' }], { rowGroupSize: 1_000 });
    expect((await profileParquet(bytes, { rowLimit: 20 })).rowCount).toBe(20);
  });
  test('is left when the signal is aborted', async () => {
    const bytes = of([{ name: 'a', data: Array.from({ length: 50_000 }, (_, i) => i), type: 'INT32' }]);
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error('enough'));
    await expect(profileParquet(bytes, { signal: controller.signal, onProgress })).rejects.toThrow('enough');
  });
  test('reports progress by bytes of the file, rising to no more than all', async () => {
    const bytes = of([{ name: 'a', data: Array.from({ length: 50_000 }, (_, i) => i * 7), type: 'INT32' }]);
    const seen: number[] = [];
    await profileParquet(bytes, { onProgress: (progress) => seen.push(progress.bytes) });
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBeLessThanOrEqual(bytes.length);
    expect(seen.at(-1)).toBeGreaterThan(bytes.length / 2);
  });
});
