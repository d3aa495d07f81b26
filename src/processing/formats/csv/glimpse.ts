import { GLIMPSE_CHARACTERS, GLIMPSE_FIELDS, GLIMPSE_ROWS } from '../../limits.ts';
import type { Glimpse } from '../../profile-types.ts';
import { trimAscii } from '../../text/trim.ts';
import type { Dialect } from './dialect.ts';
import { rowsAbove } from './header.ts';
import { CsvScanner, QUOTING } from './scanner.ts';

/** Bytes of the beginning and of the end that are kept. */
const FIRST_BYTES = 64 * 1024;
const LAST_BYTES = 16 * 1024;
const LF = 10;

/** Keeps the first and the last bytes of a CSV's text as they pass, for the rows that suggestions are made from. */
export class GlimpseCollector {
  #first: Buffer = Buffer.alloc(0);
  /** The same memory for all blocks: one of its own for each would cost more than reading it. */
  readonly #last: Buffer = Buffer.allocUnsafe(LAST_BYTES);
  #lastLength = 0;
  #all = 0;

  take(bytes: Buffer): void {
    this.#all += bytes.length;
    const room = FIRST_BYTES - this.#first.length;
    if (room > 0) this.#first = Buffer.concat([this.#first, bytes.subarray(0, room)]);
    const last = bytes.subarray(Math.max(bytes.length - LAST_BYTES, 0));
    const kept = Math.min(this.#lastLength, LAST_BYTES - last.length);
    this.#last.copyWithin(0, this.#lastLength - kept, this.#lastLength);
    this.#last.set(last, kept);
    this.#lastLength = kept + last.length;
  }
  /**
   * Lines are counted from the text's beginning.
   * @param shown how a text of one character per byte is shown
   * @param lines of all the text; undefined where not all of it is read: then rows of the end have numbers behind those
   * of the beginning, and no more is known
   */
  rows(dialect: Dialect, shown: (text: string) => string, lines?: number): Glimpse {
    const { separator, titleRows } = dialect;
    const isWhole = this.#all <= FIRST_BYTES;
    const glimpse = (first: Row[], last: Row[]): Glimpse => ({
      first: first.map((row) => shownRow(row, shown)),
      last: last.map((row) => shownRow(row, shown)),
      titleRows,
      quoted: [...first, ...(isWhole ? [] : last)].reduce((all, { quoted }) => all + quoted, 0),
    });
    // one more than is shown: the last may be cut off
    const most = isWhole ? Number.POSITIVE_INFINITY : GLIMPSE_ROWS + 1;
    const first = rowsOf(this.#first, { separator, above: rowsAbove(dialect), most });
    if (isWhole) return glimpse(first.slice(0, GLIMPSE_ROWS), first.slice(-GLIMPSE_ROWS));
    const end = this.#last.subarray(0, this.#lastLength);
    const text = end.subarray(end.indexOf(LF) + 1);
    const last = rowsOf(text, { separator, above: 0, most: GLIMPSE_ROWS, areLast: true }).slice(-GLIMPSE_ROWS);
    const above = lines === undefined ? this.#linesAbove(text.length) : lines - linesIn(text);
    for (const row of last) row.line += above;
    return glimpse(first.slice(0, -1), last);
  }
  /** Of what stands above the last bytes, as far as it is kept. */
  #linesAbove(last: number): number {
    const above = this.#first.toString('latin1', 0, this.#all - last);
    return above.split(LINE_END).length - 1;
  }
}

/** A row, its fields cut to GLIMPSE_FIELDS; one character per byte until it is shown. */
type Row = { fields: string[]; line: number; quoted: number };

/** Bytes that are no white space in ASCII are left: in another encoding they may be half a character. */
const shownRow = ({ fields, line }: Row, shown: (text: string) => string): Glimpse['first'][number] => ({
  line,
  fields: fields.map((field) => shown(trimAscii(field.slice(0, GLIMPSE_CHARACTERS)))),
});

interface RowsWanted {
  separator: string;
  /** Rows that count though they are empty, as in the head: titles and the header. */
  above: number;
  most: number;
  /** The last ones are wanted; where there are quotes, more may come. */
  areLast?: boolean;
}
const QUOTE = '"';
const LINE_END = /\r\n|\r|\n/;

/** The last one may have no end. */
function linesIn(bytes: Buffer): number {
  const lines = bytes.toString('latin1').split(LINE_END);
  return lines.length - (lines.at(-1) === '' ? 1 : 0);
}

/** The rows of text without quotes, as CsvScanner has them: so few bytes are cut by the engine's own functions. */
function plainRows(text: string, { separator, above, most, areLast = false }: RowsWanted): Row[] {
  const blank = separator === ' ' ? /^$/ : /^ *$/;
  const rows: Row[] = [];
  const lines = text.split(LINE_END);
  for (let n = 0; n < lines.length && rows.length < most; n++) {
    const i = areLast ? lines.length - 1 - n : n;
    const line = lines[i]!;
    if (blank.test(line)) continue;
    const fields = line.split(separator);
    if (rows.length >= above && fields.length > 1 && fields.every((field) => trimAscii(field) === '')) continue;
    rows.push({ fields: fields.slice(0, GLIMPSE_FIELDS), line: i + 1, quoted: 0 });
  }
  return areLast ? rows.reverse() : rows;
}

/** The first rows of some text, or the last ones; of one that ends in quotes those before. */
function rowsOf(bytes: Buffer, wanted: RowsWanted): Row[] {
  if (!bytes.includes(QUOTE)) return plainRows(bytes.toString('latin1'), wanted);
  const { separator, above } = wanted;
  const most = wanted.areLast ? Number.POSITIVE_INFINITY : wanted.most;
  const rows: Row[] = [];
  const scanner = new CsvScanner(separator, ({ fields, quoting, width, line }) => {
    const quoted = quoting.slice(0, width).filter((way) => way !== QUOTING.none).length;
    rows.push({ fields: fields.slice(0, Math.min(width, GLIMPSE_FIELDS)), line, quoted }); // its list is used again
    return rows.length >= most;
  });
  scanner.rowsBefore = above;
  scanner.push(bytes);
  if (scanner.stopped) return rows;
  try {
    scanner.end();
  } catch {
    // a quote is open where the text was cut
  }
  return rows;
}
