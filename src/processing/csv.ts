import { Column } from './column.ts';
import { CsvHead, type Dialect } from './csv-head.ts';
import { type CsvRow, CsvScanner } from './csv-scanner.ts';
import { Duplicates } from './duplicates.ts';
import { decode, requireBytes, textOf } from './encoding.ts';
import { columnNames } from './header.ts';
import { EXAMPLES } from './limits.ts';
import { isNullToken, trimAscii } from './null-tokens.ts';
import type { Profile, ProfileOptions, Warning } from './profile-types.ts';
import { RowHash } from './row-hash.ts';

/** The facts of a CSV while its rows come in. */
class CsvTable {
  readonly #dialect: Dialect;
  #skip: number;
  header: string[] | undefined;
  readonly columns: Column[] = [];
  rowCount = 0;
  readonly badRows: Profile['badRows'] = { count: 0, examples: [] };
  readonly duplicates = new Duplicates();
  readonly #hash = new RowHash();
  titleLine = 0;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
    this.#skip = dialect.titleRows;
  }
  add(row: CsvRow): undefined {
    if (this.#skip > 0) {
      if (this.titleLine === 0) this.titleLine = row.line;
      this.#skip--;
    } else if (this.header) this.#addRow(row);
    else {
      this.header = row.fields.slice(0, row.width);
      for (let i = 0; i < this.#dialect.columns; i++) this.columns.push(new Column(''));
    }
  }
  #addRow({ fields, width, line }: CsvRow): void {
    const expected = this.columns.length;
    const row = ++this.rowCount;
    this.#hash.reset();
    for (let i = 0; i < expected; i++) {
      const field = i < width ? fields[i]! : '';
      this.#hash.addText(field);
      const column = this.columns[i]!;
      const trimmed = trimAscii(field);
      if (isNullToken(trimmed)) column.nulls++;
      else column.add(trimmed, row);
    }
    this.#hash.finish();
    this.duplicates.add(this.#hash, row);
    let surplus = false;
    for (let i = expected; i < width && !surplus; i++) surplus = trimAscii(fields[i]!) !== '';
    if (width >= expected && !surplus) return;
    this.badRows.count++;
    if (this.badRows.examples.length < EXAMPLES) this.badRows.examples.push({ row, line, fields: width, expected });
  }
}

/** @throws DatasetError with row, line and byte when the bytes are no table */
export async function profileCsv(source: AsyncIterable<Uint8Array>, options: ProfileOptions): Promise<Profile> {
  const { chunks, facts } = decode(source, false);
  let head: CsvHead | undefined;
  let place = { origin: 0, utf16: false };
  // bytes of the head, until the dialect is known: at most 128 MiB, as CsvHead bounds it
  let held: Buffer[] | undefined = [];
  let table: CsvTable | undefined;
  let scanner: CsvScanner | undefined;
  let dialect: Dialect | undefined;

  const begin = () => {
    dialect = head!.judge();
    table = new CsvTable(dialect);
    const begun = new CsvScanner(dialect.delimiter, (row) => table!.add(row), place);
    begun.rowsBefore = dialect.titleRows + 1;
    scanner = begun;
    for (const chunk of held!) begun.push(chunk);
    held = undefined;
  };
  const openHead = () => {
    const utf16 = facts.encoding.startsWith('utf-16');
    place = { origin: !facts.bom ? 0 : utf16 ? 2 : 3, utf16 };
    return new CsvHead(place);
  };
  for await (const chunk of chunks) {
    options.signal?.throwIfAborted();
    if (scanner) scanner.push(chunk);
    else {
      held!.push(Buffer.from(chunk)); // a copy: the source may use its buffer again
      head ??= openHead();
      if (head.push(chunk, facts.end)) begin();
    }
    options.onProgress?.({ bytes: facts.bytes, rows: table?.rowCount ?? 0 });
  }
  requireBytes(facts.bytes);
  if (!scanner) {
    head ??= openHead();
    head.end();
    begin();
  }
  scanner!.end();
  await options.onStage?.('parsed');
  options.signal?.throwIfAborted();

  const { encoding } = facts;
  const { header = [], columns, rowCount, badRows, duplicates } = table!;
  const warnings: Warning[] = [];
  if (facts.invalidAt !== undefined) {
    warnings.push({
      code: 'encoding_fallback',
      message: `Byte ${facts.invalidAt} is not UTF-8; the file is read as windows-1252.`,
    });
  }
  if (facts.replaced)
    warnings.push({ code: 'replaced_characters', message: 'U+0000 and lone surrogates are shown as U+FFFD.' });
  const { titleRows, delimiter, headerWidth } = dialect!;
  if (titleRows > 0)
    warnings.push({
      code: 'title_lines',
      message: `${titleRows} title ${titleRows === 1 ? 'line' : 'lines'} before the header, from line ${table!.titleLine} on, skipped.`,
    });
  if (columns.length > headerWidth) {
    warnings.push({
      code: 'columns_added',
      message: `Most rows have ${columns.length} fields, the header ${headerWidth}; columns are added.`,
    });
  }
  const raw = columns.map((_, i) => (i < header.length ? textOf(trimAscii(header[i]!), encoding) : `column_${i + 1}`));
  const names = columnNames(raw, warnings);
  await options.onStage?.('statistics');
  const described = columns.map((column, i) => column.facts(names[i]!, 0, 0));
  await options.onStage?.('anomalies');
  const endings = [null, '\n', '\r\n', 'mixed', '\r', 'mixed', 'mixed', 'mixed'] as const;
  return {
    rowCount,
    columns: described,
    duplicates: { count: duplicates.count, examples: duplicates.examples },
    badRows,
    file: {
      format: 'csv',
      encoding,
      bom: facts.bom,
      delimiter,
      quote: '"',
      lineEnding: endings[scanner!.lineEndings]!,
      bytes: facts.bytes,
    },
    warnings,
  };
}
