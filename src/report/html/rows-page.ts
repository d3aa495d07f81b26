import { createHash } from 'node:crypto';
import { cut } from '../../processing/header.ts';
import { type Html, html, Html as Markup } from './html.ts';
import { STYLES } from './styles.ts';

const VALUE_CODE_POINTS = 2_000;

/** What the page of rows may do: show its style, nothing else. */
export const ROWS_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLES).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`;

/** Whole rows for people: before, a card a row, after; so that rows can be sent as they come. */
export const rowsPage = {
  before: (name: string): string =>
    html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Rows of ${cut(name, 200)}</title><style>${new Markup(STYLES)}</style></head>
      <body><main><h1><bdi>${cut(name, 200)}</bdi></h1><p><a href="report.html">Back to the report</a></p>`.text,
  row: (row: number, line: number, cells: [name: string, value: string | null][], surplus: string[]): string => {
    const cell = (name: string, value: string | null): Html =>
      html`<tr><th scope="row"><bdi>${name}</bdi></th><td>${value === null ? html`<span class="dim">missing</span>` : html`<bdi>${cut(value, VALUE_CODE_POINTS)}</bdi>`}</td></tr>`;
    return html`<section class="card whole"><h2 id="r${row}">Row ${row} <small>line ${line}</small></h2><table aria-labelledby="r${row}"><tbody>${cells.map(([name, value]) => cell(name, value))}${surplus.map((value) => html`<tr><th scope="row"><em>beyond the last column</em></th><td><bdi>${cut(value, VALUE_CODE_POINTS)}</bdi></td></tr>`)}</tbody></table></section>`
      .text;
  },
  after: '</main></body></html>\n',
};
