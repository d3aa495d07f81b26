import { columnNames } from '../../../src/processing/formats/column-names.ts';
import type { Dialect } from '../../../src/processing/formats/csv/dialect.ts';
import { CSV } from '../../../src/processing/formats/csv/format.ts';
import { rawNames } from '../../../src/processing/formats/csv/header.ts';
import { type CsvRow, CsvScanner } from '../../../src/processing/formats/csv/scanner.ts';
import { decodeText } from '../../../src/processing/formats/decode-text.ts';
import { FORMATS } from '../../../src/processing/formats/formats.ts';
import { EXAMPLES } from '../../../src/processing/limits.ts';
import type { ColumnFacts, Profile, Warning } from '../../../src/processing/profile-types.ts';
import { readingOf, requireBytes } from '../../../src/processing/text/encoding.ts';
import { isNullToken } from '../../../src/processing/text/null-tokens.ts';
import { type TextReading, textOf } from '../../../src/processing/text/text-reading.ts';
import { trimAscii } from '../../../src/processing/text/trim.ts';
import { Column } from './column.ts';
import { DuplicateRows } from './duplicate-rows.ts';
import { plainDialect } from './plain-dialect.ts';

/** A CSV's table row by row in plain TypeScript, every field a string: what the kernel is compared with. */
class PlainTable {
  readonly #dialect: Dialect;
  readonly #reading: TextReading;
  readonly #scanner: CsvScanner;
  #skip: number;
  header: string[] | undefined;
  readonly #columns: Column[] = [];
  rowCount = 0;
  readonly badRows: Profile['badRows'] = { count: 0, examples: [] };
  readonly duplicates = new DuplicateRows();
  titleLine = 0;

  constructor(dialect: Dialect, place: { origin: number; utf16: boolean }, reading: TextReading) {
    this.#dialect = dialect;
    this.#reading = reading;
    this.#skip = dialect.titleRows;
    this.#scanner = new CsvScanner(dialect.separator, (row) => this.#add(row), place);
    this.#scanner.rowsBefore = dialect.titleRows + 1;
  }
  push(chunk: Buffer): void {
    this.#scanner.push(chunk);
  }
  end(): void {
    this.#scanner.end();
  }
  get lineEndings(): number {
    return this.#scanner.lineEndings;
  }
  column(index: number, name: string): ColumnFacts {
    return this.#columns[index]!.facts(name);
  }
  #add(row: CsvRow): undefined {
    if (this.#skip > 0) {
      if (this.titleLine === 0) this.titleLine = row.line;
      this.#skip--;
    } else if (this.header) this.#addRow(row);
    else {
      this.header = row.fields.slice(0, row.width);
      const { columns, separator } = this.#dialect;
      for (let index = 0; index < columns; index++)
        this.#columns.push(new Column(this.#reading, { index, columns, delimiter: separator }));
    }
  }
  #addRow({ fields, width, line }: CsvRow): void {
    const expected = this.#columns.length;
    const row = ++this.rowCount;
    for (let i = 0; i < expected; i++) {
      const field = i < width ? fields[i]! : '';
      const column = this.#columns[i]!;
      const trimmed = trimAscii(field);
      if (isNullToken(trimmed)) column.addNull(trimmed);
      else column.add(field, trimmed, row);
    }
    this.duplicates.add(
      this.#columns.map((_, i) => (i < width ? fields[i]! : '')),
      row,
    );
    let surplus = false;
    for (let i = expected; i < width && !surplus; i++) surplus = trimAscii(fields[i]!) !== '';
    if (width >= expected && !surplus) return;
    this.badRows.count++;
    if (this.badRows.examples.length < EXAMPLES) this.badRows.examples.push({ row, line, fields: width, expected });
  }
}

/** Without a row the scanner reports what is wrong. */
function dialectOf(held: Buffer[], place: { origin: number; utf16: boolean }): Dialect {
  try {
    return plainDialect(Buffer.concat(held).toString('latin1'), place.origin);
  } catch (error) {
    const scanner = new CsvScanner(',', () => undefined, place);
    for (const chunk of held) scanner.push(chunk);
    scanner.end();
    throw error;
  }
}

/** The profile of a CSV without faults, but for the warnings of its file. */
export async function plainCsv(bytes: Uint8Array): Promise<Profile> {
  const { chunks, facts } = decodeText(
    (async function* () {
      yield bytes;
    })(),
    { format: CSV, formats: FORMATS },
    false,
  );
  const held: Buffer[] = [];
  for await (const chunk of chunks) held.push(Buffer.from(chunk));
  requireBytes(facts.bytes);
  const utf16 = facts.encoding.startsWith('utf-16');
  const place = { origin: facts.start, utf16 };
  const dialect = dialectOf(held, place);
  const reading = readingOf(facts);
  const table = new PlainTable(dialect, place, reading);
  for (const chunk of held) table.push(chunk);
  table.end();
  const warnings: Warning[] = [];
  const raw = rawNames(table.header ?? [], dialect, (name) => textOf(name, reading));
  const names = columnNames(raw, warnings);
  const endings = [null, '\n', '\r\n', 'mixed', '\r', 'mixed', 'mixed', 'mixed'] as const;
  return {
    rowCount: table.rowCount,
    columns: names.map((name, i) => table.column(i, name)),
    duplicates: table.duplicates.found,
    badRows: table.badRows,
    file: {
      format: 'csv',
      encoding: facts.encoding,
      bom: facts.bom,
      delimiter: dialect.delimiter,
      quote: '"',
      line_ending: endings[table.lineEndings]!,
      bytes: facts.bytes,
    },
    warnings,
  };
}
