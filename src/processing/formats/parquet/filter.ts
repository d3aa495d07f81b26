import type { ByteSource } from '../../byte-source.ts';
import { LINE_OR_RECORD } from '../../kernel/border/statuses.ts';
import { RowIndex, type RowPlace } from '../../row-index.ts';
import type { FilterReader } from '../format.ts';
import { jsonReading, sourceOf } from './json-reading.ts';
import { ParquetTable } from './table.ts';

/** What a place needs: its row group, and the rows of that which are before it. */
interface State {
  group: number;
  skip: number;
}
/** Rows between two places in a row group. */
const PLACE_ROWS = 65_536;

/** Tests the rows of a Parquet file as those of JSON, from a row group on: see FormatReader. */
export const filterParquet: FilterReader = async function* (source, query, options, declared) {
  await using table = await ParquetTable.open(source);
  const json = await jsonReading(declared);
  const { start } = query;
  const { group: firstGroup, skip } = start ? (start.state as State) : { group: 0, skip: 0 };
  async function* texts() {
    for await (const { text } of table.batches({ firstGroup, skip, signal: options.signal })) yield text;
  }
  const { index: _, ...others } = options;
  if (!start) {
    yield* json.reader.filter(sourceOf(texts()), query, others, json.declared);
    return;
  }
  const fromHere = { ...query, start: lineOf(start) };
  yield* json.reader.filter(sourceOf(texts()), fromHere, { ...others, index: noPlaces() }, json.declared);
};

/** A place in lines of records that have all keys: none has to be known from the lines before. */
const lineOf = ({ row }: RowPlace): RowPlace => ({
  row,
  byte: 0,
  state: { line: row + 1, what: LINE_OR_RECORD, isLines: true, newlineSince: true, keys: 0, isWrapped: false },
});
function noPlaces(): RowIndex {
  const index = new RowIndex(Number.POSITIVE_INFINITY);
  index.table = [];
  return index;
}

/** Adds the beginnings of the row groups, and places in large ones, to an index (see FormatReader). */
export async function parquetPlaces(source: ByteSource, index: RowIndex): Promise<void> {
  await using table = await ParquetTable.open(source);
  let row = 0;
  let byte = 0;
  for (const [group, { rows, bytes }] of table.footer.groups.entries()) {
    for (let skip = 0; skip < rows; skip += PLACE_ROWS) {
      const place = { row: row + skip, byte: byte + Math.floor((bytes * skip) / rows), opensAt: 0 };
      if (place.row > 0) index.add({ ...place, state: { group, skip } satisfies State });
    }
    row += rows;
    byte += bytes;
  }
}
