import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { type BasicType, parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { sourceOfBytes } from '../../../../../src/infra/engine/source.ts';
import { profileTypedColumns } from '../../../../../src/processing/formats/parquet/columns/typed-columns.ts';
import { ParquetTable } from '../../../../../src/processing/formats/parquet/table.ts';
import { MAX_RECORD_BYTES } from '../../../../../src/processing/limits.ts';
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
    parts: fc.constantFrom({}, { largePageBytes: 0, pagePartBytes: 100 }),
  })
  .map(({ columns, rows, pageSize, rowGroupSize, codec, distinctBound, groupRows, parts }) => {
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
    return { bytes, tuning: { distinctBound, tuning: { ...parts, ...(groupRows && { groupRows }) } } };
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
  describe('for values that are nearly all different', () => {
    const rows = 5_000;
    /** Numbers below 1 that look random, always the same. */
    const shares = (seed: number) => {
      let state = seed;
      return () => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return state / 2 ** 32;
      };
    };
    const numbers: [string, BasicType, (share: number, row: number) => unknown][] = [
      ['rows', 'INT32', (_, row) => row - 2_000],
      ['integers of up to 15 digits and more', 'INT64', (share) => BigInt(Math.round((share - 0.5) * 3e15))],
      ['all integers', 'INT64', (share, row) => BigInt(Math.round((share - 0.5) * 2 ** 63)) + BigInt(row)],
      ['money', 'DOUBLE', (share) => Math.round((share - 0.1) * 1e6) / 100],
      ['places that change', 'DOUBLE', (share, row) => Math.round(share * 1e7) / 10 ** (row % 12)],
      ['thousands', 'DOUBLE', (share) => Math.round(share * 900_000 + 100_000) / 1000],
      ['all digits', 'DOUBLE', (share) => share - 0.5],
      ['14 to 17 digits', 'DOUBLE', (share, row) => Math.round(share * 10 ** (14 + (row % 4))) / 1e4],
      ['exponents', 'DOUBLE', (share, row) => (row % 9 === 0 ? -0 : (share - 0.3) * 10 ** ((row % 60) - 30))],
      ['single precision', 'FLOAT', (share) => Math.fround(Math.round((share - 0.5) * 99_999) / 10)],
      ['all numbers of single precision', 'FLOAT', (share, row) => Math.fround(share * 10 ** ((row % 30) - 12))],
    ];
    // of minutes, hours, days, months, years and more in the histogram; some have a fraction of a second
    const instants = [5e3, 2e5, 5e6, 1e8, 2e9, 1e11].map((span): (typeof numbers)[0] => [
      `instants within ${span} s`,
      'TIMESTAMP',
      (share, row) => new Date(Math.floor((share - 0.3) * span) * 1000 - (row % 50 === 0 ? 1 : 0)),
    ]);
    test.each([...numbers, ...instants])('%s', async (_, type, value) => {
      for (const nulls of [0, 7]) {
        const next = shares(17);
        const data = Array.from({ length: rows }, (_, row) =>
          nulls > 0 && row % nulls === 3 ? null : value(next(), row),
        );
        const columnData = (['PLAIN', undefined] as const).map((encoding) => ({
          name: encoding ?? 'DICTIONARY',
          type,
          data: data as string[],
          nullable: nulls > 0,
          ...(encoding && { encoding }),
        }));
        for (const groupRows of [undefined, 2_100]) {
          const bytes = new Uint8Array(parquetWriteBuffer({ columnData, pageSize: 9_000, rowGroupSize: 4_000 }));
          const tuning = { distinctBound: 100, tuning: groupRows ? { groupRows } : {} };
          expect(await isTyped(bytes, tuning)).toBe(true);
          const [facts, reference] = await bothWays(bytes, tuning);
          expect(facts).toEqual(reference);
        }
      }
    });
  });
  test('for dictionaries of any size: numbers of their values have 1 to 14 bits', async () => {
    const rows = 40_000;
    const columnData = Array.from({ length: 14 }, (_, i) => ({
      name: `of ${i + 1} bits`,
      type: 'INT32' as const,
      nullable: i % 2 === 1,
      data: Array.from({ length: rows }, (_, row) =>
        i % 2 === 1 && row % 5 === 2 ? null : (row * row) % 2 ** (i + 1),
      ),
    }));
    const bytes = new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 20_000 }));
    expect(await isTyped(bytes)).toBe(true);
    const [facts, reference] = await bothWays(bytes);
    expect(facts).toEqual(reference);
  });
  test.each(globSync('tests/parquet/*.parquet').sort())('for %s', async (file) => {
    for (const tuning of [{}, { largePageBytes: 0, pagePartBytes: 64 }]) {
      const [facts, reference] = await bothWays(readFileSync(file), { tuning });
      expect(facts).toEqual(reference);
    }
  });
});

describe('a large page is taken in parts', () => {
  const { brotliCompressSync, gzipSync, zstdCompressSync } = process.getBuiltinModule('node:zlib');
  const compressors = {
    GZIP: (bytes: Uint8Array) => gzipSync(bytes),
    ZSTD: (bytes: Uint8Array) => zstdCompressSync(bytes),
    BROTLI: (bytes: Uint8Array) => brotliCompressSync(bytes),
  };
  const rows = 40_000;
  /** Texts of up to `most` bytes beside a number, with nulls or without, in one page each. */
  const table = (codec: string, most: number, nulls: boolean) => {
    const given = <T>(value: T, row: number) => (nulls && row % 7 === 3 ? null : value);
    const texts = Array.from({ length: rows }, (_, i) => `${i % 901}-`.repeat(1 + ((i * 31) % (most >> 2))));
    texts[rows >> 1] = 'x'.repeat(300_000);
    const data = [
      { name: 'id', type: 'INT64' as const, data: texts.map((_, i) => given(BigInt(i) * 97n, i)) },
      { name: 'text', type: 'STRING' as const, data: texts.map(given) },
    ];
    const columnData = data.map((column) => ({ ...column, encoding: 'PLAIN' as const, nullable: nulls }));
    return new Uint8Array(
      parquetWriteBuffer({ columnData, codec, compressors, pageSize: 1e9, rowGroupSize: rows } as never),
    );
  };
  test.each<[string, number, boolean]>([
    ['UNCOMPRESSED', 40, true],
    ['SNAPPY', 40, true],
    ['SNAPPY', 12, false],
    ['GZIP', 12, true],
    ['ZSTD', 12, false],
    ['BROTLI', 12, true],
  ])('%s', async (codec, most, nulls) => {
    const bytes = table(codec, most, nulls);
    const whole = await profileParquet(bytes);
    for (const sizes of [{ pagePartBytes: 1_000 }, { pagePartBytes: 70_000, groupRows: 17_000 }]) {
      const tuning = { largePageBytes: 10_000, ...sizes };
      expect(await isTyped(bytes, { tuning })).toBe(true);
      expect(await profileParquet(bytes, { tuning })).toEqual(whole);
    }
  });
  test('unless it is damaged: it is read as JSON, which says what is wrong', async () => {
    for (const codec of ['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'ZSTD', 'BROTLI'] as const) {
      const bytes = table(codec, 12, true);
      for (const at of [60, 5_000, bytes.length >> 1]) {
        const damaged = Uint8Array.from(bytes);
        damaged.fill(0xff, at, at + 40);
        const read = (tuning: object) => profileParquet(damaged, { tuning }).catch((error) => error);
        expect(await read({ largePageBytes: 10_000, pagePartBytes: 1_000 })).toEqual(await read({}));
      }
    }
  });
  test('unless its Snappy refers further back than the window', async () => {
    const values = Array.from({ length: 16_384 }, (_, i) => BigInt(i) * 1_000_003n);
    values.splice(-8, 8, ...values.slice(0, 8));
    // one literal, of which the last 64 bytes are a copy of the first ones
    const SNAPPY = (bytes: Uint8Array) => {
      const n = bytes.length - 64;
      const size = [(bytes.length & 127) | 128, ((bytes.length >> 7) & 127) | 128, bytes.length >> 14];
      const copy = Buffer.from([(63 << 2) | 3, 0, 0, 0, 0]);
      copy.writeUInt32LE(n, 1);
      const literal = Buffer.from([62 << 2, (n - 1) & 255, ((n - 1) >> 8) & 255, (n - 1) >> 16]);
      return new Uint8Array(Buffer.concat([Buffer.from(size), literal, bytes.subarray(0, n), copy]));
    };
    const columnData = [{ name: 'a', type: 'INT64', encoding: 'PLAIN', nullable: false, data: values }];
    const options = { columnData, codec: 'SNAPPY', compressors: { SNAPPY }, pageSize: 1e9 };
    const bytes = new Uint8Array(parquetWriteBuffer(options as never));
    const tuning = { largePageBytes: 10_000, pagePartBytes: 1_000 };
    expect(await isTyped(bytes)).toBe(true);
    expect(await isTyped(bytes, { tuning })).toBe(false);
    const { options: _, ...facts } = await profileParquet(bytes, { tuning });
    expect(facts).toEqual(await profileParquet(bytes));
  });
});

describe('a row is as large as a record may be', () => {
  const write = (texts: string[][], encoding: 'PLAIN' | undefined) =>
    new Uint8Array(
      parquetWriteBuffer({
        columnData: texts.map((data, i) => ({
          name: `${i}`,
          type: 'STRING' as const,
          data,
          ...(encoding && { encoding }),
        })),
      }),
    );
  /** Facts, or what is wrong: the same for both ways. */
  async function read(bytes: Uint8Array, tuning = {}) {
    const either = (options: object) =>
      profileParquet(bytes, { ...options, tuning }).then(({ options: _, ...facts }) => facts, String);
    const [facts, reference] = [await either({}), await either(AS_JSON)];
    expect(facts).toEqual(reference);
    return facts;
  }
  const text = 'x'.repeat(MAX_RECORD_BYTES);

  test.each([
    ['plain', ['a'], 'PLAIN' as const, {}],
    ['plain, in parts', ['a'], 'PLAIN' as const, { largePageBytes: 1_000, pagePartBytes: 100_000 }],
    ['of a dictionary', ['a', 'a', 'a', 'a', 'a', 'a', 'a', 'a'], undefined, {}],
  ])('%s', async (_, others, encoding, tuning) => {
    const most = MAX_RECORD_BYTES - '{"0":""}'.length;
    const ofLength = (length: number) => write([[...others, text.slice(0, length)]], encoding);
    expect(await read(ofLength(most), tuning)).toHaveProperty('rowCount', others.length + 1);
    expect(await read(ofLength(most + 1), tuning)).toContain('A record is larger than 16 MiB');
  });
  test('by texts of several columns together', async () => {
    const third = text.slice(0, MAX_RECORD_BYTES / 3);
    expect(await read(write([[third], [third]], 'PLAIN'))).toHaveProperty('rowCount', 1);
    expect(await read(write([[third], [third], [third]], 'PLAIN'))).toContain('A record is larger than 16 MiB');
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
