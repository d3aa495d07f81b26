import type { FilterReader } from '../format.ts';
import { jsonReading, sourceOf } from './json-reading.ts';
import { ParquetTable } from './table.ts';

/** Tests the rows of a Parquet file as those of JSON: see FormatReader. */
export const filterParquet: FilterReader = async function* (source, query, options, declared) {
  await using table = await ParquetTable.open(source);
  const json = await jsonReading(declared);
  async function* texts() {
    for await (const { text } of table.batches(0, undefined, options.signal)) yield text;
  }
  const { index: _, ...others } = options;
  yield* json.reader.filter(sourceOf(texts()), query, others, json.declared);
};
