import type { ReportDocument } from '../document.ts';
import { dialectOf } from '../file-dialect.ts';
import { byteSize, percent, whole } from '../formatting.ts';
import { plural } from './counted.ts';
import { type Content, type Html, html } from './html.ts';

/** The file in figures. */
export function overview({ row_count, columns, file, anomalies, bad_rows }: ReportDocument): Html {
  const nulls = columns.reduce((sum, { null_count }) => sum + null_count, 0);
  const cells = row_count * columns.length;
  const types = new Map<string, number>(); // at most one entry per type
  for (const { type } of columns) types.set(type, (types.get(type) ?? 0) + 1);
  const shareOfRows = (count: number) => (count === 0 ? 'none' : `${percent(count / row_count)} of the rows`);
  const tiles: [string, string, Content][] = [
    [
      whole(row_count),
      plural(row_count, 'row'),
      row_count > 0 && html`<a class="go" href="rows?rows=1-20">The first rows</a>`,
    ],
    [
      whole(columns.length),
      plural(columns.length, 'column'),
      [...types].map(([type, count]) => `${count} ${type}`).join(', '),
    ],
    [cells === 0 ? '0 %' : percent(nulls / cells), 'nulls', `${whole(nulls)} of ${whole(cells)} fields`],
    [
      whole(anomalies.duplicates.count),
      plural(anomalies.duplicates.count, 'duplicate row'),
      shareOfRows(anomalies.duplicates.count),
    ],
    [
      whole(bad_rows.count),
      plural(bad_rows.count, 'bad row'),
      bad_rows.count === 0 && file.delimiter !== undefined ? 'all rows match the header' : shareOfRows(bad_rows.count),
    ],
    [byteSize(file.bytes), file.format.toUpperCase(), dialectOf(file)],
  ];
  const tile = ([value, label, more]: (typeof tiles)[number]) =>
    html`<div class="tile"><b>${value}</b> <span>${label}</span>${more && html` <small>${more}</small>`}</div>`;
  return html`<section aria-labelledby="overview"><h2 id="overview" class="sr">Overview</h2>
    <div class="tiles">${tiles.map(tile)}</div></section>`;
}
