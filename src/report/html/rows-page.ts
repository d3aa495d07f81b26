import { invisibleCharacters } from '../../processing/text/invisible.ts';
import { cut } from '../../processing/text/trim.ts';
import { whole } from '../formatting.ts';
import { PAGE_STYLE } from './assets.ts';
import { type Html, html, Html as Markup } from './html.ts';

const VALUE_CODE_POINTS = 2_000;
const shown = (value: string): string => cut(invisibleCharacters.show(value), VALUE_CODE_POINTS);
function shownOrNone(value: string | null): Html {
  if (value === null) return html`<span class="dim">missing</span>`;
  return value === '' ? html`<span class="dim">empty</span>` : html`<bdi>${shown(value)}</bdi>`;
}
/** Rows before and after one that are its neighbours. */
const NEIGHBOURS = 5;

export interface Cell {
  name: string;
  /** From 1 where the report knows the column: the report's links mark it. */
  position: number | undefined;
  /** `null` where the row has none. */
  value: string | null;
}

/**
 * Whole rows for people, side by side where there is room: what comes before them, a card per row, and what comes after
 * them, so that rows can be sent as they are read.
 */
export const rowsPage = {
  /** @param query of the address, without a format */
  before: (name: string, query: string): string => {
    const rows = `rows?${query}`;
    return html`<!doctype html><html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width,initial-scale=1">
      <title>Rows of ${cut(name, 200)}</title><style>${new Markup(PAGE_STYLE)}</style></head>
      <body><main><header><p class="dim">Rows of</p><h1><bdi>${cut(name, 200)}</bdi></h1></header>
      <p class="ways"><a href="report.html">Back to the report</a>
      <a href="${rows}&amp;format=csv&amp;spreadsheet=true">CSV for a spreadsheet</a>
      <a href="${rows}&amp;format=json">JSON</a></p><div class="whole">`.text;
  },
  row: (row: number, line: number, cells: Cell[], surplus: string[]): string => {
    const id = (position: number | undefined) => position !== undefined && html` id="r${row}c${position}"`;
    const cell = ({ name, position, value }: Cell): Html =>
      html`<tr${id(position)}><th scope="row"><bdi>${name}</bdi></th><td>${shownOrNone(value)}</td></tr>`;
    const around = `rows?rows=${Math.max(1, row - NEIGHBOURS)}-${row + NEIGHBOURS}#r${row}`;
    const surplusCell = (value: string): Html =>
      html`<tr><th scope="row"><em>beyond the last column</em></th><td><bdi>${shown(value)}</bdi></td></tr>`;
    const place = html`<small>line ${whole(line)}, <a href="${around}">Rows around it</a></small>`;
    return html`<section class="card"><h2 id="r${row}">Row ${whole(row)} ${place}</h2><table aria-labelledby="r${row}">
      <tbody>${cells.map(cell)}${surplus.map(surplusCell)}</tbody></table></section>`.text;
  },
  /**
   * @param rows that were shown
   * @param next query of the next page, if there is one
   */
  after: (rows: number, next?: string): string => {
    const none = rows === 0 ? html`<p>The file has no such row.</p>` : '';
    const more = next === undefined ? '' : html`<p class="ways"><a href="rows?${next}">Next rows</a></p>`;
    return html`</div>${none}${more}</main></body></html>\n`.text;
  },
};
