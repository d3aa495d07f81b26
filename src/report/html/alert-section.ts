import { cut } from '../../processing/text/trim.ts';
import { type Alert, type ColumnReport, outliersOf, type ReportDocument } from '../document.ts';
import { whole } from '../formatting.ts';
import { alertRows } from './alert-rows.ts';
import { counted } from './counted.ts';
import type { Detail } from './detail.ts';
import { type Content, type Html, html } from './html.ts';
import { countLink } from './rows-link.ts';

const SEVERITIES = { error: 'Errors', warning: 'Warnings', info: 'Notes' } as const;
/** Up to this many columns with one kind of alert have one line each; more are folded behind a line with the first. */
const LINES_OF_A_KIND = 5;
/** Code points of a column's name at most: a line has the alert's sentence as well. */
const NAME_CODE_POINTS = 60;

/**
 * Alerts worst first, one line per alert with a link to its column; those that several columns share are folded, and
 * those of many columns in reports that were stored before columns shared alerts.
 */
export function alertSection(report: ReportDocument, columns: Map<string, ColumnReport>, detail: Detail): Html {
  const { alerts, row_count: rows } = report;
  const groups = Map.groupBy(alerts, ({ severity }) => severity);
  const group = ([severity, list]: [Alert['severity'], Alert[]]) => {
    const kinds = [...Map.groupBy(list, ({ code }) => code).values()];
    return html`<h3 class="${severity}">${SEVERITIES[severity]} ${counted(list.length)}</h3>
      <ul class="kinds ${severity}">${kinds.map((kind) => alertKind(kind, report, columns, detail))}</ul>`;
  };
  const none = html`<p>${rows === 0 ? 'There are no rows.' : 'Nothing stands out.'}</p>`;
  return html`<section aria-labelledby="alerts"><h2 id="alerts">Alerts ${counted(alerts.length)}</h2>
    ${alerts.length === 0 ? none : [...groups].map(group)}</section>`;
}

/** Links to the rows of an alert, behind its sentence. */
function links(alert: Alert, report: ReportDocument, columns: Map<string, ColumnReport>): Content {
  const { code, column: name = '' } = alert;
  const rows = alertRows(code, columns.get(name), outliersOf(report, name));
  if (rows.length === 0) return undefined;
  const items = rows.map(({ where, label }, i) => [i > 0 && ', ', countLink(where, label)]);
  return html` <span class="go">${rows.length > 1 && 'Show rows: '}${items}</span>`;
}

function alertKind(list: Alert[], report: ReportDocument, columns: Map<string, ColumnReport>, detail: Detail): Content {
  const { code } = list[0]!;
  const title = code.replaceAll('_', ' ');
  const place = ({ column }: Alert): Content => {
    if (column === undefined) return undefined;
    const name = html`<bdi>${cut(column, Math.min(detail.nameCodePoints, NAME_CODE_POINTS))}</bdi>`;
    const position = columns.get(column)?.position;
    return position !== undefined && detail.cards
      ? html`<a href="#c${position}">${name}</a>`
      : html`<strong>${name}</strong>`;
  };
  const line = (alert: Alert) => {
    const rows = detail.links && links(alert, report, columns);
    return html`<span>${alert.column !== undefined && [place(alert), ': ']}<bdi>${alert.message}</bdi>${rows}</span>`;
  };
  const folded = (summary: Content, lines: Alert[], first?: Content) => {
    const more = lines.length - detail.alerts;
    const shown = lines.slice(0, detail.alerts).map((alert) => html`<li>${line(alert)}</li>`);
    return html`<li><b>${title}</b><details><summary>${summary}</summary>
      <ul>${shown}${more > 0 && html`<li>and ${whole(more)} more</li>`}</ul></details>${first}</li>`;
  };
  const shared = list.flatMap((alert) =>
    alert.columns
      ? [
          folded(
            html`<bdi>${alert.message}</bdi>`,
            alert.columns.map((one) => ({ ...alert, ...one })),
          ),
        ]
      : [],
  );
  const single = list.filter(({ columns }) => !columns);
  if (single.length <= LINES_OF_A_KIND)
    return [...shared, ...single.map((alert) => html`<li><b>${title}</b>${line(alert)}</li>`)];
  const first = single.slice(0, LINES_OF_A_KIND).map((alert, i) => [i > 0 && ', ', place(alert)]);
  return [...shared, folded(`${whole(single.length)} columns`, single, html`<span class="first">${first} …</span>`)];
}
