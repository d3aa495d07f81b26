import { csvLine } from '../../report/csv-stream.ts';
import { type Found, shownRow, type WholeRow } from '../../services/rows.ts';

/** Characters that are sent at a time. */
const PIECE_LENGTH = 65_536;

/** The body `Rows`, piece by piece, as rows are found. */
export async function* jsonRows(found: AsyncIterable<Found>): AsyncGenerator<string> {
  let text = '{"rows":[';
  let comma = '';
  let isOpen = true;
  const close = () => {
    if (isOpen) text += ']';
    isOpen = false;
  };
  for await (const part of found) {
    if ('rows' in part)
      for (const row of part.rows) {
        text += comma + JSON.stringify(shownRow(row));
        comma = ',';
        if (text.length < PIECE_LENGTH) continue;
        yield text;
        text = '';
      }
    else {
      close();
      text += 'next' in part ? `,"next":${JSON.stringify(part.next)}` : `,"count":${part.count}`;
    }
    if (text === '') continue;
    yield text;
    text = '';
  }
  close();
  yield `${text}}\n`;
}

/** CSV, piece by piece: `row`, then the columns of the report. @param spreadsheet see `csvLine` */
export async function* csvRows(
  columns: readonly string[],
  found: AsyncIterable<Found>,
  spreadsheet: boolean,
): AsyncGenerator<string> {
  let text = csvLine(['row', ...columns], spreadsheet);
  for await (const part of found) {
    if (!('rows' in part)) continue;
    for (const row of part.rows) {
      text += csvLine(cellsOf(row, columns), spreadsheet);
      if (text.length < PIECE_LENGTH) continue;
      yield text;
      text = '';
    }
    if (text === '') continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}

/** The number of a row, then its values by column. */
function cellsOf({ row, fields }: WholeRow, columns: readonly string[]): string[] {
  const cells = [String(row)];
  // the fields of a CSV: no names are looked up, millions of rows may follow
  if (fields.length === columns.length && fields.every(([name], i) => name === columns[i]))
    for (const field of fields) cells.push(textOf(field[1]));
  else {
    const values = new Map(fields);
    for (const name of columns) cells.push(textOf(values.get(name)));
  }
  return cells;
}

/** A value as a text; empty where there is none. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '' : JSON.stringify(value);
}

/**
 * The same parts, unless their reader takes none for a time: then `stop` is called, which is to close what it reads
 * from. A client that stopped reading would otherwise hold a file open for ever.
 */
export async function* whileRead<Part>(
  parts: AsyncIterable<Part>,
  milliseconds: number,
  stop: () => void,
): AsyncGenerator<Part> {
  for await (const part of parts) {
    const timer = setTimeout(stop, milliseconds);
    try {
      yield part;
    } finally {
      clearTimeout(timer);
    }
  }
}
