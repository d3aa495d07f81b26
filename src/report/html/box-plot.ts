import { figure } from '../formatting.ts';
import { type Html, html } from './html.ts';
import { coordinate } from './share-bar.ts';

const WIDTH = 200;

interface BoxFacts {
  min: number;
  max: number;
  quartiles: { q1: number; median: number; q3: number };
  lowerFence: number;
  upperFence: number;
  outliers: number[];
}

/** Tukey's box plot: a box between the quartiles, whiskers to the fences at most, examples of outliers as dots. */
export function boxPlot({ min, max, quartiles, lowerFence, upperFence, outliers }: BoxFacts): Html {
  const { q1, median, q3 } = quartiles;
  const range = max - min;
  const scale = (value: number) => {
    // by halves where the range overflows
    const share = Number.isFinite(range) ? (value - min) / range : (value / 2 - min / 2) / (max / 2 - min / 2);
    return range > 0 ? coordinate(4 + Math.max(0, Math.min(1, share)) * (WIDTH - 8)) : WIDTH / 2;
  };
  const left = scale(Math.max(min, lowerFence));
  const right = scale(Math.min(max, upperFence));
  const far = new Set(outliers.map(scale)); // dots as lines of no length: circles would be stretched with the plot
  const label =
    `Box plot: median ${figure(median)}, quartiles ${figure(q1)} and ${figure(q3)}, ` +
    `fences ${figure(lowerFence)} and ${figure(upperFence)}`;
  return html`<svg class="box" viewBox="0 0 ${WIDTH} 18" preserveAspectRatio="none" role="img" aria-label="${label}">
    <path class="line" d="M${left} 9H${scale(q1)}M${scale(q3)} 9H${right}M${left} 5V13M${right} 5V13"/>
    <rect x="${scale(q1)}" y="2" width="${coordinate(Math.max(scale(q3) - scale(q1), 1))}" height="14"/>
    <path class="median" d="M${scale(median)} 2V16"/>
    ${far.size > 0 && html`<path class="far" d="${[...far].map((x) => `M${x} 9h0`).join('')}"/>`}
  </svg>`;
}
