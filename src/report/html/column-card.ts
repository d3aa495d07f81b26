import { invisibleCharacters } from '../../processing/text/invisible.ts';
import { cut } from '../../processing/text/trim.ts';
import type { Alert, ColumnReport, Outliers } from '../document.ts';
import { figure, percent, whole } from '../number-format.ts';
import { boxPlot, histogram, shareBar, shareOf } from './charts.ts';
import type { Detail } from './detail.ts';
import { type Content, type Html, html } from './html.ts';
import { rowsLink } from './rows-link.ts';

/** All that is known of one column. The data attributes are what the page's script sorts and searches by. */
export function columnCard(
  column: ColumnReport,
  outliers: Outliers | undefined,
  alerts: Alert[],
  rows: number,
  detail: Detail,
): Html {
  const { name, position, type, null_count } = column;
  const chart = column.count > 0 && charts(column, outliers, detail);
  return html`<article class="card" id="c${position}" data-p="${position}" data-n="${null_count}" data-a="${alerts.length}" data-t="${type}">
    <header><h3><a href="#c${position}"><bdi>${cut(name, detail.nameCodePoints)}</bdi></a></h3><span class="type">${type}</span></header>
    ${alertList(alerts, detail)}
    <div class="parts"><div>
      <p class="nulls">${shareBar(rows === 0 ? 0 : null_count / rows, 'nulls')}<span>${null_count === 0 ? 'no nulls' : `${shareOf(null_count, rows)} null (${whole(null_count)})`}${tokens(column, detail)}</span></p>
      ${evidence(column, detail)}
      ${facts(column)}</div>
    ${chart || outliers?.count ? html`<div>${chart}${outliers !== undefined && outlierList(outliers, position, detail)}</div>` : ''}
    ${topValues(column, detail)}</div>
  </article>`;
}

function alertList(alerts: Alert[], { sentences }: Detail): Content {
  if (alerts.length === 0) return undefined;
  const item = ({ severity, message, code }: Alert) =>
    html`<li class="${severity}"><b>${code.replaceAll('_', ' ')}</b>${sentences && html` <bdi>${message}</bdi>`}</li>`;
  return html`<ul class="alerts">${alerts.map(item)}</ul>`;
}

/** The nulls' spellings; nothing where all are the empty field. */
function tokens({ null_tokens }: ColumnReport, { topValues }: Detail): string {
  const spellings = Object.entries(null_tokens);
  if (spellings.length === 0 || (spellings.length === 1 && spellings[0]![0] === '')) return '';
  const shown = spellings.slice(0, topValues).map(([token, count]) => `${token || 'empty'} ${whole(count)}`);
  return `: ${shown.join(', ')}`;
}

function evidence({ type, count, position, evidence }: ColumnReport, detail: Detail): Content {
  if (type === 'empty' || type === 'text' || type === 'number' || type === 'other') return undefined;
  const { matching, exceptions, examples, strings } = evidence;
  // a date in JSON can be nothing but a string
  const dated = type === 'date' || type === 'datetime';
  const words = strings && !dated ? `, ${strings === matching ? 'written' : `${whole(strings)} of them`} as text` : '';
  if (exceptions === 0)
    return html`<p class="evidence">${count === 1 ? 'The value is' : 'All values are'} ${type}${words}.</p>`;
  const list = examples
    .slice(0, detail.examples)
    .map(
      ({ row, value }, i) =>
        html`${i > 0 && ', '}${rowsLink([row], undefined, position)} <q><bdi>${cut(invisibleCharacters.show(String(value)), detail.valueCodePoints)}</bdi></q>`,
    );
  return html`<p class="evidence">${whole(matching)} of ${whole(count)} values are ${type}${words}; <strong>${whole(exceptions)} ${exceptions === 1 ? 'is' : 'are'} not</strong>${list.length > 0 && [': ', list]}${exceptions > list.length && list.length > 0 && ' …'}</p>`;
}

/** Figures with more characters take the place of two. */
const WIDE = 12;

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
    ['Length', length && lengths(length)],
  ];
  return html`<dl>${lines.map(([term, value]) => value !== undefined && html`<div${value.length > WIDE && html` class="wide"`}><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function lengths({ min, max, mean }: NonNullable<ColumnReport['length']>): string {
  return min === max ? whole(max) : `${whole(min)} to ${whole(max)}, mean ${figure(Number(mean.toFixed(1)))}`;
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

/** The most frequent values; where none is there twice they are samples, and a table would say nothing more. */
function topValues({ top_values, count, position }: ColumnReport, detail: Detail): Content {
  const shown = top_values.slice(0, detail.topValues);
  if (shown.length === 0) return undefined;
  const value = (text: string) => html`<bdi>${cut(invisibleCharacters.show(text), detail.valueCodePoints)}</bdi>`;
  if (shown[0]!.count === 1 && count > 1)
    return html`<div><h4>Samples</h4><ul class="samples">${shown.map((each) => html`<li>${value(each.value)}</li>`)}</ul></div>`;
  const row = (text: string, times: number) =>
    html`<tr><td>${value(text)}</td><td>${shareBar(times / count, 'top')}</td><td>${whole(times)}</td><td>${percent(
      times / count,
    )
      .replace('less than', '<')
      .replace('more than', '>')}</td></tr>`;
  return html`<div><table class="top" aria-label="Most frequent values of column ${position}">
    <thead><tr><th>Value</th><th><span class="sr">Share as a bar</span></th><th>Count</th><th>Share</th></tr></thead>
    <tbody>${shown.map((each) => row(each.value, each.count))}</tbody></table></div>`;
}

function outlierList(
  { count, lower_fence, upper_fence, examples }: Outliers,
  position: number,
  detail: Detail,
): Content {
  if (count === 0) return undefined;
  const list = examples
    .slice(0, detail.examples)
    .map(({ row, value }, i) => html`${i > 0 && ', '}${rowsLink([row], undefined, position)} (${figure(value)})`);
  const [few, more] = count === 1 ? ['One outlier', ''] : [`${whole(count)} outliers`, ', the farthest'];
  return html`<p class="outliers"><strong>${few}</strong> outside ${figure(lower_fence)} to ${figure(upper_fence)}${list.length > 0 && [more, ': ', list]}${count > list.length && list.length > 0 && ' …'}</p>`;
}
