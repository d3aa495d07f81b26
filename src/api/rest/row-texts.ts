import { csvLine } from '../../report/csv-stream.ts';
import type { Found } from '../../services/rows.ts';

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
        text += comma + JSON.stringify(row);
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
  const cellOf = (values: Record<string, unknown>, name: string) =>
    Object.hasOwn(values, name) ? (textOf(values[name]) ?? '') : '';
  let text = csvLine(['row', ...columns], spreadsheet);
  for await (const part of found) {
    if (!('rows' in part)) continue;
    for (const { row, values } of part.rows) {
      text += csvLine([String(row), ...columns.map((name) => cellOf(values, name))], spreadsheet);
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

/** A value as a text; null where there is none. */
const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);

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
