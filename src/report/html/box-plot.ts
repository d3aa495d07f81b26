import type { ColumnReport, Outliers } from '../document.ts';
import { figure, whole } from '../formatting.ts';
import { across } from './bar-chart.ts';
import { type Html, html } from './html.ts';
import { coordinate } from './share-bar.ts';

/** Top and bottom of the box in the drawing of a chart. */
const TOP = 95;
const BOTTOM = 104;
const MIDDLE = (TOP + BOTTOM) / 2;

interface BoxPlot {
  drawing: Html;
  label: string;
}

/**
 * Tukey's box plot on the axis of the bars above it: a box between the quartiles, whiskers to the last value within
 * the fences, and beyond them how many outliers lie where.
 * @param place of a value on the axis, from 0 to 1
 */
export function boxPlot(
  { min, max, quartiles }: ColumnReport,
  outliers: Outliers,
  place: (value: number) => number,
): BoxPlot {
  const { q1, median, q3 } = quartiles!;
  const x = (value: number) => across(place(value));
  // reports of earlier versions do not have the last values within the fences
  const low = Number(outliers.lowest_inside ?? Math.max(Number(min), outliers.lower_fence));
  const high = Number(outliers.highest_inside ?? Math.min(Number(max), outliers.upper_fence));
  const whiskers = `M${x(low)} ${MIDDLE}H${x(q1)}M${x(q3)} ${MIDDLE}H${x(high)}M${x(low)} ${TOP}V${BOTTOM}`;
  const width = coordinate(Math.max(x(q3) - x(q1), 1));
  const label =
    `box plot: median ${figure(median)}, quartiles ${figure(q1)} and ${figure(q3)}, ` +
    `whiskers to ${figure(low)} and ${figure(high)}, ${whole(outliers.count)} outliers beyond`;
  const drawing = html`<g class="box"><path class="line" d="${whiskers}M${x(high)} ${TOP}V${BOTTOM}"/>
    <rect x="${x(q1)}" y="${TOP}" width="${width}" height="${BOTTOM - TOP}"/>
    <path class="median" d="M${x(median)} ${TOP}V${BOTTOM}"/>
    ${outliers.count > 0 && html`<path class="far" d="${density(Number(min), Number(max), outliers, x)}"/>`}</g>`;
  return { drawing, label };
}

/** Outliers as lines around the middle, the longer the more of them are there. */
function density(min: number, max: number, outliers: Outliers, x: (value: number) => number): string {
  const { below, above, lower_fence, upper_fence, examples } = outliers;
  const most = Math.max(...(below?.counts ?? []), ...(above?.counts ?? []));
  const side = (fence: number, end: number, counts: number[] = []) =>
    counts.map((count, i) => {
      if (count === 0) return '';
      const [from, to] = [i, i + 1]
        .map((bin) => x(fence + ((end - fence) / counts.length) * bin))
        .sort((a, b) => a - b);
      const half = coordinate(0.6 + 3.4 * (count / most));
      return `M${from} ${MIDDLE - half}H${Math.max(to!, from! + 1)}v${2 * half}H${from}z`;
    });
  const bins = [...side(lower_fence, min, below?.counts), ...side(upper_fence, max, above?.counts)];
  if (below || above) return bins.join('');
  return [...new Set(examples.map(({ value }) => x(Number(value))))]
    .map((at) => `M${at} ${MIDDLE - 1}h1v2h-1z`)
    .join('');
}
