import { Column } from './column.ts';
import type { Dialect } from './csv-head.ts';
import { type CsvRow, CsvScanner } from './csv-scanner.ts';
import { Duplicates } from './duplicates.ts';
import type { DecodedSource } from './encoding.ts';
import { EXAMPLES } from './limits.ts';
import { isNullToken, trimAscii } from './null-tokens.ts';
import type { ColumnFacts, Profile } from './profile-types.ts';
import { RowHash } from './row-hash.ts';

/** The rows of a CSV below its head: bytes in, facts out. */
export interface CsvReader {
  push(chunk: Buffer): void;
  /** After the last byte. */
  end(): void;
  /** Names as they stand, one character a byte; undefined when there was no row. */
  readonly header: string[] | undefined;
  /** Line of the first title; 0 without. */
  readonly titleLine: number;
  readonly rowCount: number;
  readonly badRows: Profile['badRows'];
  /** Bit 1: LF, 2: CRLF, 4: CR, outside quotes. */
  readonly lineEndings: number;
  /** After the end: what is known of a column; asked once for each. */
  column(index: number, name: string): ColumnFacts;
  duplicates(): Profile['duplicates'];
}

/** The table row by row in plain TypeScript: UTF-16, where text may hold NUL. */
export class CsvTable implements CsvReader {
  readonly #dialect: Dialect;
  readonly #facts: DecodedSource['facts'];
  readonly #distinctBound: number | undefined;
  readonly #scanner: CsvScanner;
  #skip: number;
  header: string[] | undefined;
  readonly #columns: Column[] = [];
  rowCount = 0;
  readonly badRows: Profile['badRows'] = { count: 0, examples: [] };
  readonly #duplicates = new Duplicates();
  readonly #hash = new RowHash();
  titleLine = 0;

  constructor(
    dialect: Dialect,
    place: { origin: number; utf16: boolean },
    facts: DecodedSource['facts'],
    distinctBound: number | undefined,
  ) {
    this.#dialect = dialect;
    this.#facts = facts;
    this.#distinctBound = distinctBound;
    this.#skip = dialect.titleRows;
    this.#scanner = new CsvScanner(dialect.delimiter, (row) => this.#add(row), place);
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
  duplicates(): Profile['duplicates'] {
    return { count: this.#duplicates.count, examples: this.#duplicates.examples };
  }
  #add(row: CsvRow): undefined {
    if (this.#skip > 0) {
      if (this.titleLine === 0) this.titleLine = row.line;
      this.#skip--;
    } else if (this.header) this.#addRow(row);
    else {
      this.header = row.fields.slice(0, row.width);
      for (let i = 0; i < this.#dialect.columns; i++)
        this.#columns.push(new Column(this.#facts.encoding, this.#distinctBound));
    }
  }
  #addRow({ fields, width, line }: CsvRow): void {
    const expected = this.#columns.length;
    const row = ++this.rowCount;
    this.#hash.reset();
    for (let i = 0; i < expected; i++) {
      const field = i < width ? fields[i]! : '';
      this.#hash.addText(field);
      const column = this.#columns[i]!;
      const trimmed = trimAscii(field);
      if (isNullToken(trimmed)) column.addNull(trimmed);
      else column.add(field, trimmed, row);
    }
    this.#hash.finish();
    this.#duplicates.add(this.#hash, row);
    let surplus = false;
    for (let i = expected; i < width && !surplus; i++) surplus = trimAscii(fields[i]!) !== '';
    if (width >= expected && !surplus) return;
    this.badRows.count++;
    if (this.badRows.examples.length < EXAMPLES) this.badRows.examples.push({ row, line, fields: width, expected });
  }
}
