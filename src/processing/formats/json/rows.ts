import type { ByteSource } from '../../byte-source.ts';
import type { RowContent } from '../../whole-row.ts';
import type { Declared, KnownFile, TakeRow } from '../format.ts';
import { recordText } from './record-text.ts';
import { JsonScanner } from './scanner.ts';

/** Gives every record to `take` (see FormatReader). */
export async function* jsonRows(
  source: ByteSource,
  file: KnownFile,
  take: TakeRow,
  declared: Declared,
): AsyncGenerator<void> {
  const { chunks, facts } = recordText(source, declared, file.format === 'ndjson' ? 'any' : 'none');
  let scanner: JsonScanner | undefined;
  for await (const chunk of chunks) {
    scanner ??= new JsonScanner(facts.start, (record, { line }) => {
      take(line, () => recordContent(record, declared.options?.lenient));
    });
    scanner.push(chunk);
    yield;
  }
}

/**
 * The members of a record; numbers stay as they are written.
 * @param isLenient NaN and infinities are shown as texts, and may not be where a reader of records has not been
 */
export const recordContent = (record: Buffer, isLenient = false): RowContent => {
  const text = record.toString('utf8');
  return { fields: Object.entries(parseRecord(isLenient ? quoted(text) : text)) };
};
/** Strings are taken first, so that nothing in them is meant. */
const quoted = (text: string) =>
  text.replaceAll(/"(?:[^"\\]|\\.)*"|-?(?:NaN|Infinity)/g, (found) => (found.startsWith('"') ? found : `"${found}"`));

/** A string, and the colon behind it if it is a name. */
const STRING = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?/g;
/** Begins the stand-in of a name, which has no escape; a name that begins with it has a stand-in, too. */
const STAND_IN = '\u{ffff}';

/**
 * The object with all numbers as they are written. Names with an escape are read apart, by stand-ins: V8 13.6, of Node
 * 24.21, takes such a name for another one that it has read before, when the other has a backslash in it
 * (`JSON.parse('{"\\\\": 1}')`, then `JSON.parse('{"\\n": 2}')` has the name of the first).
 */
function parseRecord(text: string): Record<string, unknown> {
  const { rawJSON, isRawJSON } = JSON as unknown as {
    rawJSON(text: string): unknown;
    isRawJSON(value: unknown): boolean;
  };
  const names: string[] = []; // as many as the record has
  const safe = !text.includes('\\')
    ? text
    : text.replaceAll(STRING, (all, name: string, colon?: string) => {
        if (colon === undefined || !(name.includes('\\') || name.startsWith(`"${STAND_IN}`))) return all;
        return `"${STAND_IN}${names.push(JSON.parse(name) as string) - 1}"${colon}`;
      });
  const nameOf = (name: string) => (name.startsWith(STAND_IN) ? (names[Number(name.slice(1))] ?? name) : name);
  const revive = (_key: string, value: unknown, context?: { source?: string }) => {
    if (typeof value === 'number' && context?.source !== undefined) return rawJSON(context.source);
    const isObject = names.length > 0 && typeof value === 'object' && value !== null && !Array.isArray(value);
    if (!isObject || isRawJSON(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [nameOf(name), each]));
  };
  return JSON.parse(safe, revive as never);
}
