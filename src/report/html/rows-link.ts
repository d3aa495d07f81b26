import { whole } from '../formatting.ts';
import { type Html, html } from './html.ts';

/**
 * A link to whole rows of the file; relative to /datasets/{id}/report and report.html alike.
 * @param position of the column whose value is marked there, from 1; of the last row
 */
export function rowsLink(rows: number[], label = `row ${rows.map(whole).join(', ')}`, position?: number): Html {
  const marked = position === undefined ? '' : `#r${rows.at(-1)}c${position}`;
  return html`<a href="rows?rows=${rows.join(',')}${marked}">${label}</a>`;
}
