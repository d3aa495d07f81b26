import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { type BasicType, parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { sourceOfBytes } from '../../../../../src/infra/engine/source.ts';
import { profileTypedColumns } from '../../../../../src/processing/formats/parquet/columns/typed-columns.ts';
import { ParquetTable } from '../../../../../src/processing/formats/parquet/table.ts';
import { profileParquet } from '../../../../support/parquet-reports.ts';

/** An option with which values are read as JSON: it changes nothing of what these files have. */
const AS_JSON = { readOptions: { more_null_tokens: ['a text that no value is'] } };

async function isTyped(bytes: Uint8Array, tuning = {}): Promise<boolean> {
  await using table = await ParquetTable.open(sourceOfBytes(bytes).bytes);
  return (await profileTypedColumns(table, { format: 'parquet', ...tuning })) !== undefined;
}
/** What is said of the values, by both ways. */
async function bothWays(bytes: Uint8Array, tuning = {}) {
  const [facts, { options: _, ...reference }] = await Promise.all([
    profileParquet(bytes, tuning),
    profileParquet(bytes, { ...tuning, ...AS_JSON }),
  ]);
  return [facts, reference];
}

/** A column's values: some of `pool`, so that they repeat, or all of them different. */
const column = (type: BasicType, value: fc.Arbitrary<unknown>) =>
  fc.record({
    type: fc.constant(type),
    pool: fc.array(value, { minLength: 1, maxLength: 40 }),
    picks: fc.array(fc.nat(), { minLength: 1, maxLength: 30 }),
    nulls: fc.constantFrom(0, 0, 3, 1),
    encoding: fc.constantFrom(undefined, 'PLAIN' as const),
  });
const cents = fc.integer({ min: -100_000, max: 100_000 }).map((n) => n / 100);
const anyDouble = fc.double({ noDefaultInfinity: true, noNaN: true });
const anyFloat = fc.float({ noDefaultInfinity: true, noNaN: true });
const spelled = fc.constantFrom(
  '12',
  '1.5',
  '007',
  '1,234',
  '€5',
  '',
  ' 12 ',
  'NA',
  'true',
  '2020-01-02',
  'x\ty',
  '[1]',
);
const COLUMN = fc.oneof(
  column('INT32', fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
  column('INT64', fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.bigInt({ min: -9n, max: 9n }))),
  column('DOUBLE', fc.oneof(cents, anyDouble)),
  column(
    'FLOAT',
    fc.oneof(
      anyFloat,
      fc.integer({ min: -99, max: 99 }).map((n) => Math.fround(n / 10)),
    ),
  ),
  column('BOOLEAN', fc.boolean()),
  column(
    'STRING',
    fc.oneof(
      spelled,
      fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.toWellFormed()),
    ),
  ),
  column('TIMESTAMP', fc.date({ noInvalidDate: true })),
);

/** Rows enough for the choice of candidates (kernel/columns/candidates.ts) and more batches than one. */
const ROWS = fc.constantFrom(1, 7, 300, 2_047, 2_048, 2_049, 4_500);
const TABLE = fc
  .record({
    columns: fc.array(COLUMN, { minLength: 1, maxLength: 4 }),
    rows: ROWS,
    pageSize: fc.constantFrom(64, 4_096, 1_048_576),
    rowGroupSize: fc.constantFrom(1_000, 100_000),
    codec: fc.constantFrom('SNAPPY' as const, 'UNCOMPRESSED' as const),
    distinctBound: fc.constantFrom(10, 200, 10_000),
    groupRows: fc.constantFrom(undefined, 33, 700),
  })
  .map(({ columns, rows, pageSize, rowGroupSize, codec, distinctBound, groupRows }) => {
    const columnData = columns.map(({ type, pool, picks, nulls, encoding }, i) => ({
      name: `c${i}`,
      type,
      nullable: true,
      ...(encoding && { encoding }),
      data: Array.from({ length: rows }, (_, row) =>
        nulls > 0 && (row * 7) % (nulls + 1) === 0
          ? null
          : pool[(picks[row % picks.length]! + row * row) % pool.length],
      ),
    }));
    const bytes = new Uint8Array(parquetWriteBuffer({ columnData, pageSize, rowGroupSize, codec }));
    return { bytes, tuning: { distinctBound, ...(groupRows && { tuning: { groupRows } }) } };
  });

describe('columns that are taken as they are stored have the facts of their values as JSON', () => {
  test('for any table', async () => {
    let typed = 0;
    await fc.assert(
      fc.asyncProperty(TABLE, async ({ bytes, tuning }) => {
        const [facts, reference] = await bothWays(bytes, tuning);
        expect(facts).toEqual(reference);
        if (await isTyped(bytes, tuning)) typed++;
      }),
      { numRuns: 150 },
    );
    expect(typed).toBeGreaterThan(50); // of texts with U+0000 it is none
  });
  test('for tens of thousands of different values beside frequent ones', async () => {
    const rows = 60_000;
    const columnData = [
      { name: 'id', type: 'INT64' as const, data: Array.from({ length: rows }, (_, i) => BigInt(i * 3)) },
      {
        name: 'price',
        type: 'DOUBLE' as const,
        data: Array.from({ length: rows }, (_, i) => ((i * 7919) % 15_013) / 100),
      },
      { name: 'code', type: 'STRING' as const, data: Array.from({ length: rows }, (_, i) => `k${(i * i) % 12_007}`) },
      { name: 'kind', type: 'STRING' as const, data: Array.from({ length: rows }, (_, i) => ['a', 'b', 'c'][i % 3]!) },
    ];
    const bytes = new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 25_000 }));
    expect(await isTyped(bytes)).toBe(true);
    const [facts, reference] = await bothWays(bytes);
    expect(facts).toEqual(reference);
  });
  test.each(globSync('tests/parquet/*.parquet').sort())('for %s', async (file) => {
    const [facts, reference] = await bothWays(readFileSync(file));
    expect(facts).toEqual(reference);
  });
});

describe('a file is read as JSON where', () => {
  const write = (data: unknown[], type: BasicType) =>
    new Uint8Array(parquetWriteBuffer({ columnData: [{ name: 'a', type, data: data as string[] }] }));
  test.each<[string, unknown[], BasicType]>([
    ['a text has U+0000', ['a', 'b\0'], 'STRING'],
    ['a day is of a year beyond 9999', [new Date(8.64e15)], 'TIMESTAMP'],
    ['there are bytes', [new Uint8Array([1, 2])], 'BYTE_ARRAY'],
  ])('%s', async (_, data, type) => {
    expect(await isTyped(write(data, type))).toBe(false);
    const [facts, reference] = await bothWays(write(data, type));
    expect(facts).toEqual(reference);
  });
  test('only some rows are wanted', async () => {
    await using table = await ParquetTable.open(sourceOfBytes(write(['a', 'b'], 'STRING')).bytes);
    expect(await profileTypedColumns(table, { format: 'parquet', rowLimit: 1 })).toBe(undefined);
  });
});
