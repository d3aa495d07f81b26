import { type RowCondition, rowsAddress } from '../../processing/row-conditions.ts';
import { countOf, whole } from '../../report/formatting.ts';

/** What the page shows, as its address has it. */
export interface View {
  /** All of them must hold. */
  where: RowCondition[];
  /** Row numbers as the address names them, `17,204` or `10-40`; empty for all rows. */
  rows: string;
  /** The row that is marked and scrolled to. */
  row?: number | undefined;
  /** Position of the marked column, from 1. */
  cell?: number | undefined;
  /** Positions of the columns that are shown; all when missing. */
  columns?: number[] | undefined;
  /** Whether values are shown on several lines. */
  wrap: boolean;
  /** Why the address cannot be followed. */
  problem?: string;
}

/** Stands for no column at all: the API refuses a parameter without a value. */
const NO_COLUMN = '0';
const POSITION = /^[1-9]\d{0,14}$/;
/** A position from 1, such as a row number; `undefined` for any other text. */
export const positionOf = (text: string | null | undefined): number | undefined =>
  POSITION.test(text ?? '') ? Number(text) : undefined;

/** @returns the conditions of `where=`, a JSON object or a list of such; `undefined` for anything else */
function conditionsOf(text: string | null): RowCondition[] | undefined {
  if (!text) return [];
  try {
    const parsed: unknown = JSON.parse(text);
    const all = Array.isArray(parsed) ? parsed : [parsed];
    return all.every((each) => typeof each === 'object' && each !== null && !Array.isArray(each)) ? all : undefined;
  } catch {
    return undefined;
  }
}

/** Positions of the columns that the query names, `undefined` for what is no position. */
const columnsOf = (parameters: URLSearchParams): (number | undefined)[] | undefined =>
  parameters
    .get('columns')
    ?.split(',')
    .filter((each) => each !== NO_COLUMN)
    .map(positionOf);

/** Why the query cannot be followed, empty when it can: nothing of what it asks for is passed over in silence. */
function problemOf(parameters: URLSearchParams): string {
  if (!conditionsOf(parameters.get('where'))) return 'The filters in the address cannot be read: "where" takes JSON.';
  const row = parameters.get('row');
  if (row && positionOf(row) === undefined)
    return `The address names no row: "row" takes a number from 1, not "${row}".`;
  const unknown = columnsOf(parameters)?.includes(undefined);
  return unknown ? 'The address names no columns: "columns" takes numbers from 1, such as 1,4,5.' : '';
}

/** Reads the query and the fragment (`#r17c3`, `#c3`) of an address. */
export function viewOf(query: string, fragment: string): View {
  const parameters = new URLSearchParams(query);
  const where = conditionsOf(parameters.get('where'));
  const [, row, cell] = /^#(?:r(\d+))?(?:c(\d+))?$/.exec(fragment) ?? [];
  const columns = columnsOf(parameters);
  const problem = problemOf(parameters);
  return {
    where: where ?? [],
    rows: where?.length ? '' : (parameters.get('rows') ?? '').replaceAll(' ', ''),
    row: positionOf(parameters.get('row')) ?? positionOf(row),
    cell: positionOf(cell),
    columns: columns?.every((each) => each !== undefined) ? columns : undefined,
    wrap: parameters.get('wrap') === 'true',
    ...(problem && { problem }),
  };
}

/** The query that asks for the same rows, for the page and for downloads: `where=…`, `rows=…` or nothing. */
export function selectionOf({ where, rows }: Pick<View, 'where' | 'rows'>): string {
  if (where.length > 0) return rowsAddress(where.length === 1 ? where[0]! : where).slice('rows?'.length);
  return rows ? `rows=${rows}` : '';
}

/** The address of a view, relative to `/datasets/{id}/`. */
export function addressOf(view: View): string {
  const { row, cell, columns, wrap } = view;
  const parts = [
    selectionOf(view),
    row !== undefined && `row=${row}`,
    columns && `columns=${columns.join(',') || NO_COLUMN}`,
    wrap && 'wrap=true',
  ].filter(Boolean);
  return `rows${parts.length > 0 ? `?${parts.join('&')}` : ''}${cell === undefined ? '' : `#c${cell}`}`;
}

/** Why rows are not there: "There is no row 99,999. The file has 3,201 rows." @param row missing for several */
export function noSuchRow(row: number | undefined, rowCount: number): string {
  const all = rowCount === 0 ? 'The file has no rows.' : `The file has ${countOf(rowCount, 'row')}.`;
  return `${row === undefined ? 'There are no such rows.' : `There is no row ${whole(row)}.`} ${all}`;
}
