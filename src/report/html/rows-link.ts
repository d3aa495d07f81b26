import { type RowCondition, rowsAddress } from '../../processing/row-conditions.ts';
import { whole } from '../formatting.ts';
import { type Content, type Html, html } from './html.ts';

/**
 * A link to whole rows of the file; relative to /datasets/{id}/report and report.html alike.
 * @param position of the column whose value is marked there, from 1; of the last row
 */
export function rowsLink(rows: number[], label = `row ${rows.map(whole).join(', ')}`, position?: number): Html {
  const marked = position === undefined ? '' : `#r${rows.at(-1)}c${position}`;
  return html`<a href="rows?rows=${rows.join(',')}${marked}">${label}</a>`;
}

/** Longer addresses are refused by servers on the way. */
const MOST_CHARACTERS = 4_000;

/** A count, or what else stands for rows, as a link to exactly these rows. */
export function countLink(where: RowCondition | RowCondition[], label: Content): Html {
  const address = rowsAddress(where);
  return address.length > MOST_CHARACTERS ? html`${label}` : html`<a href="${address}">${label}</a>`;
}

/** How the report marks a text that it has cut, and how many code points it has left. */
const CUT = '…';
const LEFT_CODE_POINTS = 256;

/** Whether the report may have cut this value: then only its beginning is known. */
export const isCut = (value: string): boolean => value.endsWith(CUT) && [...value].length === LEFT_CODE_POINTS + 1;

/** The rows of a column with a value as the report has it. */
export const withValue = (column: string, value: string): RowCondition =>
  isCut(value) ? { column, starts_with: value.slice(0, -CUT.length) } : { column, in: [value] };
