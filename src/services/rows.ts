import { AppError } from '../core/errors.ts';
import { SpillFile } from '../infra/engine/spill-file.ts';
import type { Dataset } from '../infra/postgres/database.ts';
import { DatasetError } from '../processing/errors.ts';
import { type FilterColumn, filterRows } from '../processing/filter-rows.ts';
import { MAX_NAMED_ROWS, namedRows, ROW_NUMBERS, type RowCondition } from '../processing/row-conditions.ts';
import { readRows } from '../processing/rows.ts';
import type { WholeRow } from '../processing/whole-row.ts';
import type { ReportDocument } from '../report/document.ts';
import { filterColumns } from '../report/filter-columns.ts';
import { whole } from '../report/formatting.ts';
import type { Deps } from './deps.ts';
import { checkNames, refusalOf } from './row-conditions.ts';
import type { RowIndexes } from './row-indexes.ts';
import type { Scans } from './scans.ts';
import { loadReport } from './stored-report.ts';
import { fileOfReport } from './uploaded-file.ts';

export { ROW_NUMBERS, type RowCondition, type WholeRow };
export type RowDeps = Deps & { scans: Scans; rowIndexes: RowIndexes };

/** Most rows that can be asked for by number, and most rows of a page. */
export const MAX_ROWS = MAX_NAMED_ROWS;
/** Rows of a page when no `first` is given. */
export const DEFAULT_ROWS = 100;

/** @throws AppError BAD_REQUEST for anything but numbers and ranges, at most 1,000 rows: `17,204` or `10-40` */
export function parseRowNumbers(text: string): number[] {
  const rows = namedRows(text);
  if (typeof rows === 'string') throw new AppError('BAD_REQUEST', rows);
  return rows;
}

/** The place of a row among the rows of its dataset, opaque to clients: whatever is asked for, what follows is told. */
export const ROW_CURSOR = /^row_([1-9]\d{0,14})$/;
export const rowCursor = (row: number): string => `row_${row}`;

/**
 * A page of rows as a client asks for it.
 * @param otherwise rows of a page when no `first` is given
 * @throws AppError BAD_REQUEST when `first` is out of range or `after` is not a cursor
 */
export function readRowsPage<Otherwise extends number | undefined>(
  first: unknown,
  after: string | null | undefined,
  otherwise: Otherwise,
): { first: number | Otherwise; after: number } {
  const isGiven = first !== undefined && first !== null;
  const count = Number(first);
  if (isGiven && (!/^[1-9]\d*$/.test(String(first)) || count > MAX_ROWS))
    throw new AppError('BAD_REQUEST', `"first" must be a whole number from 1 to ${whole(MAX_ROWS)}.`);
  const match = ROW_CURSOR.exec(after ?? '');
  if (after && !match)
    throw new AppError('BAD_REQUEST', '"after" is not a cursor of rows: use the "next" of the previous page.');
  return { first: isGiven ? count : otherwise, after: Number(match?.[1] ?? 0) };
}

export interface ShownRow {
  /** Number of the row, from 1; the header is not counted. */
  row: number;
  /** Line of the file, from 1. */
  line: number;
  /** By column: of CSV its fields as text, a missing one null; of JSON the record's values as they are written. */
  values: Record<string, unknown>;
  /** Fields beyond the last column. */
  surplus?: string[];
}

/** What a scan finds, in this order: rows as they are found, the next page once it is known, and the count last. */
export type Found =
  | { rows: WholeRow[] }
  /** The cursor after which the next page begins, or null on the last one. */
  | { next: string | null }
  /** All rows for which the conditions hold, of all pages. */
  | { count: number };

/** Rows of one dataset. The file is opened when the first part of `found` is asked for. */
export interface RowsOfDataset {
  dataset: Dataset;
  /** Of the report, in its order. */
  columns: string[];
  found: AsyncGenerator<Found>;
}

export interface RowsQuery {
  /** All of them must hold; none: all rows. */
  where: RowCondition[];
  /** Most rows; undefined: all. */
  first: number | undefined;
  /** The number of the row that the rows follow; 0: from the first. */
  after: number;
  /** Whether all rows for which the conditions hold are counted: then the whole file is read. */
  count: boolean;
}

/** What a scan needs of a report, which may be a thousand times as large. */
interface Described extends Pick<ReportDocument, 'file' | 'row_count' | 'options'> {
  columns: FilterColumn[];
}

const describe = (parts: RowDeps, id: string, signal: AbortSignal) =>
  parts.scans.withReport(async (): Promise<{ dataset: Dataset; report: Described }> => {
    const { dataset, report } = await loadReport(parts, id);
    const { file, row_count, options } = report;
    return { dataset, report: { file, row_count, options, columns: filterColumns(report) } };
  }, signal);

/**
 * Whole rows of a processed dataset for which all conditions hold, read from its file as it was uploaded, with the
 * options of the report, whatever the dataset's are since. Row numbers are the report's.
 * @throws AppError NOT_FOUND without a report: it has the encoding, the columns and their facts; BAD_REQUEST for
 *   conditions that its columns cannot answer. From `found`: UNAVAILABLE when too many scans are open, NOT_FOUND when
 *   the file is gone, CONFLICT when it is not the one that the report describes
 */
export async function openRows(parts: RowDeps, id: string, query: RowsQuery, signal: AbortSignal) {
  const { dataset, report } = await describe(parts, id, signal);
  checkNames(query.where, report);
  const { first, after } = query;
  // all rows were counted for the report
  const known = query.where.length === 0 ? report.row_count : undefined;
  const counts = query.count && known === undefined;
  const spill = new SpillFile(); // no file before something is written
  const steps = filterRows(
    {
      open: (from) => fileOfReport(parts, dataset, report, signal, from),
      file: report.file,
      columns: report.columns,
      readOptions: report.options,
    },
    query.where,
    // one more: whether there is a next page
    {
      signal,
      spill,
      after,
      index: parts.rowIndexes.of(id, report.options),
      countsAll: counts,
      ...(first === undefined ? {} : { first: first + 1 }),
    },
  );
  async function* found(): AsyncGenerator<Found> {
    using _closed = spill;
    let last = 0;
    let left = first ?? Number.POSITIVE_INFINITY;
    let isNextKnown = false;
    let matched = 0;
    for await (const step of parts.scans.inTurns(steps, signal)) {
      matched = step.matched;
      const rows = step.rows.length > left ? step.rows.slice(0, left) : step.rows;
      yield { rows };
      last = rows.at(-1)?.row ?? last;
      const isFull = step.rows.length > left;
      left -= rows.length;
      if (!isFull || isNextKnown) continue;
      isNextKnown = true;
      yield { next: rowCursor(last) };
      if (!counts) break;
    }
    if (!isNextKnown) yield { next: null };
    if (query.count) yield { count: known ?? matched };
  }
  return opened(parts, dataset, report, found);
}

/** Rows from one to the other, both included. */
interface Stretch {
  from: number;
  to: number;
}
/** Rows between two that are asked for that are rather made and dropped than another reading begun. */
const MAX_GAP = 10_000;
/** Most readings for one request: beyond it one reading gives single rows, which is slower by the row. */
const MAX_STRETCHES = 4;

/** Stretches of the file that hold all wanted rows. */
function stretchesOf(wanted: readonly number[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const row of wanted) {
    const last = stretches.at(-1);
    if (last && row - last.to <= MAX_GAP) last.to = row;
    else stretches.push({ from: row, to: row });
  }
  return stretches;
}

/**
 * Whole rows of a processed dataset by their numbers; rows beyond the end are left out.
 * @param wanted row numbers from 1, rising
 * @throws AppError as `openRows`
 */
export async function openRowsByNumber(parts: RowDeps, id: string, wanted: number[], signal: AbortSignal) {
  const { dataset, report } = await describe(parts, id, signal);
  const open = (from: number) => fileOfReport(parts, dataset, report, signal, from);
  const stretches = stretchesOf(wanted);
  const isWanted = new Set(wanted);
  async function* steps(): AsyncGenerator<WholeRow[]> {
    if (stretches.length > MAX_STRETCHES) {
      for await (const row of readRows(await open(0), report.file, wanted, report.options)) yield [row];
      return;
    }
    const file = { open, file: report.file, columns: report.columns, readOptions: report.options };
    const index = parts.rowIndexes.of(id, report.options);
    for (const { from, to } of stretches) {
      const reading = { signal, index, after: from - 1, first: to - from + 1 };
      for await (const { rows } of filterRows(file, [], reading)) yield rows.filter(({ row }) => isWanted.has(row));
    }
  }
  async function* found(): AsyncGenerator<Found> {
    for await (const rows of parts.scans.inTurns(steps(), signal)) yield { rows };
  }
  return opened(parts, dataset, report, found);
}

function opened(
  { scans }: RowDeps,
  dataset: Dataset,
  { columns }: Described,
  found: () => AsyncGenerator<Found>,
): RowsOfDataset {
  async function* counted(): AsyncGenerator<Found> {
    const scan = scans.open();
    try {
      yield* found();
    } catch (error) {
      throw error instanceof DatasetError ? differsFromReport(error) : refusalOf(error);
    } finally {
      scan[Symbol.dispose]();
    }
  }
  return { dataset, columns: columns.map(({ name }) => name), found: counted() };
}

/** The file was read once for its report: what it cannot be read as now, it was not then. */
const differsFromReport = (error: DatasetError) =>
  new AppError('CONFLICT', `The stored file is not as its report describes it: ${error.message}`, { cause: error });

/** A row as clients get it. Made of one row at a time: objects of this kind are large and slow to make. */
export function shownRow({ row, line, fields, surplus }: WholeRow): ShownRow {
  const values: Record<string, unknown> = Object.create(null); // `__proto__` is a name like any other
  for (const [name, value] of fields) values[name] = value;
  return { row, line, values, ...(surplus ? { surplus } : {}) };
}
