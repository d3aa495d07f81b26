import type { RowCondition } from '../../processing/row-conditions.ts';
import type { ReportDocument } from '../document.ts';
import { dialectOf } from '../file-dialect.ts';
import { byteSize, percent, plural, whole } from '../formatting.ts';
import { type Content, type Html, html } from './html.ts';
import { countLink } from './rows-link.ts';

type Tile = [value: Content, label: string, more: Content];

const FIRST_ROWS = 20;
const firstRows = (rows: number): string =>
  rows > FIRST_ROWS ? `First ${FIRST_ROWS} rows` : rows > 1 ? `All ${rows} rows` : 'The row';

/** The file in figures. */
export function overview({ row_count, columns, file, anomalies, bad_rows }: ReportDocument): Html {
  const nulls = columns.reduce((sum, { null_count }) => sum + null_count, 0);
  const cells = row_count * columns.length;
  const types = new Map<string, number>(); // at most one entry per type
  for (const { type } of columns) types.set(type, (types.get(type) ?? 0) + 1);
  const shareOfRows = (count: number, none: string) =>
    row_count > 0 && (count === 0 ? none : `${percent(count / row_count)} of the rows`);
  const linked = (count: number, where: RowCondition) => (count > 0 ? countLink(where, whole(count)) : '0');
  const badRows: Tile = [
    linked(bad_rows.count, { bad: true }),
    plural(bad_rows.count, 'bad row'),
    shareOfRows(bad_rows.count, "All rows have the header's number of fields."),
  ];
  const tiles: Tile[] = [
    [
      whole(row_count),
      plural(row_count, 'row'),
      row_count > 0 && html`<a class="go" href="rows?rows=1-${FIRST_ROWS}">${firstRows(row_count)}</a>`,
    ],
    [
      whole(columns.length),
      plural(columns.length, 'column'),
      [...types].map(([type, count]) => `${count} ${type}`).join(', '),
    ],
    [
      cells === 0 ? '0 %' : percent(nulls / cells),
      'null',
      nulls === 0 ? 'no missing values' : html`<a href="#missing">${whole(nulls)} of ${whole(cells)} fields</a>`,
    ],
    [
      linked(anomalies.duplicates.count, { duplicate: true }),
      plural(anomalies.duplicates.count, 'duplicate row'),
      shareOfRows(anomalies.duplicates.count, 'No row repeats an earlier one.'),
    ],
    ...(file.delimiter === undefined ? [] : [badRows]), // without delimiters there are none by definition
    [byteSize(file.bytes), file.format.toUpperCase(), dialectOf(file)],
  ];
  const tile = ([value, label, more]: Tile) =>
    html`<div class="tile"><b>${value}</b> <span>${label}</span>${more && html` <small>${more}</small>`}</div>`;
  return html`<section aria-labelledby="overview"><h2 id="overview" class="sr">Overview</h2>
    <div class="tiles">${tiles.map(tile)}</div></section>`;
}
