import { percent } from '../number-format.ts';
import { type Html, html } from './html.ts';

/** A coordinate short enough for a thousand charts. */
export const coordinate = (value: number): number => Number(value.toFixed(1));

/** A share as a bar. The number stands beside it, so that it is decoration to a screen reader. */
export function shareBar(share: number, kind: 'nulls' | 'top'): Html {
  return html`<svg class="bar ${kind}" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
    <rect width="${coordinate(share * 100)}" height="1"/></svg>`;
}

/** "12 %"; 0 % of nothing. */
export const shareOf = (count: number, all: number): string => percent(all === 0 ? 0 : count / all);
