import { invisibleCharacters } from '../../processing/text/invisible.ts';
import { cut } from '../../processing/text/trim.ts';
import type { Alert, ColumnReport, Outliers } from '../document.ts';
import { figure, whole } from '../formatting.ts';
import { boxPlot } from './box-plot.ts';
import type { Detail } from './detail.ts';
import { exampleList } from './example-list.ts';
import { histogram } from './histogram.ts';
import { type Content, type Html, html } from './html.ts';
import { outlierList } from './outliers.ts';
import { rowsLink } from './rows-link.ts';
import { shareBar, shareOf } from './share-bar.ts';
import { topValues } from './top-values.ts';

/** All that is known of one column. */
export function columnCard(
  column: ColumnReport,
  outliers: Outliers | undefined,
  alerts: Alert[],
  rows: number,
  detail: Detail,
): Html {
  const { name, position, type } = column;
  const title = html`<a href="#c${position}"><bdi>${cut(name, detail.nameCodePoints)}</bdi></a>`;
  const chart = column.count > 0 && charts(column, outliers, detail);
  const hasCharts = chart || outliers?.count;
  return html`<article class="card" id="c${position}" ${dataAttributes(column, alerts.length)}>
    <header><h3>${title}</h3><span class="type">${type}</span></header>
    ${alertList(alerts, detail)}
    <div class="parts"><div>
      ${nulls(column, rows, detail)}
      ${evidence(column, detail)}
      ${facts(column)}</div>
    ${hasCharts ? html`<div>${chart}${outlierList(outliers, position, detail)}</div>` : ''}
    ${topValues(column, detail)}</div>
  </article>`;
}

/** What the page's script (page-script.js) sorts and filters columns by. */
export const dataAttributes = ({ position, null_count, type }: ColumnReport, alerts: number): Html =>
  html`data-p="${position}" data-n="${null_count}" data-a="${alerts}" data-t="${type}"`;

function alertList(alerts: Alert[], { sentences }: Detail): Content {
  if (alerts.length === 0) return undefined;
  const item = ({ severity, message, code }: Alert) =>
    html`<li class="${severity}"><b>${code.replaceAll('_', ' ')}</b>${sentences && html` <bdi>${message}</bdi>`}</li>`;
  return html`<ul class="alerts">${alerts.map(item)}</ul>`;
}

function nulls(column: ColumnReport, rows: number, detail: Detail): Html {
  const { null_count } = column;
  const bar = shareBar(rows === 0 ? 0 : null_count / rows, 'nulls');
  const share = null_count === 0 ? 'no nulls' : `${shareOf(null_count, rows)} null (${whole(null_count)})`;
  return html`<p class="nulls">${bar}<span>${share}${tokens(column, detail)}</span></p>`;
}

/** How the nulls are written; nothing where all are the empty field. */
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
    return html`<p class="evidence">${count === 1 ? 'The value is' : 'All values are'} of type ${type}${words}.</p>`;
  const text = (value: string) => cut(invisibleCharacters.show(value), detail.valueCodePoints);
  const list = exampleList(
    examples.slice(0, detail.examples),
    exceptions,
    ({ row, value }) => html`${rowsLink([row], undefined, position)} <q><bdi>${text(value)}</bdi></q>`,
    ': ',
  );
  const are = `${whole(matching)} of ${whole(count)} values are of type ${type}${words}`;
  const not = `${whole(exceptions)} ${exceptions === 1 ? 'is' : 'are'} not`;
  return html`<p class="evidence">${are}; <strong>${not}</strong>${list}</p>`;
}

/** Figures with more characters take the space of two. */
const WIDE = 12;

function facts({ count, distinct, min, max, mean, std, quartiles, zeros, negatives, length }: ColumnReport): Content {
  const all: [string, string | undefined][] = [
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
  const fact = (term: string, value: string) =>
    html`<div${value.length > WIDE && html` class="wide"`}><dt>${term}</dt><dd>${value}</dd></div>`;
  return html`<dl>${all.map(([term, value]) => value !== undefined && fact(term, value))}</dl>`;
}

function lengths({ min, max, mean }: NonNullable<ColumnReport['length']>): string {
  return min === max ? whole(max) : `${whole(min)} to ${whole(max)}, mean ${figure(Number(mean.toFixed(1)))}`;
}

function charts(
  { min, max, quartiles, histogram: bins }: ColumnReport,
  outliers: Outliers | undefined,
  detail: Detail,
): Content {
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
