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

function parseRecord(text: string): Record<string, unknown> {
  const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };
  const revive = (_key: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' && context?.source !== undefined ? rawJSON(context.source) : value;
  return JSON.parse(text, revive as never);
}
