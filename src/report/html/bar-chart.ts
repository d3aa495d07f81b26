import { whole } from '../formatting.ts';
import { type Content, type Html, html } from './html.ts';
import { countMarks, type Tick, tickLabel } from './scale.ts';
import { coordinate } from './share-bar.ts';

/** The drawing, in units of its view box; the page's script (charts-script.js) knows these as well. */
const LEFT = 38;
const PLOT = 274;
const RIGHT = 8;
const MARGINS = LEFT + RIGHT;
const TOP = 6;
const BASE = 90;
const BOX = 16;
/** Of the labels, in the mean. */
const HALF_CHARACTER = 2.9;

/** Abscissa of a place on the axis. */
export const across = (place: number, plot = PLOT): number => coordinate(LEFT + place * plot);

export interface Bars {
  counts: number[];
  /** Where each bar begins and ends on the axis, from 0 to 1; bars of equal width side by side where it is missing. */
  spans?: [number, number][];
  ticks: Tick[];
  /** What a screen reader says of the whole chart. */
  label: string;
  /** What the page's script makes the bars' names and links of, as attributes. */
  data: Html;
  /** Between the bars and the axis' labels; 16 units high, from `BASE`. */
  box?: Content;
  /** Of the axis, for very many bars. */
  plot?: number;
}

/** Bars over an axis with round marks, the highest at or above the fullest bar, drawn as one path. */
export function barChart({ counts, spans, ticks, label, data, box, plot = PLOT }: Bars): Html {
  const marks = countMarks(Math.max(...counts));
  const most = marks.at(-1)!;
  const high = (count: number) => coordinate(BASE - Math.max((count / most) * (BASE - TOP), count > 0 ? 1 : 0));
  const step = 1 / counts.length;
  const bar = (count: number, i: number): string => {
    if (count === 0) return '';
    const [from, to] = spans?.[i] ?? [i * step, (i + 1) * step];
    return `M${across(from, plot)} ${BASE}V${high(count)}H${across(to, plot)}V${BASE}`;
  };
  const grid = marks.map((mark) => (mark === 0 ? '' : `M${LEFT} ${high(mark)}H${LEFT + plot}`)).join('');
  const left = marks.map((mark) => html`<text x="${LEFT - 4}" y="${high(mark) + 3.5}">${tickLabel(mark)}</text>`);
  const foot = BASE + (box ? BOX : 0);
  const below = ticks.map((tick) => axisLabel(tick, plot, foot + 15));
  const notches = ticks.map(({ at }) => `M${across(at, plot)} ${foot}v4`).join('');
  return html`<svg class="chart" viewBox="0 0 ${plot + MARGINS} ${foot + 20}" role="img" aria-label="${label}" ${data}>
    <path class="grid" d="${grid}"/><path class="bars" d="${counts.map(bar).join('')}"/>${box}
    <path class="axis" d="M${LEFT} ${foot}h${plot}${notches}"/>
    <g class="y">${left}</g><g class="x">${below}</g></svg>`;
}

function axisLabel({ at, label, isLast }: Tick, plot: number, y: number): Html {
  const x = isLast ? Math.min(across(at, plot) + label.length * HALF_CHARACTER, LEFT + plot + RIGHT) : across(at, plot);
  return html`<text x="${coordinate(x)}" y="${y}"${isLast && html` class="last"`}>${label}</text>`;
}

/** Bars without an axis, for a cell of a table. */
export function smallChart(counts: number[]): Html {
  const most = Math.max(...counts, 1);
  const step = 100 / counts.length;
  const top = (count: number) => coordinate(20 - Math.max((count / most) * 20, count > 0 ? 1 : 0));
  let line = '';
  counts.forEach((count, i) => {
    if (i > 0 && count !== counts[i - 1]) line += `H${coordinate(i * step)}`;
    if (count !== counts[i - 1]) line += `V${top(count)}`;
  });
  return html`<svg class="small" viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true">
    <path d="M0 20${line}H100V20"/></svg>`;
}

/** "the fullest with 732 values" of a chart, for its label. */
export const fullest = (counts: number[]): string => `at most ${whole(Math.max(...counts, 0))} values in a bar`;
