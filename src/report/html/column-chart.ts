import type { ColumnReport, Outliers } from '../document.ts';
import { countOf, figure, plural, whole } from '../formatting.ts';
import { figureOfKind, isMeaningful } from '../kind-figures.ts';
import { barChart, fullest } from './bar-chart.ts';
import { boxPlot } from './box-plot.ts';
import { dateTicks } from './date-ticks.ts';
import { type Content, type Html, html } from './html.ts';
import { linear, logarithmic, roundNumbers, roundRatios, type Tick, tickLabel, withEnds } from './scale.ts';
import { showsAllValues } from './top-values.ts';
import { unitOf } from './unit.ts';

type Histogram = { edges: number[]; counts: number[] };

/** Labels along an axis at most: more would touch. */
const MOST_TICKS = 6;
/** A bar per value has its label below it up to this many. */
const MOST_LABELLED = 13;
/** A bar per value where this many fit beside each other: of more, bars would be hairs, or lie over each other. */
const MOST_SLOTS = 120;

/** The chart of a column that its kind calls for; none where the values themselves say more. */
export function columnChart(column: ColumnReport, outliers: Outliers | undefined): Content {
  const { count, kind, histogram, quartiles } = column;
  if (count === 0) return undefined;
  if (column.date_histogram) return dateChart(column, column.date_histogram);
  if (kind === 'id' || kind === 'code') return undefined;
  if ((kind === 'category' || kind === 'flag') && showsAllValues(column)) return undefined;
  const boxed = quartiles && isMeaningful(kind, 'outliers') ? outliers : undefined;
  const values = column.value_histogram && valuesOf(column.value_histogram);
  if (values && slotsOf(values) <= MOST_SLOTS) return valueChart(column, values, boxed);
  return histogram && quartiles && numberChart(column, histogram, boxed);
}

/** The counts of the chart of a column without its axes, for a line of the table. */
export function smallCounts({
  kind,
  date_histogram,
  histogram,
  top_values,
  count,
}: ColumnReport): number[] | undefined {
  if (date_histogram) return date_histogram.counts;
  if (kind === 'id' || kind === 'code' || count === 0) return undefined;
  if (kind === 'category' || kind === 'flag') return top_values.map(({ count }) => count);
  return histogram?.counts;
}

const inUnit = (name: string): string => {
  const unit = unitOf(name);
  return unit === undefined ? '' : ` ${unit}`;
};

const chart = (caption: string, content: Content): Html =>
  html`<figure><figcaption>${caption}</figcaption>${content}</figure>`;

function numberChart(column: ColumnReport, bins: Histogram, outliers: Outliers | undefined): Html {
  const { name, kind, log_histogram } = column;
  const [min, max] = [bins.edges[0]!, bins.edges.at(-1)!];
  const place = linear(min, max);
  const box = outliers && boxPlot(column, outliers, place);
  const plain = kind === 'year';
  const numbers = roundNumbers(min, max, MOST_TICKS, plain ? 1 : 0);
  const unit = inUnit(name);
  const even = barChart({
    counts: bins.counts,
    ticks: labelled(numbers, [min, max], place, plain),
    label: described(column, bins.counts, box),
    data: data('n', shortEdges(bins.edges), bins.counts, plain),
    box: box?.drawing,
  });
  const caption = `${bins.counts.length} ranges of ${roundWidth((max - min) / bins.counts.length)}${unit}`;
  return html`${chart(caption, even)}${log_histogram && logChart(column, log_histogram, outliers, unit)}`;
}

/** The marks of an axis of numbers, and its ends. */
function labelled(numbers: number[], [min, max]: [number, number], place: (value: number) => number, plain = false) {
  const tick = (value: number): Tick => ({ at: place(value), label: tickLabel(value, plain) });
  return withEnds(numbers.map(tick), tick(min), tick(max));
}

/** Two digits are enough for a caption; bars have all of them in their names. */
function roundWidth(width: number): string {
  const rounded = Number(width.toPrecision(2));
  return `${rounded === width ? '' : 'about '}${tickLabel(rounded)}`;
}

function described({ min, max, kind }: ColumnReport, counts: number[], box?: { label: string }): string {
  const range = `from ${figureOfKind(min!, kind)} to ${figureOfKind(max!, kind)}`;
  return `${countOf(counts.length, 'bar')} ${range}, ${fullest(counts)}${box ? `; ${box.label}` : ''}`;
}

/** The same numbers on a logarithmic axis; the page's script offers it instead of the other. */
function logChart(column: ColumnReport, bins: Histogram, outliers: Outliers | undefined, unit: string): Html {
  const [min, max] = [bins.edges[0]!, bins.edges.at(-1)!];
  const place = logarithmic(min, max);
  const box = outliers && boxPlot(column, outliers, place);
  const drawing = barChart({
    counts: bins.counts,
    ticks: labelled(roundRatios(min, max, MOST_TICKS), [min, max], place),
    label: `On a log scale: ${described(column, bins.counts, box)}`,
    data: data('n', bins.edges, bins.counts),
    box: box?.drawing,
  });
  const ratio = figure(Number(((max / min) ** (1 / bins.counts.length)).toPrecision(3)));
  const caption = `Log scale${unit && `,${unit}`}: each bar ends at ${ratio} times its start`;
  return html`<div class="log" hidden>${chart(caption, drawing)}</div>`;
}

interface Values {
  values: number[];
  counts: number[];
  /** Between two of them at least. */
  step: number;
}

/** The values that occur. */
function valuesOf({ edges, counts }: Histogram): Values {
  const values = counts.flatMap((count, i) => (count > 0 ? [(edges[i]! + edges[i + 1]!) / 2] : []));
  return { values, counts: counts.filter((count) => count > 0), step: leastStep(values) };
}

/** Bars side by side between the least and the greatest value, those that do not occur included. */
const slotsOf = ({ values, step }: Values): number => Math.round((values.at(-1)! - values[0]!) / step) + 1;

/** Whole numbers of few values: a bar for each, as wide as the least step between two. */
function valueChart(column: ColumnReport, all: Values, outliers: Outliers | undefined): Html {
  const { name, kind } = column;
  const { values, counts, step } = all;
  const [min, max] = [values[0]!, values.at(-1)!];
  const place = linear(min - step / 2, max + step / 2);
  const half = (place(min + step) - place(min)) * 0.44;
  const plain = kind === 'year';
  const box = outliers && boxPlot(column, outliers, place);
  const drawing = barChart({
    counts,
    spans: values.map((value) => [place(value) - half, place(value) + half]),
    ticks: valueTicks(all, place, plain),
    label: `${values.length} values: ${described(column, counts, box)}`,
    data: html`data-k="v" data-x="${values.join(' ')}" data-n="${counts.join(' ')}"${' '}
      data-s="${[min - step / 2, max + step / 2, Math.round(half * 2e5) / 1e5].join(' ')}"${plain && html` data-p`}`,
    box: box?.drawing,
  });
  const unit = unitOf(name);
  const every = values.length === 1 ? 'One value' : `A bar for each of the ${values.length} values`;
  return chart(`${kind === 'year' ? 'By year' : every}${unit === undefined ? '' : ` (${unit})`}`, drawing);
}

function valueTicks(all: Values, place: (value: number) => number, plain: boolean): Tick[] {
  const { values, step } = all;
  const [min, max] = [values[0]!, values.at(-1)!];
  const widest = Math.max(...values.map((value) => tickLabel(value, plain).length));
  const slots = slotsOf(all);
  if (slots <= MOST_LABELLED && slots * widest <= 36)
    return Array.from({ length: slots }, (_, i) => min + i * step).map((value) => ({
      at: place(value),
      label: tickLabel(value, plain),
    }));
  return labelled(roundNumbers(min, max, MOST_TICKS, Number.isInteger(step) ? 1 : 0), [min, max], place, plain);
}

/** The greatest number that all differences between values are multiples of. */
function leastStep(values: number[]): number {
  let step = 0;
  for (let i = 1; i < values.length; i++) {
    let [a, b] = [step, values[i]! - values[i - 1]!];
    while (b > 0) [a, b] = [b, a % b];
    step = a;
  }
  return step || 1;
}

type DateHistogram = NonNullable<ColumnReport['date_histogram']>;

function dateChart({ min, max }: ColumnReport, { unit, edges, counts }: DateHistogram): Html {
  const marks = dateTicks(unit, edges, MOST_TICKS);
  const [first, last] = [dateEnd(min, edges), dateEnd(max, edges)];
  // the first and the last bar may be parts of a year: their dates say so
  const ticks = first && last ? withEnds(marks, { at: 0, label: first }, { at: 1, label: last }) : marks;
  const drawing = barChart({
    counts,
    ticks,
    label: `${whole(counts.length)} ${plural(counts.length, unit, many(unit))} from ${edges[0]}, ${fullest(counts)}`,
    data: data('d', edges, counts),
  });
  return chart(`By ${unit}`, drawing);
}

/** The first or last date as a label; none of times, or of dates in another form than ISO 8601. */
function dateEnd(value: ColumnReport['min'], edges: string[]): string | undefined {
  const isTime = edges[0]!.includes('T');
  return isTime ? undefined : /^\d{4}-\d\d-\d\d(?!.*[+-]\d\d:?\d\d$)/.exec(String(value))?.[0];
}

const many = (unit: string) => (unit === 'century' ? 'centuries' : `${unit}s`);

const data = (kind: string, edges: (number | string)[], counts: number[], plain = false): Html =>
  html`data-k="${kind}" data-x="${edges.join(' ')}" data-n="${counts.join(' ')}"${plain && html` data-p`}`;

/** The ends alone, where the script finds the edges between them by the same sum: most of a page would be edges. */
function shortEdges(edges: number[]): number[] {
  const bins = edges.length - 1;
  const [min, max] = [edges[0]!, edges.at(-1)!];
  const step = (max - min) / bins;
  return edges.every((edge, i) => edge === (i === bins ? max : min + i * step)) ? [min, max] : edges;
}
