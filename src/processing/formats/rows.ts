import { decode, readingOf } from '../text/encoding.ts';
import { type Encoding, textOf } from '../text/text-reading.ts';
import { CsvHead } from './csv/head.ts';
import { columnNames, rawNames } from './csv/header.ts';
import { CsvScanner } from './csv/scanner.ts';
import { JsonScanner } from './json/scanner.ts';

/** A whole row as it stands in the file. Of a CSV its fields, untrimmed; of JSON the text of its record. */
export interface WholeRow {
  row: number;
  /** Of the file, from 1. */
  line: number;
  fields?: string[];
  /** Of a CSV the columns as the report calls them. */
  names?: string[];
  record?: string;
}

/**
 * Reads single rows of a file with the readers that profile it, so that the numbers agree with the report's. Reads no
 * further than the last row that is wanted. Memory: the head while it is judged, one block and one row.
 * @param wanted row numbers from 1, rising
 * @param encoding as the report has it: windows-1252 is known only after the last byte
 * @throws DatasetError when the bytes before the last wanted row are no table
 */
export async function* readRows(
  source: AsyncIterable<Uint8Array>,
  format: 'csv' | 'json',
  encoding: Encoding,
  wanted: readonly number[],
): AsyncGenerator<WholeRow> {
  const last = wanted.at(-1) ?? 0;
  const isWanted = new Set(wanted); // as many as the caller asks for
  const found: WholeRow[] = []; // the wanted rows of one block
  const rows = format === 'csv' ? csvRows(source, encoding, take) : jsonRows(source, take);
  let seen = 0;
  function take(line: number, read: () => Omit<WholeRow, 'row' | 'line'>): boolean {
    const row = ++seen;
    if (isWanted.has(row)) found.push({ row, line, ...read() });
    return row >= last;
  }
  if (last === 0) return;
  for await (const _block of rows) {
    yield* found.splice(0);
    if (seen >= last) return;
  }
  yield* found;
}

/** @returns true when no further row is wanted */
type Take = (line: number, read: () => Omit<WholeRow, 'row' | 'line'>) => boolean;

/** Gives every data row to `take`, and the control back after each block. */
async function* csvRows(source: AsyncIterable<Uint8Array>, encoding: Encoding, take: Take): AsyncGenerator<void> {
  const { chunks, facts } = decode(source, false);
  const shown = (text: string) => textOf(text, { ...readingOf(facts), encoding });
  let head: CsvHead | undefined;
  let held: Buffer[] = []; // the head's bytes, until the dialect is known: CsvHead bounds them
  let scanner: CsvScanner | undefined;
  let place = { origin: 0, utf16: false };
  const begin = () => {
    const dialect = head!.judge();
    const { separator, titleRows } = dialect;
    head!.close(); // readers are slow, and there may be many
    let above = titleRows + 1;
    let names: string[] = [];
    scanner = new CsvScanner(
      separator,
      ({ fields, width, line }) => {
        if (above === 0) return take(line, () => ({ fields: fields.slice(0, width).map(shown), names }));
        if (--above === 0) names = columnNames(rawNames(fields, dialect).map(shown), []);
        return undefined;
      },
      place,
    );
    scanner.rowsBefore = titleRows + 1;
    for (const chunk of held) scanner.push(chunk);
    held = [];
  };
  const open = () => {
    const utf16 = facts.encoding.startsWith('utf-16');
    place = { origin: facts.start, utf16 };
    return new CsvHead(place);
  };
  try {
    for await (const chunk of chunks) {
      if (scanner) scanner.push(chunk);
      else {
        const copy = Buffer.from(chunk);
        held.push(copy);
        head ??= open();
        if (head.push(copy, facts.end)) begin();
      }
      yield;
    }
    if (!scanner) {
      head ??= open();
      head.end();
      begin();
    }
    scanner!.end();
  } finally {
    head?.close();
  }
}

async function* jsonRows(source: AsyncIterable<Uint8Array>, take: Take): AsyncGenerator<void> {
  const { chunks, facts } = decode(source, true);
  let scanner: JsonScanner | undefined;
  for await (const chunk of chunks) {
    scanner ??= new JsonScanner(facts.start, (record, { line }) => {
      take(line, () => ({ record: record.toString('utf8') }));
    });
    scanner.push(chunk);
    yield;
  }
}
