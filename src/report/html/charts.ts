import { figure, percent, whole } from '../number-format.ts';
import { type Html, html } from './html.ts';

const WIDTH = 200;
const HEIGHT = 48;
/** A coordinate short enough for a thousand charts. */
const at = (value: number): number => Number(value.toFixed(1));

/** A share as a bar. The number stands beside it, so that it is decoration to a screen reader. */
export function shareBar(share: number, kind: 'nulls' | 'top'): Html {
  return html`<svg class="bar ${kind}" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect width="${at(share * 100)}" height="1"/></svg>`;
}

/** Equal bins as bars, the fullest over the whole height; a bin with one value is still seen. */
export function histogram({ edges, counts }: { edges: number[]; counts: number[] }, tooltips: boolean): Html {
  const most = Math.max(...counts, 1);
  const step = WIDTH / counts.length;
  const top = (count: number) => at(HEIGHT - Math.max((count / most) * HEIGHT, count > 0 ? 1 : 0));
  const label = `Histogram: ${counts.length} bins from ${figure(edges[0]!)} to ${figure(edges.at(-1)!)}, the fullest with ${whole(most)} values`;
  const bars = tooltips
    ? counts.map((count, i) => {
        const y = top(count);
        return html`<g><title>${figure(edges[i]!)} to ${figure(edges[i + 1]!)}: ${whole(count)}</title><rect x="${at(i * step)}" width="${at(step - 1)}" y="${y}" height="${at(HEIGHT - y)}"/></g>`;
      })
    : html`<path d="${counts.map((count, i) => (count > 0 ? `M${at(i * step)} ${HEIGHT}V${top(count)}h${at(step - 1)}V${HEIGHT}` : '')).join('')}"/>`;
  return html`<svg class="hist" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${label}">${bars}</svg>`;
}

export interface BoxFacts {
  min: number;
  max: number;
  quartiles: { q1: number; median: number; q3: number };
  lowerFence: number;
  upperFence: number;
  outliers: number[];
}

/** Tukey's box plot: the box from quartile to quartile, whiskers to the fences at most, outlying examples as dots. */
export function boxPlot({ min, max, quartiles, lowerFence, upperFence, outliers }: BoxFacts): Html {
  const { q1, median, q3 } = quartiles;
  const range = max - min;
  const scale = (value: number) => {
    // by halves where the range overflows
    const share = Number.isFinite(range) ? (value - min) / range : (value / 2 - min / 2) / (max / 2 - min / 2);
    return range > 0 ? at(4 + Math.max(0, Math.min(1, share)) * (WIDTH - 8)) : WIDTH / 2;
  };
  const left = scale(Math.max(min, lowerFence));
  const right = scale(Math.min(max, upperFence));
  const far = new Set(outliers.map(scale)); // dots as lines of no length: circles would be stretched with the plot
  const label = `Box plot: median ${figure(median)}, quartiles ${figure(q1)} and ${figure(q3)}, fences ${figure(lowerFence)} and ${figure(upperFence)}`;
  return html`<svg class="box" viewBox="0 0 ${WIDTH} 18" preserveAspectRatio="none" role="img" aria-label="${label}">
    <path class="line" d="M${left} 9H${scale(q1)}M${scale(q3)} 9H${right}M${left} 5V13M${right} 5V13"/>
    <rect x="${scale(q1)}" y="2" width="${at(Math.max(scale(q3) - scale(q1), 1))}" height="14"/>
    <path class="median" d="M${scale(median)} 2V16"/>
    ${far.size > 0 && html`<path class="far" d="${[...far].map((x) => `M${x} 9h0`).join('')}"/>`}
  </svg>`;
}

/** "12 %" with a bar. */
export const shareOf = (count: number, all: number): string => percent(all === 0 ? 0 : count / all);
