import { cut } from '../../processing/header.ts';
import type { Alert, ColumnReport, ReportDocument } from '../document.ts';
import { figure, percent, whole } from '../wording.ts';
import { boxPlot, histogram, shareBar, shareOf } from './charts.ts';
import type { Detail } from './detail.ts';
import { type Content, type Html, html } from './html.ts';
import { rowsLink } from './rows-link.ts';

export type Outliers = ReportDocument['anomalies']['outliers'][string];

/** All that is known of one column. The data attributes are what the page's script sorts and searches by. */
export function columnCard(
  column: ColumnReport,
  outliers: Outliers | undefined,
  alerts: Alert[],
  rows: number,
  detail: Detail,
): Html {
  const { name, position, type, null_count } = column;
  return html`<article class="card" id="c${position}" data-p="${position}" data-n="${null_count}" data-a="${alerts.length}">
    <header><h3><bdi>${cut(name, detail.nameCodePoints)}</bdi></h3><span class="type">${type}</span></header>
    ${alertList(alerts, detail)}
    <p class="nulls">${shareBar(rows === 0 ? 0 : null_count / rows, 'nulls')}
      <span>${null_count === 0 ? 'no nulls' : `${shareOf(null_count, rows)} null (${whole(null_count)})`}${tokens(column, detail)}</span></p>
    ${evidence(column, detail)}
    ${facts(column)}
    ${column.count > 0 && charts(column, outliers, detail)}
    ${topValues(column, detail)}
    ${outliers !== undefined && outlierList(outliers, detail)}
  </article>`;
}

function alertList(alerts: Alert[], { valueCodePoints }: Detail): Content {
  if (alerts.length === 0) return undefined;
  const item = ({ severity, message, code }: Alert) =>
    html`<li class="${severity}"><b>${code.replaceAll('_', ' ')}</b> <bdi>${cut(message, valueCodePoints * 2)}</bdi></li>`;
  return html`<ul class="alerts">${alerts.map(item)}</ul>`;
}

/** The nulls' spellings; nothing where all are the empty field. */
function tokens({ null_tokens }: ColumnReport, { topValues }: Detail): string {
  const spellings = Object.entries(null_tokens);
  if (spellings.length === 0 || (spellings.length === 1 && spellings[0]![0] === '')) return '';
  const shown = spellings.slice(0, topValues).map(([token, count]) => `${token || 'empty'} ${whole(count)}`);
  return `: ${shown.join(', ')}`;
}

function evidence({ type, count, evidence }: ColumnReport, detail: Detail): Content {
  if (type === 'empty' || type === 'text' || type === 'number' || type === 'other') return undefined;
  const { matching, exceptions, examples, strings } = evidence;
  const words = strings ? `, ${whole(strings)} of them strings` : '';
  const list = examples
    .slice(0, detail.examples)
    .map(
      ({ row, value }) =>
        html`<li>${rowsLink([row])}: <q><bdi>${cut(String(value), detail.valueCodePoints)}</bdi></q></li>`,
    );
  return html`<p class="evidence">${whole(matching)} of ${whole(count)} values are of this type${words}${exceptions > 0 && html`; <strong>${whole(exceptions)} are not</strong>`}.</p>
    ${list.length > 0 && html`<ul class="examples">${list}</ul>`}`;
}

function facts({ count, distinct, min, max, mean, std, quartiles, zeros, negatives, length }: ColumnReport): Content {
  const lines: [string, string | undefined][] = [
    ['Values', whole(count)],
    ['Distinct', distinct && `${distinct.exact ? '' : '≈ '}${whole(distinct.count)}`],
    ['Min', min === undefined ? undefined : figure(min)],
    ['Max', max === undefined ? undefined : figure(max)],
    ['Mean', mean === undefined ? undefined : figure(mean)],
    ['Std', typeof std === 'number' ? figure(std) : undefined],
    ['Q1', quartiles && figure(quartiles.q1)],
    ['Median', quartiles && figure(quartiles.median)],
    ['Q3', quartiles && figure(quartiles.q3)],
    ['Zeros', zeros ? whole(zeros) : undefined],
    ['Negative', negatives ? whole(negatives) : undefined],
    ['Length', length && `${length.min} to ${length.max}, mean ${figure(Number(length.mean.toFixed(1)))}`],
  ];
  return html`<dl>${lines.map(([term, value]) => value !== undefined && html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function charts(
  { min, max, quartiles, histogram: bins }: ColumnReport,
  outliers: Outliers | undefined,
  detail: Detail,
) {
  if (!bins || !quartiles || !outliers) return undefined;
  const box = boxPlot({
    min: Number(min),
    max: Number(max),
    quartiles,
    lowerFence: outliers.lower_fence,
    upperFence: outliers.upper_fence,
    outliers: outliers.examples.slice(0, detail.examples).map(({ value }) => Number(value)),
  });
  return html`<figure>${histogram(bins, detail.bars)}${box}
    <figcaption><span>${figure(min!)}</span><span>${figure(max!)}</span></figcaption></figure>`;
}

function topValues({ top_values, distinct, count, position }: ColumnReport, detail: Detail): Content {
  const shown = top_values.slice(0, detail.topValues);
  if (
    shown.length === 0 ||
    (distinct?.exact && distinct.count === count && count > shown.length && detail.topValues < 10)
  )
    return undefined;
  const row = (value: string, times: number) =>
    html`<tr><td><bdi>${cut(value, detail.valueCodePoints)}</bdi></td><td>${shareBar(times / count, 'top')}</td><td>${whole(times)}</td><td>${percent(times / count).replace('less than', '<')}</td></tr>`;
  return html`<table class="top" aria-label="Most frequent values of column ${position}">
    <thead><tr><th>Value</th><th><span class="sr">Share as a bar</span></th><th>Count</th><th>Share</th></tr></thead>
    <tbody>${shown.map(({ value, count: times }) => row(value, times))}</tbody></table>`;
}

function outlierList({ count, lower_fence, upper_fence, examples }: Outliers, detail: Detail): Content {
  if (count === 0) return undefined;
  const list = examples
    .slice(0, detail.examples)
    .map(({ row, value }) => html`<li>${rowsLink([row])}: ${figure(value)}</li>`);
  const [few, more] = count === 1 ? ['One outlier', ''] : [`${whole(count)} outliers`, ', the farthest'];
  return html`<p class="outliers"><strong>${few}</strong> outside ${figure(lower_fence)} to ${figure(upper_fence)}${list.length > 0 && more}${list.length > 0 && ':'}</p>
    ${list.length > 0 && html`<ul class="examples">${list}</ul>`}`;
}
