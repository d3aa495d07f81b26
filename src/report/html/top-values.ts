import { invisibleCharacters } from '../../processing/text/invisible.ts';
import { cut } from '../../processing/text/trim.ts';
import type { ColumnReport } from '../document.ts';
import { percent, whole } from '../formatting.ts';
import type { Detail } from './detail.ts';
import { type Content, html } from './html.ts';
import { shareBar } from './share-bar.ts';

/** The most frequent values; where none occurs twice they are samples, and a table of counts would add nothing. */
export function topValues({ top_values, count, position }: ColumnReport, detail: Detail): Content {
  const shown = top_values.slice(0, detail.topValues);
  if (shown.length === 0) return undefined;
  const text = (value: string) => html`<bdi>${cut(invisibleCharacters.show(value), detail.valueCodePoints)}</bdi>`;
  if (shown[0]!.count === 1 && count > 1)
    return html`<div><h4>Samples</h4>
      <ul class="samples">${shown.map(({ value }) => html`<li>${text(value)}</li>`)}</ul></div>`;
  const row = ({ value, count: times }: (typeof shown)[number]) => {
    const share = percent(times / count)
      .replace('less than', '<')
      .replace('more than', '>');
    const bar = shareBar(times / count, 'top');
    return html`<tr><td>${text(value)}</td><td>${bar}</td><td>${whole(times)}</td><td>${share}</td></tr>`;
  };
  return html`<div><table class="top" aria-label="Most frequent values of column ${position}">
    <thead><tr><th>Value</th><th><span class="sr">Share as a bar</span></th><th>Count</th><th>Share</th></tr></thead>
    <tbody>${shown.map(row)}</tbody></table></div>`;
}
