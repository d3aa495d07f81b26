import { type Html, html } from './html.ts';

/** A coordinate with one decimal place: there may be a thousand charts on a page. */
export const coordinate = (value: number): number => Math.round(value * 10) / 10;

/** A share as a bar. The number stands beside it, so screen readers pass over it. */
export function shareBar(share: number, kind: 'nulls' | 'top'): Html {
  return html`<svg class="bar ${kind}" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
    <rect width="${coordinate(share * 100)}" height="1"/></svg>`;
}
