import { type TextReading, textOf } from '../../text/text-reading.ts';
import { isUtf8 } from '../../text/utf8.ts';
import type { RowContent } from '../../whole-row.ts';
import { CsvScanner } from './scanner.ts';

/** A row's fields under the names of the columns. */
export function rowContent(names: readonly string[], fields: readonly string[]): RowContent {
  const surplus = fields.slice(names.length);
  return {
    fields: names.map((name, i) => [name, fields[i] ?? null]),
    ...(surplus.length > 0 ? { surplus } : {}),
  };
}

/**
 * The content of a row whose fields hold no delimiter, cut when it is asked for: the rows of a block are made at once,
 * and as texts they are a tenth of what their fields take.
 */
class CutRow implements RowContent {
  readonly #names: readonly string[];
  readonly #text: string;
  readonly #separator: string;
  constructor(names: readonly string[], text: string, separator: string) {
    this.#names = names;
    this.#text = text;
    this.#separator = separator;
  }
  get fields(): RowContent['fields'] {
    return rowContent(this.#names, this.#text.split(this.#separator)).fields;
  }
  get surplus(): string[] | undefined {
    return rowContent(this.#names, this.#text.split(this.#separator)).surplus;
  }
}

/** Quotes, what stands for NUL, and bytes beyond ASCII. */
const ODD = /["\x1a\x80-\xff]/;
const LINE_END = /[\r\n]/;

/**
 * The content of a row from its bytes, which end with the row or with blank lines behind it. Rows without quotes, which
 * are most of all, are cut at the delimiters.
 * @param reading how text is shown, at the moment
 */
export function contentOfBytes(
  bytes: Buffer,
  names: readonly string[],
  separator: string,
  reading: TextReading,
): RowContent {
  const text = bytes.toString('latin1');
  const isPlain = !ODD.test(text);
  if (isPlain || (reading.encoding !== 'windows-1252' && !/["\x1a]/.test(text) && isUtf8(bytes))) {
    const decoded = isPlain ? text : bytes.toString('utf8');
    const end = decoded.search(LINE_END);
    return new CutRow(names, end < 0 ? decoded : decoded.slice(0, end), separator);
  }
  let fields: string[] = [];
  const scanner = new CsvScanner(separator, (row) => {
    fields = row.fields.slice(0, row.width);
    return true;
  });
  scanner.rowsBefore = 0;
  scanner.push(bytes);
  scanner.end();
  return rowContent(
    names,
    fields.map((field) => (ODD.test(field) ? textOf(field, reading) : field)),
  );
}
