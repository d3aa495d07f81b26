import type { Readable } from 'node:stream';
import { format } from 'fast-csv';

const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * A spreadsheet runs a cell that begins like a formula: an apostrophe before it makes it text (OWASP, CSV injection).
 */
const neutralise = (cell: string): string => (FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell);

/**
 * Rows as CSV (RFC 4180), as they come: no more than a few are in memory.
 * @param spreadsheet make cells that begin like a formula text
 */
export function csvStream(rows: AsyncIterable<string[]> | Iterable<string[]>, spreadsheet: boolean): Readable {
  const stream = format({ rowDelimiter: '\r\n', includeEndRowDelimiter: true });
  const write = async () => {
    for await (const row of rows) {
      if (stream.destroyed) return;
      if (!stream.write(spreadsheet ? row.map(neutralise) : row))
        await new Promise<void>((resolve) => {
          stream.once('drain', resolve).once('close', resolve);
        });
    }
    stream.end();
  };
  write().catch((error) => stream.destroy(error));
  return stream as unknown as Readable;
}
