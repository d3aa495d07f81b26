import type { ByteSource } from '../../byte-source.ts';
import { decodeText } from '../decode-text.ts';
import type { Declared, KnownFile, RowContent, TakeRow } from '../format.ts';
import { JsonScanner } from './scanner.ts';

/** Gives every record to `take` (see FormatReader). */
export async function* jsonRows(
  source: ByteSource,
  _file: KnownFile,
  take: TakeRow,
  declared: Declared,
): AsyncGenerator<void> {
  const { chunks, facts } = decodeText(source, declared, true);
  let scanner: JsonScanner | undefined;
  for await (const chunk of chunks) {
    scanner ??= new JsonScanner(facts.start, (record, { line }) => {
      take(line, () => recordContent(record));
    });
    scanner.push(chunk);
    yield;
  }
}

/** The members of a record; numbers stay as they are written. */
export const recordContent = (record: Buffer): RowContent => ({
  fields: Object.entries(parseRecord(record.toString('utf8'))),
});

function parseRecord(text: string): Record<string, unknown> {
  const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };
  const revive = (_key: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' && context?.source !== undefined ? rawJSON(context.source) : value;
  return JSON.parse(text, revive as never);
}
