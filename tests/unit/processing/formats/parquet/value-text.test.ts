import { expect, test } from 'vitest';
import { textsOf } from '../../../../../src/processing/formats/parquet/value-text.ts';

const values = { kind: 'DOUBLE', values: Float64Array.of(-0, 1.5, Number.NaN, Number.NEGATIVE_INFINITY) } as const;
const texts = (isNested: boolean) => {
  const of = textsOf(values, { kind: 'double' }, isNested, () => {});
  return [0, 1, 2, 3].map(of);
};

test('numbers of a column have all that they say', () => {
  expect(texts(false)).toEqual(['-0', '1.5', 'NaN', '-Infinity']);
});
test('numbers in lists and structs are what JSON.stringify makes of them', () => {
  expect(texts(true)).toEqual([...values.values].map((value) => JSON.stringify(value)));
});
