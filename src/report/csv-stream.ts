import { Readable } from 'node:stream';

/** The wide forms of East Asian text are taken for the plain ones. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * A spreadsheet runs a cell that begins like a formula: an apostrophe before it makes it text (OWASP, CSV injection).
 */
const neutralise = (cell: string): string => (FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell);

/** Spaces at the ends are quoted too, since some readers drop them. */
const SPECIAL = /[",\r\n]|^\s|\s$/;
const quoted = (cell: string): string => (SPECIAL.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/**
 * A row as a line of CSV (RFC 4180). Written here and not by a package, since an export of a large file spends its time
 * in it: packages make an object and a turn of a stream of each row.
 * @param spreadsheet make cells that begin like a formula text
 */
export const csvLine = (cells: readonly string[], spreadsheet: boolean): string =>
  `${cells.map((cell) => quoted(spreadsheet ? neutralise(cell) : cell)).join(',')}\r\n`;

/** Rows as CSV, as they are asked for. */
export function csvStream(rows: Iterable<string[]>, spreadsheet: boolean): Readable {
  function* lines(): Generator<string> {
    for (const row of rows) yield csvLine(row, spreadsheet);
  }
  return Readable.from(lines());
}
