import { GLIMPSE_CHARACTERS, GLIMPSE_FIELDS, GLIMPSE_ROWS } from '../../limits.ts';
import type { Glimpse } from '../../profile-types.ts';
import type { Dialect } from './dialect.ts';
import { CsvScanner } from './scanner.ts';

/** Bytes of the beginning and of the end that are kept. */
const FIRST_BYTES = 64 * 1024;
const LAST_BYTES = 16 * 1024;
const LF = 10;

/** Keeps the first and the last bytes of a CSV's text as they pass, for the rows that suggestions are made from. */
export class GlimpseCollector {
  #first: Buffer = Buffer.alloc(0);
  #last: Buffer = Buffer.alloc(0);
  #all = 0;

  take(bytes: Buffer): void {
    this.#all += bytes.length;
    const room = FIRST_BYTES - this.#first.length;
    if (room > 0) this.#first = Buffer.concat([this.#first, bytes.subarray(0, room)]);
    const enough = bytes.length >= LAST_BYTES;
    const last = bytes.subarray(Math.max(bytes.length - LAST_BYTES, 0));
    this.#last = enough ? Buffer.from(last) : Buffer.concat([this.#last, last]).subarray(-LAST_BYTES);
  }
  /** @param shown how a text of one character per byte is shown */
  rows({ separator, titleRows }: Dialect, shown: (text: string) => string): Glimpse {
    const first = rowsOf(this.#first, separator, shown);
    if (this.#all <= FIRST_BYTES)
      return { first: first.slice(0, GLIMPSE_ROWS), last: first.slice(-GLIMPSE_ROWS), titleRows };
    const from = this.#last.indexOf(LF) + 1;
    const last = rowsOf(this.#last.subarray(from), separator, shown);
    return { first: first.slice(0, -1).slice(0, GLIMPSE_ROWS), last: last.slice(-GLIMPSE_ROWS), titleRows };
  }
}

/** The rows of some text; of one that ends in quotes those before. */
function rowsOf(bytes: Buffer, separator: string, shown: (text: string) => string): Glimpse['first'] {
  const rows: Glimpse['first'] = [];
  const scanner = new CsvScanner(separator, ({ fields, width, line }) => {
    const some = fields.slice(0, Math.min(width, GLIMPSE_FIELDS));
    rows.push({ line, fields: some.map((field) => shown(field.slice(0, GLIMPSE_CHARACTERS)).trim()) });
    return false;
  });
  scanner.push(bytes);
  try {
    scanner.end();
  } catch {
    // a quote is open where the text was cut
  }
  return rows;
}
