import { cut } from '../../processing/text/trim.ts';
import type { AlertCode } from '../alerts/table.ts';
import type { Alert, ReportDocument } from '../document.ts';
import { byteSize, fileWords, percent, whole } from '../number-format.ts';
import type { Detail } from './detail.ts';
import { type Content, type Html, html } from './html.ts';
import { rowsLink } from './rows-link.ts';

/** The file in figures. */
export function overview({ row_count, columns, file, anomalies, bad_rows }: ReportDocument): Html {
  const nulls = columns.reduce((sum, { null_count }) => sum + null_count, 0);
  const cells = row_count * columns.length;
  const types = new Map<string, number>(); // at most one entry a type
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
      bad_rows.count === 0 && file.format === 'csv' ? 'all as wide as the header' : shareOfRows(bad_rows.count),
    ],
    [byteSize(Number(file.bytes)), String(file.format).toUpperCase(), fileWords(file)],
  ];
  return html`<section aria-labelledby="overview"><h2 id="overview" class="sr">Overview</h2><div class="tiles">${tiles.map(
    ([value, label, more]) =>
      html`<div class="tile"><b>${value}</b> <span>${label}</span>${more && html` <small>${more}</small>`}</div>`,
  )}</div></section>`;
}

const plural = (count: number, thing: string) => (count === 1 ? thing : `${thing}s`);

const SEVERITIES = { error: 'Serious', warning: 'Worth a look', info: 'Good to know' } as const;
/** Where an alert about the whole file has its rows. */
const SECTIONS: Partial<Record<AlertCode, string>> = { duplicates: '#duplicates', bad_rows: '#bad' };
/** So many columns with one kind of alert have a line each; more are folded behind one that names the first. */
const LINES_OF_A_KIND = 5;

/** Alerts worst first, a line each with a link to its column; kinds that many columns have are folded. */
export function alertSection(alerts: Alert[], rows: number, positions: Map<string, number>, detail: Detail): Html {
  const groups = Map.groupBy(alerts, ({ severity }) => severity);
  const group = ([severity, list]: [Alert['severity'], Alert[]]) =>
    html`<h3 class="${severity}">${SEVERITIES[severity]} <span class="count">${whole(list.length)}</span></h3>
      <ul class="kinds ${severity}">${[...Map.groupBy(list, ({ code }) => code).values()].map((kind) => alertKind(kind, positions, detail))}</ul>`;
  return html`<section aria-labelledby="alerts"><h2 id="alerts">Alerts <span class="count">${whole(alerts.length)}</span></h2>
    ${alerts.length === 0 ? html`<p>${rows === 0 ? 'There are no rows.' : 'Nothing stands out.'}</p>` : [...groups].map(group)}</section>`;
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
  return html`<li><b>${title}</b><details><summary>${whole(list.length)} columns</summary>
    <ul>${list.slice(0, detail.alerts).map((alert) => html`<li>${line(alert)}</li>`)}${more > 0 && html`<li>and ${whole(more)} more</li>`}</ul></details><span class="first">${first} …</span></li>`;
}

/** Warnings of the readers, duplicates and bad rows, each with the way to its rows. */
export function rowSections({ anomalies, bad_rows, warnings }: ReportDocument, detail: Detail): Content {
  const { duplicates } = anomalies;
  const warned = warnings.slice(0, detail.alerts);
  return [
    warned.length > 0 &&
      html`<section aria-labelledby="reading"><h2 id="reading">How the file was read</h2><ul>${warned.map(({ message }) => html`<li><bdi>${cut(message, 300)}</bdi></li>`)}${warnings.length > warned.length && html`<li>and ${whole(warnings.length - warned.length)} more</li>`}</ul></section>`,
    duplicates.count > 0 &&
      html`<section aria-labelledby="duplicates"><h2 id="duplicates">Duplicate rows <span class="count">${whole(duplicates.count)}</span></h2>
        <ul class="rows">${duplicates.examples.map(({ row, first_row }) => html`<li>${rowsLink([first_row, row], `row ${whole(row)}`)} is row ${whole(first_row)} again</li>`)}${rest(duplicates)}</ul></section>`,
    bad_rows.count > 0 &&
      html`<section aria-labelledby="bad"><h2 id="bad">Bad rows <span class="count">${whole(bad_rows.count)}</span></h2>
        <ul class="rows">${bad_rows.examples.map(({ row, line, fields, expected }) => html`<li>${rowsLink([row])} (line ${whole(line)}): ${fields} ${plural(fields, 'field')} in place of ${expected}</li>`)}${rest(bad_rows)}</ul></section>`,
  ];
}

/** How many there are beyond the examples. */
function rest({ count, examples }: { count: number; examples: unknown[] }): Content {
  return count > examples.length && html`<li class="dim">and ${whole(count - examples.length)} more</li>`;
}
