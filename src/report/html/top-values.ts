import type { RowCondition } from '../../processing/row-conditions.ts';
import { invisibleCharacters } from '../../processing/text/invisible.ts';
import { cut } from '../../processing/text/trim.ts';
import type { ColumnReport } from '../document.ts';
import { percent, whole } from '../formatting.ts';
import type { Detail } from './detail.ts';
import { type Content, type Html, html } from './html.ts';
import { countLink, isCut, withValue } from './rows-link.ts';
import { shareBar } from './share-bar.ts';

/** More lines stand two in a row where there is room: one alone would leave half of the card empty. */
const MOST_IN_A_COLUMN = 6;
/** Beside a chart the values are its details: half of them. */
const BESIDE_A_CHART = 5;

/** Beside a chart values say something from this share of the most frequent on: of 1 in 3,000 the chart says more. */
const LEAST_SHARE = 0.01;

/** Whether every value of the column is among its most frequent ones. */
export const showsAllValues = ({ distinct, top_values }: ColumnReport): boolean =>
  distinct?.exact === true && distinct.count <= top_values.length;

/**
 * The most frequent values with the rest as one line; where none occurs twice they are examples, and a table of counts
 * would add nothing.
 * @param charted whether a chart of the column stands beside them
 */
export function topValues(column: ColumnReport, detail: Detail, charted: boolean): Content {
  const { top_values, count, position, name } = column;
  const shown = top_values.slice(0, charted ? Math.min(BESIDE_A_CHART, detail.topValues) : detail.topValues);
  if (shown.length === 0) return undefined;
  if (charted && shown[0]!.count < count * LEAST_SHARE) return undefined;
  const text = (value: string) => shownValue(cut(invisibleCharacters.show(value), detail.valueCodePoints));
  if (shown[0]!.count === 1 && count > 1)
    return charted
      ? undefined
      : html`<div class="values"><h4>Examples</h4>
          <ul class="samples">${shown.map(({ value }) => html`<li>${text(value)}</li>`)}</ul></div>`;
  const most = shown[0]!.count;
  const row = ({ value, count: times }: (typeof shown)[number]) =>
    line(
      { label: text(value), times, most, where: withValue(name, value), isPlain: isPlain(value, detail) },
      count,
      detail,
    );
  const last = rest(column, shown, detail);
  const lines = [...shown.map(row), ...(last ? [last] : [])];
  const isWide = !charted && lines.length > MOST_IN_A_COLUMN;
  const head = html`<th>Value</th><th><span class="sr">Share as a bar</span></th><th>Count</th><th>Share</th>`;
  const again = isWide && html`<tr aria-hidden="true">${head}</tr>`;
  return html`<div class="values"><table class="top${isWide && ' two'}"${' '}
    aria-label="Most frequent values of column ${position}"><thead><tr>${head}</tr>${again}</thead>
    <tbody>${lines}</tbody></table></div>`;
}

/** A value with the spaces around it marked: " Madrid" beside "Madrid" would look like an indentation. */
function shownValue(value: string): Html {
  const [, before, text, after] = /^( *)(.*?)( *)$/s.exec(value)!;
  const spaces = (marked: string) => [...marked].map((space) => html`<i class="space">${space}</i>`);
  return html`<bdi>${spaces(before!)}${text}${spaces(after!)}</bdi>`;
}

/** Whether a value is shown as it is: then the page's script can make its link from what is shown. */
const isPlain = (value: string, { links, valueCodePoints }: Detail): boolean =>
  !links && value.length <= valueCodePoints && /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u024f]+$/.test(value);

interface Line {
  label: Content;
  times: number;
  /** Of the most frequent value, whose bar is a whole one; without it no bar: that of the rest hid the others. */
  most?: number;
  where: RowCondition | undefined;
  isPlain: boolean;
}

/** @param all values of the column that are not null */
function line({ label, times, most, where, isPlain }: Line, all: number, { links, bars }: Detail): Html {
  const count = links && where ? countLink(where, whole(times)) : whole(times);
  const bar = bars && most !== undefined && shareBar(times / most, 'top');
  return html`<tr><td>${label}</td><td>${bar}</td><td${isPlain && html` data-v`}>${count}</td>
    <td>${percent(times / all)}</td></tr>`;
}

/** All other values together: "2 more", with their count. */
function rest(
  { name, distinct, count }: ColumnReport,
  shown: ColumnReport['top_values'],
  detail: Detail,
): Html | undefined {
  const times = count - shown.reduce((sum, { count }) => sum + count, 0);
  const different = (distinct?.count ?? 0) - shown.length;
  if (times <= 0 || different <= 0) return undefined;
  const values = shown.map(({ value }) => value);
  const label = html`<span class="dim">${distinct!.exact ? '' : 'about '}${whole(different)} more</span>`;
  const where = values.some(isCut) ? undefined : { column: name, not_in: values };
  return line({ label, times, where, isPlain: values.every((value) => isPlain(value, detail)) }, count, detail);
}
