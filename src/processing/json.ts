import { Column } from './column.ts';
import { Duplicates } from './duplicates.ts';
import { decode, requireBytes } from './encoding.ts';
import { DatasetError } from './errors.ts';
import { cut } from './header.ts';
import { JsonScanner, type RecordPlace } from './json-scanner.ts';
import { JsonSyntaxError, type JsonValue, RecordParser } from './json-value.ts';
import { MAX_COLUMNS, MAX_NAME_CODE_POINTS } from './limits.ts';
import { trimAscii } from './null-tokens.ts';
import { ownText } from './own-text.ts';
import type { Profile, ProfileOptions, Warning } from './profile-types.ts';
import { RowHash } from './row-hash.ts';

interface JsonColumn {
  index: number;
  column: Column;
  /** Records that have the key. */
  present: number;
}

const UNSTORABLE = /\u0000/g; // what jsonb cannot hold, beside lone surrogates

/** The facts of a JSON dataset while its records come in. */
class JsonTable {
  readonly columns = new Map<string, JsonColumn>(); // at most MAX_COLUMNS
  rowCount = 0;
  readonly duplicates = new Duplicates();
  readonly warnings: Warning[] = [];
  replaced = false;
  readonly #hash = new RowHash();
  readonly #parser = new RecordParser();
  readonly #distinctBound: number | undefined;

  constructor(distinctBound: number | undefined) {
    this.#distinctBound = distinctBound;
  }

  add(record: Buffer, place: RecordPlace): void {
    const row = ++this.rowCount;
    const text = record.toString('utf8');
    let fields: Map<string, JsonValue>;
    try {
      fields = this.#parser.parse(text);
    } catch (error) {
      if (!(error instanceof JsonSyntaxError)) throw error;
      throw new DatasetError(`The JSON is broken: ${error.message}`, { row, ...placeIn(text, error.index, place) });
    }
    if (this.#parser.repeatedKey !== undefined && !this.warnings.some(({ code }) => code === 'repeated_key')) {
      const key = cut(this.#parser.repeatedKey, MAX_NAME_CODE_POINTS).toWellFormed().replace(UNSTORABLE, '\ufffd');
      this.warnings.push({
        code: 'repeated_key',
        message: `Row ${row} has the key "${key}" more than once; the last one counts.`,
        column: key,
      });
    }
    const present: [number, string][] = [];
    for (const [key, value] of fields) {
      const entry = this.#column(key, row);
      entry.present++;
      if (value.kind === 'null') entry.column.addNull('null');
      else {
        this.#take(entry.column, value, row);
        present.push([entry.index, value.canonical]);
      }
    }
    // equal whatever the order of the keys, and a null equals a missing key
    present.sort(([a], [b]) => a - b);
    this.#hash.reset();
    for (const [index, canonical] of present) {
      this.#hash.addWord(index);
      this.#hash.addText(canonical);
    }
    this.#hash.finish();
    this.duplicates.add(this.#hash, row);
  }
  #take(column: Column, { kind, text }: JsonValue, row: number): void {
    if (kind === 'nested') column.addNested(text, row);
    else if (kind === 'string') column.add(text, trimAscii(text), row, true);
    else column.add(text, text, row);
    if (kind === 'string' && !this.replaced) this.replaced = !text.isWellFormed() || text.includes('\u0000');
  }
  #column(key: string, row: number): JsonColumn {
    const found = this.columns.get(key);
    if (found) return found;
    if (this.columns.size === MAX_COLUMNS) {
      throw new DatasetError(
        `The records have more than ${MAX_COLUMNS.toLocaleString('en')} different keys`,
        { row },
        'Are ids used as keys? Put them in a field.',
      );
    }
    const made = { index: this.columns.size, column: new Column(undefined, this.#distinctBound), present: 0 };
    this.columns.set(ownText(key), made);
    return made;
  }
  /** The names as they are shown: no U+0000, no lone surrogates, not too long, each once. */
  names(): string[] {
    const used = new Set<string>();
    const suffixes = new Map<string, number>();
    return [...this.columns.keys()].map((key) => {
      const storable = key.toWellFormed().replace(UNSTORABLE, '\ufffd');
      if (storable !== key) this.replaced = true;
      let name = cut(storable, MAX_NAME_CODE_POINTS);
      if (name !== storable)
        this.warnings.push({
          code: 'name_cut',
          message: `A key is longer than ${MAX_NAME_CODE_POINTS.toLocaleString('en')} characters; it is cut there.`,
          column: name,
        });
      if (used.has(name)) {
        // two keys that are shown alike
        let n = suffixes.get(name) ?? 2;
        while (used.has(`${name}_${n}`)) n++;
        suffixes.set(name, n + 1);
        name = `${name}_${n}`;
      }
      used.add(name);
      return name;
    });
  }
}

/** The place of an index in a record's text. */
function placeIn(text: string, index: number, place: RecordPlace): { line: number; column: number; byte: number } {
  const before = text.slice(0, index);
  const lines = before.split('\n');
  const last = [...lines.at(-1)!].length;
  return {
    line: place.line + lines.length - 1,
    column: lines.length === 1 ? place.column + last : last + 1,
    byte: place.byte + Buffer.byteLength(before),
  };
}

/** @throws DatasetError with line, column and byte when the bytes are no list of objects */
export async function profileJson(source: AsyncIterable<Uint8Array>, options: ProfileOptions): Promise<Profile> {
  const { chunks, facts } = decode(source, true);
  const table = new JsonTable(options.distinctBound);
  let scanner: JsonScanner | undefined;
  const requireUtf8 = () => {
    if (facts.encoding.startsWith('utf-16'))
      throw new DatasetError(
        'JSON must be UTF-8, this file is UTF-16',
        { line: 1, column: 1, byte: 0 },
        'Save it as UTF-8.',
      );
  };
  for await (const bytes of chunks) {
    options.signal?.throwIfAborted();
    requireUtf8();
    scanner ??= new JsonScanner(facts.bom ? 3 : 0, (record, place) => table.add(record, place));
    scanner.push(bytes);
    options.onProgress?.({ bytes: facts.bytes, rows: table.rowCount });
  }
  requireBytes(facts.bytes);
  requireUtf8();
  scanner ??= new JsonScanner(0, () => {});
  // the chunks ended just before the byte: what is wrong earlier has been said already
  if (facts.invalidAt !== undefined) scanner.notUtf8();
  scanner.end();
  await options.onStage?.('parsed');
  options.signal?.throwIfAborted();
  const { rowCount, duplicates, warnings } = table;
  const names = table.names();
  if (table.replaced)
    warnings.push({ code: 'replaced_characters', message: 'U+0000 and lone surrogates are shown as U+FFFD.' });
  await options.onStage?.('statistics');
  const columns = [...table.columns.values()].map(({ column, present }, i) => {
    if (present < rowCount) column.addNull('null', rowCount - present);
    return column.facts(names[i]!);
  });
  await options.onStage?.('anomalies');
  return {
    rowCount,
    columns,
    duplicates: { count: duplicates.count, examples: duplicates.examples },
    badRows: { count: 0, examples: [] },
    file: { format: scanner.format, encoding: 'utf-8', bom: facts.bom, bytes: facts.bytes },
    warnings,
  };
}
