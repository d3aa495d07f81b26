import type { ByteSource } from '../../byte-source.ts';
import type { RowQuery } from '../../filter/row-query.ts';
import { KernelThread } from '../../host/kernel-thread.ts';
import { RowFilter } from '../../host/row-filter.ts';
import { declareColumns } from '../../host/value-rules.ts';
import type { ReadOptions } from '../../options/read-options.ts';
import type { RowPlace } from '../../row-index.ts';
import { readingOf } from '../../text/encoding.ts';
import type { FilterOptions, FilterReader } from '../format.ts';
import type { Dialect } from './dialect.ts';
import { CsvReading } from './reading.ts';
import { contentOfBytes } from './row-content.ts';
import { CsvSplitter } from './splitter.ts';

/** What the places of a CSV's index have in common, and what each needs. */
interface Table {
  dialect: Dialect;
  /** NUL bytes have come. */
  hasNul: boolean;
}
type State = Omit<CsvSplitter['place'], 'byte'>;

const namesOf = ({ columns }: RowQuery) => columns.map(({ name }) => name);

/** Tests the rows of a CSV: see FormatReader. */
export const filterCsv: FilterReader = async function* (source, query, options, declared) {
  if (query.start) {
    yield* filterFrom(query.start, source, query, options, declared.options);
    return;
  }
  const names = namesOf(query);
  const filter = new RowFilter(query, (bytes) => {
    const text = { ...readingOf(reading.facts), encoding: query.encoding };
    return contentOfBytes(bytes, names, reading.dialect!.separator, text);
  });
  using reading = new CsvReading(source, { ...options, filter, readOptions: declared.options }, declared);
  for await (const { splitter, dialect, facts, countsBytes } of reading.steps()) {
    // bytes of UTF-16, and of other text that is made of the file's, are not those that were read
    if (splitter && dialect && countsBytes) addPlace(options, splitter, { dialect, hasNul: facts.nuls.count > 0 });
    yield filter;
  }
  if (query.finds?.repeated) query.repeated = await reading.splitter!.job.repeatedRows();
  yield filter;
};

function addPlace({ index }: FilterOptions, splitter: CsvSplitter, table: Table): void {
  const { byte, ...state } = splitter.place;
  if (!index?.wants(byte) || !splitter.isBelowHeader) return;
  index.table = table;
  index.add({ row: splitter.rowCount, byte, state: state satisfies State });
}

/** The rows behind a place of the index, from a source that begins there. */
async function* filterFrom(
  { byte, state }: RowPlace,
  source: ByteSource,
  query: RowQuery,
  options: FilterOptions,
  readOptions: ReadOptions | undefined,
): AsyncGenerator<RowFilter> {
  const { dialect, hasNul } = options.index!.table as Table;
  const { line, afterCr } = state as State;
  const nuls = { count: hasNul ? 1 : 0, first: [] };
  const names = namesOf(query);
  const filter = new RowFilter(query, (bytes) => {
    const text = { encoding: query.encoding, hasNul: nuls.count > 0 };
    return contentOfBytes(bytes, names, dialect.separator, text);
  });
  const job = { ...options, filter, readOptions };
  const splitter = new CsvSplitter(
    dialect,
    { origin: byte, utf16: false, countsBytes: true },
    nuls,
    job,
    KernelThread.open(options.spill),
  );
  try {
    splitter.startBelowHeader(line, afterCr);
    declareColumns(splitter.job.thread, readOptions, names);
    splitter.expectWrongBytes(); // whether any came before is not known
    for await (const chunk of source) {
      options.signal?.throwIfAborted();
      await splitter.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
      addPlace(options, splitter, { dialect, hasNul: nuls.count > 0 });
      yield filter;
    }
    await splitter.end();
    yield filter;
  } finally {
    splitter.job.close();
  }
}
