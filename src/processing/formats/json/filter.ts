import type { ByteSource } from '../../byte-source.ts';
import { RowFilter } from '../../host/row-filter.ts';
import { NOTHING, RECORD } from '../../kernel/border/statuses.ts';
import type { RowIndex, RowPlace } from '../../row-index.ts';
import type { FilterReader } from '../format.ts';
import { listRest, type RecordText, recordText } from './record-text.ts';
import { recordContent } from './rows.ts';
import { JsonWalker } from './walker.ts';

/** What the places of an index have in common: keys in the order in which they came. What each needs. */
type Keys = string[];
type State = Pick<JsonWalker['place'], 'line' | 'what' | 'isLines' | 'newlineSince'> & {
  keys: number;
  isWrapped: boolean;
};

/** Keys up to which a reading may begin in the middle: they are written before it. */
const MOST_KEYS = 1_024;

/** Tests the records of JSON: see FormatReader. */
export const filterJson: FilterReader = async function* (source, query, options, declared) {
  const { index, signal } = options;
  const { start } = query;
  const standIn = start ? standInOf(start.state as State, index!.table as Keys) : undefined;
  const isLenient = declared.options?.lenient ?? false;
  const inUtf8 = { ...query, encoding: 'utf-8' as const }; // as the text is handed over, whatever the file is
  const filter = new RowFilter(inUtf8, (record) => recordContent(record, isLenient), standIn ? 1 : 0);
  const text = start
    ? middle(source, (start.state as State).isWrapped)
    : recordText(source, declared, declared.file?.format === 'ndjson' ? 'any' : 'none');
  const { chunks, facts } = text;
  let walker: JsonWalker | undefined;
  const open = async () => {
    walker = new JsonWalker(
      start ? start.byte - standIn!.bytes.length : facts.start,
      { ...options, filter, readOptions: declared.options },
      isLenient,
    );
    if (standIn) {
      walker.startAt(standIn.line);
      await walker.push(standIn.bytes);
    }
    return walker;
  };
  try {
    for await (const bytes of chunks) {
      signal?.throwIfAborted();
      walker ??= await open();
      await walker.push(bytes);
      // a place may be in a comment, or not be one of the file's bytes
      if (index && !isLenient && !facts.isConverted) addPlace(index, walker, start, text.isWrapped);
      yield filter;
    }
    if (facts.invalidAt !== undefined) await walker?.notUtf8();
    await walker?.end();
    if (query.finds?.repeated) query.repeated = await walker?.job.repeatedRows();
    yield filter;
  } finally {
    walker?.job.close();
  }
};

/** Bytes from the middle of a file that was read as JSON before: they need no check. */
function middle(
  source: ByteSource,
  isWrapped: boolean,
): Omit<RecordText, 'facts'> & { facts: Partial<RecordText['facts']> & { start: number } } {
  async function* chunks() {
    for await (const { buffer, byteOffset, byteLength } of source) yield Buffer.from(buffer, byteOffset, byteLength);
  }
  return { chunks: isWrapped ? listRest(chunks()) : chunks(), facts: { start: 0 }, isWrapped };
}

/**
 * What stands for the records before a place: one with their keys, so that columns have the numbers that they have when
 * the file is read from its beginning.
 */
function standInOf({ line, what, isLines, newlineSince, keys }: State, all: Keys): { bytes: Buffer; line: number } {
  const members = all.slice(0, keys).map((key) => `${JSON.stringify(key)}:null`);
  const record = `{${members.join(',')}}`;
  if (!isLines) return { bytes: Buffer.from(what === RECORD ? `[${record},` : `[${record}`), line };
  return newlineSince ? { bytes: Buffer.from(`${record}\n`), line: line - 1 } : { bytes: Buffer.from(record), line };
}

function addPlace(index: RowIndex, walker: JsonWalker, start: RowPlace | undefined, isWrapped: boolean): void {
  const { byte, line, what, isLines, newlineSince } = walker.place;
  if (walker.rowCount === 0 || what === NOTHING || !index.wants(byte)) return;
  const { keys } = walker;
  if (keys.length > MOST_KEYS) return;
  const row = walker.rowCount + (start ? start.row - 1 : 0);
  index.table = keys;
  index.add({ row, byte, state: { line, what, isLines, newlineSince, keys: keys.length, isWrapped } satisfies State });
}
