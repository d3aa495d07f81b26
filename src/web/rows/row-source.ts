import type { Column } from './report.ts';
import type { SentRow } from './rows-reader.ts';

/** A row as the grid keeps it. */
export interface GridRow {
  row: number;
  line: number;
  /** By position of the column - 1: text, or `null` where the row has no value. */
  values: (string | null)[];
  /** How many fields the row has beyond the last column. */
  surplus: number;
  /** Indexes of the values that are kept up to `MAX_VALUE` characters. */
  cut: Set<number> | undefined;
}

/** Characters of a value that are kept: nobody reads more in a cell, and the row's card has all. */
export const MAX_VALUE = 10_000;

/** The text of a value as the report counts it: nested ones as JSON, numbers as they are written. */
export const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);

export function gridRow({ row, line, values, surplus }: SentRow, columns: Column[]): GridRow {
  let cut: Set<number> | undefined;
  const kept = columns.map(({ name }, i) => {
    const text = Object.hasOwn(values, name) ? textOf(values[name]) : null;
    if (text === null || text.length <= MAX_VALUE) return text;
    cut ??= new Set();
    cut.add(i);
    return text.slice(0, MAX_VALUE);
  });
  return { row, line, values: kept, surplus: surplus?.length ?? 0, cut };
}

/** What the grid scrolls over: rows by index from 0, a bounded number of them in memory. */
export interface RowSource {
  /** Indexes that can be scrolled to; grows while matches are being found. */
  readonly length: number;
  /** Rows that the conditions match; `undefined` while they are being counted. */
  readonly count: number | undefined;
  /** Number of the last row that a search has come to, while it runs. */
  readonly reached: number;
  /** A sentence when the rows cannot be read. */
  readonly problem: string;
  /** Whether rows that are seen are being read. */
  readonly isReading: boolean;
  at(index: number): GridRow | undefined;
  /** The number of a row, which may be known before its values are. */
  numberAt(index: number): number | undefined;
  /** Index of a row by its number: `undefined` when it is not among them, or not known to be. */
  indexOf(row: number): number | undefined;
  /** Reads on, some pages, in search of a row whose index is not known. */
  seek(row: number): void;
  /** Says what is seen: its pages are read, and those far from it are dropped. */
  show(from: number, to: number): void;
  /** What the history keeps, and a source takes, to come back to the same place after a reload. */
  readonly mark: SourceMark | undefined;
  close(): void;
}

export interface SourceMark {
  /** Where the pages begin, the first one left out. */
  cursors: string[];
  count?: number;
}

/** Pages that are kept. */
const MAX_PAGES = 20;
const MIN_ROWS = 10;
const MAX_ROWS = 500;
const CELLS = 20_000;
const BYTES = 2_000_000;

/** Rows of a page: fewer where they are wide or long, so that pages stay some megabytes. */
export function pageRows(columns: number, rowCount: number, bytes: number): number {
  const rows = Math.min(CELLS / Math.max(1, columns), BYTES / Math.max(1, bytes / Math.max(1, rowCount)));
  return Math.max(MIN_ROWS, Math.min(MAX_ROWS, Math.floor(rows)));
}

/** Pages of rows: the ones used last are kept. */
export class Pages {
  private readonly kept = new Map<number, GridRow[]>(); // at most MAX_PAGES

  get(page: number): GridRow[] | undefined {
    return this.kept.get(page);
  }
  has(page: number): boolean {
    return this.kept.has(page);
  }
  set(page: number, rows: GridRow[]): void {
    this.kept.delete(page);
    this.kept.set(page, rows);
    if (this.kept.size > MAX_PAGES) this.kept.delete(this.kept.keys().next().value!);
  }
  /** Marks a page as used. */
  touch(page: number): void {
    const rows = this.kept.get(page);
    if (rows) this.set(page, rows);
  }
  find(row: number): [page: number, index: number] | undefined {
    for (const [page, rows] of this.kept) {
      const index = rows.findIndex((each) => each.row === row);
      if (index >= 0) return [page, index];
    }
    return undefined;
  }
}
