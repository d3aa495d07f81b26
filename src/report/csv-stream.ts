import { pipeline, Readable, type Transform } from 'node:stream';
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
  const safe = async function* () {
    for await (const row of rows) yield row.map(neutralise);
  };
  const stream = format({ rowDelimiter: '\r\n', includeEndRowDelimiter: true });
  // an error destroys both, and so does a reader that goes
  return pipeline(Readable.from(spreadsheet ? safe() : rows), stream as unknown as Transform, () => {});
}
