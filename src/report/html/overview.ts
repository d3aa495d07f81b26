import { cut } from '../../processing/header.ts';
import type { Alert, ReportDocument } from '../document.ts';
import { byteSize, fileWords, percent, whole } from '../wording.ts';
import type { Detail } from './detail.ts';
import { type Content, type Html, html } from './html.ts';
import { rowsLink } from './rows-link.ts';

/** The file in figures. */
export function overview({ row_count, columns, file, anomalies, bad_rows }: ReportDocument): Html {
  const nulls = columns.reduce((sum, { null_count }) => sum + null_count, 0);
  const cells = row_count * columns.length;
  const types = new Map<string, number>(); // at most one entry a type
  for (const { type } of columns) types.set(type, (types.get(type) ?? 0) + 1);
  const tiles: [string, string, string][] = [
    [whole(row_count), 'rows', ''],
    [whole(columns.length), 'columns', [...types].map(([type, count]) => `${count} ${type}`).join(', ')],
    [cells === 0 ? '0 %' : percent(nulls / cells), 'nulls', `${whole(nulls)} of ${whole(cells)} fields`],
    [whole(anomalies.duplicates.count), 'duplicate rows', ''],
    [whole(bad_rows.count), 'bad rows', 'another number of fields than the header'],
    [byteSize(Number(file.bytes)), String(file.format).toUpperCase(), fileWords(file)],
  ];
  return html`<section aria-labelledby="overview"><h2 id="overview">Overview</h2><div class="tiles">${tiles.map(
    ([value, label, more]) =>
      html`<div class="tile"><b>${value}</b> <span>${label}</span>${more && html` <small>${more}</small>`}</div>`,
  )}</div></section>`;
}

const SEVERITIES = { error: 'Serious', warning: 'Worth a look', info: 'Good to know' } as const;

/** Alerts worst first, one list a kind of alert, each with a link to its column. */
export function alertSection(alerts: Alert[], positions: Map<string, number>, detail: Detail): Html {
  const kinds = new Map<string, Alert[]>(); // at most one entry a code and severity
  for (const alert of alerts) {
    const key = `${alert.severity} ${alert.code}`;
    const list = kinds.get(key);
    if (list) list.push(alert);
    else kinds.set(key, [alert]);
  }
  const line = ({ column, message }: Alert) => {
    const position = column === undefined ? undefined : positions.get(column);
    const name = column === undefined ? '' : cut(column, Math.min(detail.nameCodePoints, 60));
    const where =
      column !== undefined &&
      (position && detail.cards ? html`<a href="#c${position}"><bdi>${name}</bdi></a>: ` : html`<bdi>${name}</bdi>: `);
    return html`<li>${where}<bdi>${cut(message, detail.valueCodePoints * 2)}</bdi></li>`;
  };
  const kind = (list: Alert[], index: number) => {
    const { severity, code } = list[0]!;
    const more = list.length - detail.alerts;
    return html`<details class="kind ${severity}"${index < 4 && html` open`}><summary><b>${code.replaceAll('_', ' ')}</b> <span class="count">${whole(list.length)}</span> <small>${SEVERITIES[severity]}</small></summary>
      <ul>${list.slice(0, detail.alerts).map(line)}${more > 0 && html`<li>and ${whole(more)} more</li>`}</ul></details>`;
  };
  return html`<section aria-labelledby="alerts"><h2 id="alerts">Alerts <span class="count">${whole(alerts.length)}</span></h2>
    ${alerts.length === 0 ? html`<p>Nothing stands out.</p>` : [...kinds.values()].map(kind)}</section>`;
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
        <ul class="examples">${duplicates.examples.map(({ row, first_row }) => html`<li>${rowsLink([first_row, row], `${row} and the first like it, ${first_row}`)}</li>`)}</ul></section>`,
    bad_rows.count > 0 &&
      html`<section aria-labelledby="bad"><h2 id="bad">Bad rows <span class="count">${whole(bad_rows.count)}</span></h2>
        <ul class="examples">${bad_rows.examples.map(({ row, line, fields, expected }) => html`<li>${rowsLink([row])} (line ${line}): ${fields} fields in place of ${expected}</li>`)}</ul></section>`,
  ];
}
