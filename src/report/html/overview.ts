import { cut } from '../../processing/text/trim.ts';
import type { AlertCode } from '../alerts/table.ts';
import type { Alert, ReportDocument } from '../document.ts';
import { byteSize, dialectOf, percent, whole } from '../formatting.ts';
import type { Detail } from './detail.ts';
import { type Content, type Html, html } from './html.ts';
import { rowsLink } from './rows-link.ts';

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

const plural = (count: number, thing: string) => (count === 1 ? thing : `${thing}s`);

const SEVERITIES = { error: 'Serious', warning: 'Worth a look', info: 'Good to know' } as const;
/** Where an alert about the whole file has its rows. */
const SECTIONS: Partial<Record<AlertCode, string>> = { duplicates: '#duplicates', bad_rows: '#bad' };
/** Up to this many columns with one kind of alert have a line each; more are folded behind one that names the first. */
const LINES_OF_A_KIND = 5;

/** Alerts worst first, a line each with a link to its column; kinds that many columns have are folded. */
export function alertSection(alerts: Alert[], rows: number, positions: Map<string, number>, detail: Detail): Html {
  const groups = Map.groupBy(alerts, ({ severity }) => severity);
  const group = ([severity, list]: [Alert['severity'], Alert[]]) => {
    const kinds = [...Map.groupBy(list, ({ code }) => code).values()];
    return html`<h3 class="${severity}">${SEVERITIES[severity]} ${counted(list.length)}</h3>
      <ul class="kinds ${severity}">${kinds.map((kind) => alertKind(kind, positions, detail))}</ul>`;
  };
  const none = html`<p>${rows === 0 ? 'There are no rows.' : 'Nothing stands out.'}</p>`;
  return html`<section aria-labelledby="alerts"><h2 id="alerts">Alerts ${counted(alerts.length)}</h2>
    ${alerts.length === 0 ? none : [...groups].map(group)}</section>`;
}

function alertKind(list: Alert[], positions: Map<string, number>, detail: Detail): Content {
  const { code } = list[0]!;
  const title = code.replaceAll('_', ' ');
  const place = ({ column }: Alert): Content => {
    if (column === undefined) return undefined;
    const name = html`<bdi>${cut(column, Math.min(detail.nameCodePoints, 60))}</bdi>`;
    const position = positions.get(column);
    return position && detail.cards ? html`<a href="#c${position}">${name}</a>` : html`<strong>${name}</strong>`;
  };
  const line = (alert: Alert) => {
    const section = SECTIONS[code];
    const rows = section && html` <a class="go" href="${section}">Show them</a>`;
    return html`<span>${alert.column !== undefined && [place(alert), ': ']}<bdi>${alert.message}</bdi>${rows}</span>`;
  };
  if (list.length <= LINES_OF_A_KIND) return list.map((alert) => html`<li><b>${title}</b>${line(alert)}</li>`);
  const more = list.length - detail.alerts;
  const first = list.slice(0, LINES_OF_A_KIND).map((alert, i) => [i > 0 && ', ', place(alert)]);
  const lines = list.slice(0, detail.alerts).map((alert) => html`<li>${line(alert)}</li>`);
  return html`<li><b>${title}</b><details><summary>${whole(list.length)} columns</summary>
    <ul>${lines}${more > 0 && html`<li>and ${whole(more)} more</li>`}</ul></details>
    <span class="first">${first} …</span></li>`;
}

/** The number behind a heading. */
export const counted = (count: number): Html => html`<span class="count">${whole(count)}</span>`;

/** Warnings of the readers, duplicates and bad rows, each with a link to its rows. */
export function rowSections({ anomalies, bad_rows, warnings }: ReportDocument, detail: Detail): Content {
  return [
    warnings.length > 0 && warningSection(warnings, detail),
    anomalies.duplicates.count > 0 && duplicateSection(anomalies.duplicates),
    bad_rows.count > 0 && badRowSection(bad_rows),
  ];
}

function warningSection(warnings: ReportDocument['warnings'], detail: Detail): Html {
  const shown = warnings.slice(0, detail.alerts);
  const more = warnings.length - shown.length;
  const items = shown.map(({ message }) => html`<li><bdi>${cut(message, 300)}</bdi></li>`);
  return html`<section aria-labelledby="reading"><h2 id="reading">How the file was read</h2>
    <ul>${items}${more > 0 && html`<li>and ${whole(more)} more</li>`}</ul></section>`;
}

function duplicateSection(duplicates: ReportDocument['anomalies']['duplicates']): Html {
  const items = duplicates.examples.map(
    ({ row, first_row }) =>
      html`<li>${rowsLink([first_row, row], `row ${whole(row)}`)} repeats row ${whole(first_row)}</li>`,
  );
  return html`<section aria-labelledby="duplicates">
    <h2 id="duplicates">Duplicate rows ${counted(duplicates.count)}</h2>
    <ul class="rows">${items}${rest(duplicates)}</ul></section>`;
}

function badRowSection(badRows: ReportDocument['bad_rows']): Html {
  const items = badRows.examples.map(({ row, line, fields, expected }) => {
    const wrong = `${fields} ${plural(fields, 'field')} instead of ${expected}`;
    return html`<li>${rowsLink([row])} (line ${whole(line)}): ${wrong}</li>`;
  });
  return html`<section aria-labelledby="bad"><h2 id="bad">Bad rows ${counted(badRows.count)}</h2>
    <ul class="rows">${items}${rest(badRows)}</ul></section>`;
}

/** How many there are beyond the examples. */
function rest({ count, examples }: { count: number; examples: unknown[] }): Content {
  return count > examples.length && html`<li class="dim">and ${whole(count - examples.length)} more</li>`;
}
