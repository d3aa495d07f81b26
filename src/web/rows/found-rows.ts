import type { Column } from './report.ts';
import { get } from './requests.ts';
import { type GridRow, gridRow, Pages, type RowSource, type SourceMark } from './row-source.ts';
import { RowsReader } from './rows-reader.ts';

/** Cursors that are kept for a reload: entries of the history have a limit. */
const MAX_MARKED = 2_000;
/** Pages that are read in search of the row of an address. */
const MAX_SOUGHT = 25;
/** Pages behind the last known one that can be scrolled to: they are read one after another on the way. */
const AHEAD = 5;

/**
 * The rows that conditions match, in the order of the file. They are known page by page, each with the cursor of the
 * next: the grid can be scrolled as far as pages are known and some way on.
 */
export class FoundRows implements RowSource {
  count: number | undefined;
  reached = 0;
  problem = '';
  private readonly pages = new Pages();
  /** Where page i begins: one entry per page that was reached. */
  private readonly cursors: (string | undefined)[];
  /** Matches, when the last page has been read. */
  private end: number | undefined;
  /** Rows of the page that is arriving. */
  private arriving: { page: number; rows: GridRow[] } | undefined;
  private wanted: [first: number, last: number] = [0, 0];
  private sought: number | undefined;
  private readonly closed = new AbortController();
  private asked: { page: number; request: AbortController } | undefined;
  private readonly selection: string;
  private readonly columns: Column[];
  private readonly pageRows: number;
  private readonly onChange: () => void;

  /** @param selection `where=…` @param mark of the same selection before a reload */
  constructor(
    selection: string,
    columns: Column[],
    pageRows: number,
    mark: SourceMark | undefined,
    onChange: () => void,
  ) {
    this.selection = selection;
    this.columns = columns;
    this.pageRows = pageRows;
    this.onChange = onChange;
    this.cursors = [undefined, ...(mark?.cursors ?? [])];
    this.count = mark?.count;
    if (this.count === undefined) this.ask(0); // whatever is seen first: it brings the count
  }

  get mark(): SourceMark {
    const cursors = this.cursors.slice(1, MAX_MARKED) as string[];
    return this.count === undefined ? { cursors } : { cursors, count: this.count };
  }

  get length(): number {
    if (this.end !== undefined) return this.end;
    const known = (this.cursors.length - 1) * this.pageRows;
    if (this.count !== undefined) return Math.min(this.count, known + AHEAD * this.pageRows);
    const arriving = this.arriving?.page === this.cursors.length - 1 ? this.arriving.rows.length : 0;
    return known + arriving;
  }

  at(index: number): GridRow | undefined {
    const page = Math.floor(index / this.pageRows);
    const rows = this.pages.get(page) ?? (this.arriving?.page === page ? this.arriving.rows : undefined);
    return rows?.[index % this.pageRows];
  }

  numberAt(index: number): number | undefined {
    return this.at(index)?.row;
  }

  get isReading(): boolean {
    return this.asked !== undefined || (this.count === undefined && !this.problem);
  }

  indexOf(row: number): number | undefined {
    const found = this.pages.find(row);
    if (found) return found[0] * this.pageRows + found[1];
    if (!this.arriving) return undefined;
    const index = this.arriving.rows.findIndex((each) => each.row === row);
    return index < 0 ? undefined : this.arriving.page * this.pageRows + index;
  }

  seek(row: number): void {
    this.sought = row;
    this.goOn();
  }

  show(from: number, to: number): void {
    this.wanted = [Math.floor(from / this.pageRows), Math.floor(to / this.pageRows)];
    for (let page = this.wanted[0]; page <= this.wanted[1]; page++) this.pages.touch(page);
    this.goOn();
  }

  close(): void {
    this.closed.abort();
  }

  /** Reads the next page that is seen, or the one before it that is not known. */
  private goOn(): void {
    if (this.problem) return;
    const known = this.cursors.length - 1;
    const isSeeking = this.sought !== undefined && this.reached < this.sought && known < MAX_SOUGHT;
    const [first, last] = isSeeking ? [known, known] : this.wanted;
    let page = Math.min(first, known);
    while (page < Math.min(last, known) && this.pages.has(page)) page++;
    if (this.pages.has(page) || (this.arriving?.page === page && this.asked)) return;
    if (this.end !== undefined && page * this.pageRows >= this.end) return;
    if (this.asked) {
      if (this.asked.page === page) return;
      this.asked.request.abort();
    }
    this.ask(page);
  }

  private ask(page: number): void {
    const request = new AbortController();
    const isCounting = page === 0 && this.count === undefined;
    // the count goes on when the page is no longer seen
    const signal = isCounting ? this.closed.signal : AbortSignal.any([this.closed.signal, request.signal]);
    const current = { page, request };
    const isCurrent = () => this.asked === current;
    this.asked = current;
    const after = this.cursors[page];
    const address =
      `rows?${this.selection}&first=${this.pageRows}${isCounting ? '&count=true' : ''}` +
      `${after === undefined ? '' : `&after=${encodeURIComponent(after)}`}&format=json`;
    let rows: GridRow[] = [];
    let reader: RowsReader;
    const isComplete = (next: string | null) => {
      this.complete(page, rows, next);
      if (isCurrent()) this.asked = undefined;
      this.onChange();
      this.goOn();
    };
    get(address, signal, () => {
      rows = [];
      this.arriving = { page, rows };
      reader = new RowsReader((row) => {
        rows.push(gridRow(row, this.columns));
        this.reached = row.row;
        if (rows.length % 20 === 1) this.onChange();
      }, isComplete);
      return (text) => reader.push(text);
    })
      .then(() => {
        const { count, next } = reader.end();
        if (next === undefined) isComplete(null);
        if (isCounting) this.count = count ?? this.end;
        this.onChange();
      })
      .catch((error: Error) => {
        if (signal.aborted) return;
        this.problem = error.message;
        if (isCurrent()) this.asked = undefined;
        this.onChange();
      });
  }

  private complete(page: number, rows: GridRow[], next: string | null): void {
    this.pages.set(page, rows);
    if (this.arriving?.page === page) this.arriving = undefined;
    if (next === null) {
      this.end = page * this.pageRows + rows.length;
      this.count ??= this.end;
    } else if (page === this.cursors.length - 1) this.cursors.push(next);
  }
}
