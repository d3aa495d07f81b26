import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import { doubleText, floatText } from '../../../../src/processing/formats/parquet/numbers.ts';
import { profileParquet } from '../../../support/parquet-reports.ts';

/**
 * Floating-point numbers of Parquet become the text that ECMAScript has for them: the shortest that is read as the same
 * number. A column of ten different values shows the text of each.
 */

const ROWS = 10;
const COLUMNS = 100;

async function shown(values: readonly number[], type: 'DOUBLE' | 'FLOAT'): Promise<string[]> {
  const columnData = Array.from({ length: COLUMNS }, (_, i) => ({
    name: `c${i}`,
    type,
    nullable: false,
    encoding: i % 2 === 0 ? undefined : ('PLAIN' as const),
    data: values.slice(i * ROWS, (i + 1) * ROWS),
  }));
  const bytes = new Uint8Array(parquetWriteBuffer({ columnData, codec: 'UNCOMPRESSED' }));
  const { columns } = await profileParquet(bytes);
  return columns.flatMap(({ topValues }) => topValues.map(({ value }) => value));
}
const asDouble = (bits: bigint) => new Float64Array(new BigUint64Array([bits]).buffer)[0]!;
const asFloat = (bits: number) => new Float32Array(new Uint32Array([bits]).buffer)[0]!;

const double = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(asDouble),
  fc.bigInt({ min: 0n, max: 2n ** 52n }).map(asDouble), // subnormal
  fc.bigInt({ min: 0n, max: 99n }).map(asDouble),
  // where the number below is nearer than the one above
  fc
    .tuple(fc.integer({ min: -1_022, max: 1_023 }), fc.bigInt({ min: -2n, max: 2n }))
    .map(([power, off]) => asDouble((BigInt(power + 1_023) << 52n) + off)),
  fc.tuple(fc.maxSafeInteger(), fc.integer({ min: -25, max: 25 })).map(([n, power]) => Number(`${n}e${power}`)),
  fc.bigInt({ min: 0n, max: 2n ** 80n }).map(Number),
  fc.integer().map((n) => n / 100),
);
const float = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 32 - 1 }).map(asFloat),
  fc.integer({ min: 0, max: 2 ** 23 }).map(asFloat),
  fc
    .tuple(fc.integer({ min: 1, max: 254 }), fc.integer({ min: -2, max: 2 }))
    .map(([power, off]) => asFloat(power * 2 ** 23 + off)),
  fc.integer({ min: -1e9, max: 1e9 }).map((n) => Math.fround(n / 1_000)),
  fc.bigInt({ min: 0n, max: 2n ** 70n }).map((n) => Math.fround(Number(n))),
);
const all = (value: fc.Arbitrary<number>) =>
  fc.uniqueArray(value.filter(Number.isFinite), {
    minLength: ROWS * COLUMNS,
    maxLength: ROWS * COLUMNS,
    comparator: 'SameValue',
  });
/** JSON's zero has no sign, and columns keep the order of values that are equally frequent. */
const sorted = (texts: readonly string[]) => texts.map((text) => (text === '-0' ? '0' : text)).sort();

test('doubles', async () => {
  await fc.assert(
    fc.asyncProperty(all(double), async (values) => {
      expect(sorted(await shown(values, 'DOUBLE'))).toEqual(sorted(values.map(doubleText)));
    }),
    { numRuns: 4, endOnFailure: true },
  );
});

test('numbers of single precision', async () => {
  await fc.assert(
    fc.asyncProperty(all(float), async (values) => {
      expect(sorted(await shown(values, 'FLOAT'))).toEqual(sorted(values.map(floatText)));
    }),
    { numRuns: 4, endOnFailure: true },
  );
});
