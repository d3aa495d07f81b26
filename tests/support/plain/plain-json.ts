import { DatasetError } from '../../../src/processing/errors.ts';
import { shownKey } from '../../../src/processing/formats/column-names.ts';
import { FORMATS } from '../../../src/processing/formats/formats.ts';
import { checkRecord } from '../../../src/processing/formats/json/fault-finder.ts';
import { JSON_FORMAT } from '../../../src/processing/formats/json/format.ts';
import { jsonNames } from '../../../src/processing/formats/json/names.ts';
import { recordText } from '../../../src/processing/formats/json/record-text.ts';
import { JsonScanner, type RecordPlace } from '../../../src/processing/formats/json/scanner.ts';
import { warnOfWrapped } from '../../../src/processing/formats/json/wrapped-records.ts';
import { MAX_NAME_CODE_POINTS } from '../../../src/processing/limits.ts';
import type { Profile, Warning } from '../../../src/processing/profile-types.ts';
import { requireBytes } from '../../../src/processing/text/encoding.ts';
import { cut, trimAscii } from '../../../src/processing/text/trim.ts';
import { Column } from './column.ts';
import { DuplicateRows } from './duplicate-rows.ts';
import { membersOf, nestedText } from './nested-text.ts';
import { type JsonValue, RecordParser } from './record-parser.ts';

interface JsonColumn {
  index: number;
  column: Column;
  /** Records that have the key. */
  present: number;
}

/** A JSON file's table, record by record. */
class PlainRecords {
  readonly columns = new Map<string, JsonColumn>();
  rowCount = 0;
  readonly duplicates = new DuplicateRows();
  readonly warnings: Warning[] = [];
  replaced = false;
  readonly #parser = new RecordParser();

  add(record: Buffer, place: RecordPlace): void {
    const row = ++this.rowCount;
    checkRecord(record, row, place);
    const fields = this.#parser.parse(record.toString());
    const members = membersOf(record.toString());
    const texts = new Map(members);
    if (!this.warnings.some(({ code }) => code === 'repeated_key')) this.#findRepeated(members, row);
    const present: (string | undefined)[] = []; // equal whatever the order of the keys, and a null equals a missing key
    for (const [key, value] of fields) {
      const { index, column } = this.#column(key);
      if (value.kind === 'null') column.addNull('null');
      else {
        this.#take(column, value, texts.get(key)!, row);
        present[index] = value.canonical;
      }
    }
    this.duplicates.add(present, row);
  }
  /** Warns of the first key that is repeated: of the record, or of an object in it. */
  #findRepeated(members: [string, string][], row: number): void {
    const seen = new Set<string>();
    for (const [column, text] of members) {
      this.#parser.parse(`{"":${text}}`);
      const key = this.#parser.repeatedKey ?? (seen.has(column) ? column : undefined);
      seen.add(column);
      if (key === undefined) continue;
      this.warnings.push({
        code: 'repeated_key',
        message:
          `Row ${row} has the key "${shownKey(cut(key, MAX_NAME_CODE_POINTS))}" more than once; ` +
          'the last value is used.',
        column: shownKey(cut(column, MAX_NAME_CODE_POINTS)),
      });
      return;
    }
  }
  #take(column: Column, { kind, text }: JsonValue, written: string, row: number): void {
    if (kind === 'nested') column.addNested(nestedText(written), row);
    else if (kind === 'string') column.add(text, trimAscii(text), row, true);
    else column.add(text, text, row);
    if (kind === 'string') this.replaced ||= !text.isWellFormed() || text.includes('\u0000');
  }
  #column(key: string): JsonColumn {
    let found = this.columns.get(key);
    if (!found) {
      found = { index: this.columns.size, column: new Column(undefined), present: 0 };
      this.columns.set(key, found);
    }
    found.present++;
    return found;
  }
}

/** The profile of a JSON file. @throws DatasetError when the bytes are no list of objects */
export async function plainJson(bytes: Uint8Array, isOfLines = false): Promise<Profile> {
  const found: Warning[] = [];
  const { chunks, facts } = recordText(
    (async function* () {
      yield bytes;
    })(),
    { format: JSON_FORMAT, formats: FORMATS },
    isOfLines ? 'on one line' : 'none',
    found,
  );
  const table = new PlainRecords();
  let scanner: JsonScanner | undefined;
  const open = () => {
    if (facts.encoding.startsWith('utf-16'))
      throw new DatasetError(
        'The file is UTF-16, but JSON must be UTF-8',
        { line: 1, column: 1, byte: 0 },
        `Save it as UTF-8, or give the option encoding: ${facts.encoding}.`,
      );
    return new JsonScanner(facts.start, (record, place) => table.add(record, place));
  };
  for await (const chunk of chunks) {
    scanner ??= open();
    scanner.push(chunk);
  }
  requireBytes(facts.bytes);
  scanner ??= open();
  if (facts.invalidAt !== undefined) scanner.notUtf8();
  scanner.end();
  const { rowCount, duplicates, warnings } = table;
  warnings.push(...found);
  const { names, replaced } = jsonNames([...table.columns.keys()], warnings);
  if (replaced || table.replaced)
    warnings.push({ code: 'replaced_characters', message: 'U+0000 and lone surrogates are shown as U+FFFD.' });
  const columns = [...table.columns.values()].map(({ column, present }, i) => {
    if (present < rowCount) column.addNull('null', rowCount - present);
    return column.facts(names[i]!);
  });
  if (rowCount === 1 && found.length === 0)
    warnings.push(...warnOfWrapped(columns, scanner.format === 'json' ? ['0'] : []));
  return {
    rowCount,
    columns,
    duplicates: duplicates.found,
    badRows: { count: 0, examples: [] },
    file: { format: scanner.format, encoding: 'utf-8', bom: facts.bom, bytes: facts.bytes },
    warnings,
  };
}
