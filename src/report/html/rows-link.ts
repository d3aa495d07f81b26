import { type Html, html } from './html.ts';

/** A link to whole rows of the file; relative to /datasets/{id}/report and report.html alike. */
export function rowsLink(rows: number[], label = rows.map(String).join(', ')): Html {
  return html`<a href="rows?rows=${rows.join(',')}">${rows.length > 1 ? 'rows' : 'row'} ${label}</a>`;
}
