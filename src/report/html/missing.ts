import { cut } from '../../processing/text/trim.ts';
import type { ReportDocument } from '../document.ts';
import { countOf, countWithShare, whole } from '../formatting.ts';
import { barChart } from './bar-chart.ts';
import type { Detail } from './detail.ts';
import { type Content, html } from './html.ts';
import { countLink } from './rows-link.ts';
import { countMarks, roundNumbers } from './scale.ts';
import { shareBar } from './share-bar.ts';

/** Up to so many columns with nulls have a line each; more are bars side by side. */
const MOST_LINES = 30;
const NAME_CODE_POINTS = 60;
/** Across the page. */
const WIDE_PLOT = 900;

/** Where values are missing, of all columns in one picture; nothing where none is. */
export function missingValues({ columns, row_count }: ReportDocument, detail: Detail): Content {
  const withNulls = columns.filter(({ null_count }) => null_count > 0);
  if (withNulls.length === 0 || row_count === 0) return undefined;
  const nulls = withNulls.reduce((sum, { null_count }) => sum + null_count, 0);
  const all = countWithShare(nulls, row_count * columns.length, 'field has no value', 'fields have no value');
  const none = columns.length - withNulls.length;
  const isList = withNulls.length <= MOST_LINES;
  const others = none > 0 && ` ${countOf(none, 'column is', 'columns are')} complete.`;
  return html`<section aria-labelledby="missing" class="missing"><h2 id="missing">Missing values</h2>
    <p class="dim">${all}.${others}</p>
    ${isList ? list(withNulls, row_count, detail) : picture(columns, row_count, detail)}</section>`;
}

/** A line per column, most missing first; the page's script offers the order of the file as well. */
function list(columns: ReportDocument['columns'], rows: number, detail: Detail): Content {
  const line = ({ name, null_count, position }: (typeof columns)[number]) => {
    const count = countLink({ column: name, is_null: true }, countWithShare(null_count, rows, 'null', 'null'));
    const text = html`<bdi>${cut(name, NAME_CODE_POINTS)}</bdi>`;
    const hasCard = detail.cards && position <= detail.columns;
    return html`<li data-p="${position}" data-n="${null_count}">
      <span>${hasCard ? html`<a href="#c${position}">${text}</a>` : text}</span>
      ${shareBar(null_count / rows, 'nulls')}<span>${count}</span></li>`;
  };
  const sorted = columns.toSorted((a, b) => b.null_count - a.null_count); // stable
  return html`<ul class="gaps">${sorted.map(line)}</ul>`;
}

/** A bar per column, those without nulls included: gaps are where they are in the file. */
function picture(columns: ReportDocument['columns'], rows: number, detail: Detail): Content {
  const shown = columns.slice(0, detail.columns);
  const counts = shown.map(({ null_count }) => null_count);
  const most = Math.max(...counts);
  const numbers = roundNumbers(1, shown.length, 10, 1);
  return html`<figure class="gaps"><figcaption>Nulls by column</figcaption>${barChart({
    counts,
    ticks: numbers.map((number) => ({ at: (number - 0.5) / shown.length, label: whole(number) })),
    label: `Nulls of ${whole(shown.length)} columns of ${whole(rows)} rows, at most ${whole(most)}`,
    data: html`data-k="m" data-r="${rows}" data-m="${countMarks(most).at(-1)}" data-n="${counts.join(' ')}"`,
    plot: WIDE_PLOT,
  })}</figure>`;
}
