import type { ByteSource } from '../../byte-source.ts';
import { decodeText } from '../decode-text.ts';
import type { Declared, KnownFile, TakeRow } from '../format.ts';
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
      take(line, () => ({ fields: Object.entries(parseRecord(record.toString('utf8'))) }));
    });
    scanner.push(chunk);
    yield;
  }
}

/** Numbers stay as they are written. */
function parseRecord(text: string): Record<string, unknown> {
  const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };
  const revive = (_key: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' && context?.source !== undefined ? rawJSON(context.source) : value;
  return JSON.parse(text, revive as never);
}
