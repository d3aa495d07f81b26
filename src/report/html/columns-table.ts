import type { Value } from '../../processing/profile-types.ts';
import type { RowCondition } from '../../processing/row-conditions.ts';
import { cut } from '../../processing/text/trim.ts';
import { type Alert, type ColumnReport, outliersOf, type ReportDocument } from '../document.ts';
import { shareOf, whole } from '../formatting.ts';
import { isMeaningful } from '../kind-figures.ts';
import { smallChart } from './bar-chart.ts';
import { smallCounts } from './column-chart.ts';
import type { Detail } from './detail.ts';
import { type Content, type Html, html } from './html.ts';
import { number } from './number.ts';
import { countLink } from './rows-link.ts';

/** Titles of the table. The page's script sorts by them and offers the same orders in its list. */
export const TABLE_TITLES = [
  'Column',
  'Kind',
  'Nulls',
  'Distinct',
  'Min',
  'Median',
  'Mean',
  'Max',
  'Outliers',
  'Alerts',
] as const;

/** A line per column: what is compared between columns, and what the page's script filters and sorts cards by. */
export function columnsTable(
  report: ReportDocument,
  shown: ColumnReport[],
  alerts: Map<string, Alert[]>,
  detail: Detail,
): Html {
  const line = (column: ColumnReport) => columnLine(report, column, alerts.get(column.name)?.length ?? 0, detail);
  const title = (name: string) => html`<th scope="col">${name}</th>`;
  return html`<div class="scroll" id="table"${!detail.links && html` data-bare`}${' '}
    tabindex="0" role="region" aria-label="Table of the columns">
    <table class="all"><thead><tr>${TABLE_TITLES.map(title)}${detail.bars && html`<td>Values</td>`}</tr></thead>
    <tbody id="lines">${shown.map(line)}</tbody></table></div>`;
}

function columnLine(report: ReportDocument, column: ColumnReport, alerts: number, detail: Detail): Html {
  const { name, position, kind, type, null_count, distinct, min, max, mean, quartiles } = column;
  const outliers = outliersOf(report, name)?.count;
  const link = (where: RowCondition, label: Content) =>
    detail.links ? countLink({ column: name, ...where }, label) : label;
  const text = html`<bdi>${cut(name, detail.nameCodePoints)}</bdi>`;
  const toCard = (label: Content) => (detail.cards ? html`<a href="#c${position}">${label}</a>` : label);
  const end = (value: Value | string | undefined, member: 'lte' | 'gte'): Content => {
    if (value === undefined) return undefined;
    const label = typeof value === 'string' ? cut(value, detail.valueCodePoints) : number(value, kind, detail.links);
    return typeof value === 'bigint' ? label : link({ [member]: value }, label);
  };
  const chart = detail.bars && smallCounts(column);
  const cells: Content[] = [
    ...[kind === type ? kind : html`${kind} <small>${type}</small>`],
    null_count > 0
      ? html`${link({ is_null: true }, whole(null_count))} <small>(${shareOf(null_count, report.row_count)})</small>`
      : '0',
    distinct && toCard(`${distinct.exact ? '' : '≈ '}${whole(distinct.count)}`),
    ...[end(min, 'lte'), quartiles && isMeaningful(kind, 'median') && number(quartiles.median, kind, detail.links)],
    ...[mean !== undefined && isMeaningful(kind, 'mean') && number(mean, kind, detail.links), end(max, 'gte')],
    outliers !== undefined &&
      isMeaningful(kind, 'outliers') &&
      (outliers > 0 ? link({ outlier: 'any' }, whole(outliers)) : '0'),
    alerts > 0 ? toCard(String(alerts)) : '0',
    ...(detail.bars ? [chart && smallChart(chart)] : []),
  ];
  return html`<tr data-p="${position}" data-a="${alerts}" data-t="${type}" data-d="${kind}">
    <th scope="row">${toCard(text)}</th>
    ${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`;
}
