import type { Column } from './report.ts';
import { get, Refusal } from './requests.ts';
import { type GridRow, gridRow, Pages, type RowSource } from './row-source.ts';
import { RowsReader } from './rows-reader.ts';

/** A scroll that goes on asks for nothing until it rests this long. */
const REST_MILLISECONDS = 60;

/** Rows by their numbers: all of the file, or the ones that the address names. */
export class NumberedRows implements RowSource {
  readonly length: number;
  readonly count: number;
  readonly reached = 0;
  readonly mark = undefined;
  problem = '';
  private readonly pages = new Pages();
  /** Requests on their way, by page: as many as the seen rows have. */
  private readonly asked = new Map<number, AbortController>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly columns: Column[];
  private readonly rows: number[] | undefined;
  private readonly pageRows: number;
  private readonly onChange: () => void;

  /** @param rows their numbers, rising; `undefined` for all from 1 to `rowCount` */
  constructor(columns: Column[], rowCount: number, rows: number[] | undefined, pageRows: number, onChange: () => void) {
    this.columns = columns;
    this.rows = rows;
    this.pageRows = pageRows;
    this.onChange = onChange;
    this.length = rows?.length ?? rowCount;
    this.count = this.length;
  }

  at(index: number): GridRow | undefined {
    return this.pages.get(Math.floor(index / this.pageRows))?.[index % this.pageRows];
  }

  numberAt(index: number): number | undefined {
    return this.rows ? this.rows[index] : index + 1;
  }

  get isReading(): boolean {
    return this.asked.size > 0;
  }

  indexOf(row: number): number | undefined {
    const index = this.rows ? this.rows.indexOf(row) : row - 1;
    return index >= 0 && index < this.length ? index : undefined;
  }

  seek(): void {} // every index is known

  show(from: number, to: number): void {
    const [first, last] = [from, to].map((index) => Math.floor(index / this.pageRows)) as [number, number];
    for (const [page, request] of this.asked)
      if (page < first || page > last) {
        request.abort();
        this.asked.delete(page);
      }
    clearTimeout(this.timer);
    if (this.length === 0) return; // the API refuses an empty list of rows
    const missing: number[] = [];
    for (let page = first; page <= last; page++) {
      this.pages.touch(page);
      if (!this.pages.has(page) && !this.asked.has(page)) missing.push(page);
    }
    if (missing.length > 0) this.timer = setTimeout(() => missing.forEach(this.ask), REST_MILLISECONDS);
  }

  close(): void {
    clearTimeout(this.timer);
    for (const request of this.asked.values()) request.abort();
    this.asked.clear();
  }

  private readonly ask = (page: number): void => {
    const from = page * this.pageRows;
    const to = Math.min(from + this.pageRows, this.length);
    const wanted = this.rows ? this.rows.slice(from, to).join(',') : `${from + 1}-${to}`;
    const request = new AbortController();
    this.asked.set(page, request);
    this.onChange();
    let rows: GridRow[] = [];
    let reader: RowsReader;
    get(`rows?rows=${wanted}&format=json`, request.signal, () => {
      rows = [];
      reader = new RowsReader((row) => rows.push(gridRow(row, this.columns)));
      return (text) => reader.push(text);
    })
      .then(() => {
        reader.end();
        this.pages.set(page, rows);
        this.problem = '';
      })
      .catch((error: Error) => {
        if (request.signal.aborted) return;
        this.problem = error instanceof Refusal ? error.message : `The rows cannot be read: ${error.message}`;
        this.pages.set(page, []); // not asked for again and again
      })
      .finally(() => {
        if (this.asked.get(page) === request) this.asked.delete(page);
        if (!request.signal.aborted) this.onChange();
      });
  };
}
