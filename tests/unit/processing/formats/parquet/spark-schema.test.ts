import { expect, test } from 'vitest';
import { BYTE_ARRAY, dataPage, int32s, parquetFile, REQUIRED, type Value } from '../../../../support/parquet-bytes.ts';
import { profileParquet } from '../../../../support/parquet-reports.ts';

const bytes = (...values: number[]) => dataPage(1, Buffer.concat([int32s(values.length), Buffer.from(values)]));
const leaf = (name: string, pages: Buffer) => ({ element: { 1: BYTE_ARRAY, 3: REQUIRED, 4: name }, pages });
const COLUMNS = [leaf('value', bytes(12, 5)), leaf('metadata', bytes(1, 0, 0))];

/** A table of one struct of bytes, and what Spark says of its type. */
async function structOf(type: unknown) {
  const fields = [{ name: 'v', type, nullable: true, metadata: {} }];
  const said = { 1: 'org.apache.spark.sql.parquet.row.metadata', 2: JSON.stringify({ type: 'struct', fields }) };
  const schema: Value[] = [
    { 3: REQUIRED, 4: 'schema', 5: 1 },
    { 3: REQUIRED, 4: 'v', 5: 2 },
    ...COLUMNS.map(({ element }) => element),
  ];
  const { columns } = await profileParquet(parquetFile(1, COLUMNS, { 2: schema, 5: [said] }));
  return [columns[0]!.storedType, columns[0]!.topValues[0]!.value];
}

test('a struct that Spark calls a variant is one', async () => {
  expect(await structOf('variant')).toEqual(['VARIANT', '5']);
});
test.each([
  ['a struct', { type: 'struct', fields: [{ name: 'value', type: 'binary' }] }],
  ['nothing known', null],
])('a struct that it calls %s stays one', async (_, type) => {
  expect(await structOf(type)).toEqual(['STRUCT', '{"value":"0x0c05","metadata":"0x010000"}']);
});
