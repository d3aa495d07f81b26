import type { Value } from '../../processing/profile-types.ts';
import type { RowCondition } from '../../processing/row-conditions.ts';
import type { ColumnReport } from '../document.ts';
import { countOf, figure, whole } from '../formatting.ts';
import type { Detail } from './detail.ts';
import { type Content, type Html, html } from './html.ts';
import { number } from './number.ts';
import { countLink } from './rows-link.ts';

type Statistic = [term: string, value: Content];

/** Numbers with their links to rows, where the page has room for links. */
const linked = ({ links }: Detail, where: RowCondition, count: number): Content =>
  links && count > 0 ? countLink(where, whole(count)) : whole(count);

/** Of longer values two are beside each other instead of four, in the same order. */
const WIDE = 11;

interface Line {
  statistics: Statistic[];
  isWide?: boolean;
}

/**
 * The figures of a column in lines of four, in the same order on every card: how many values there are, then where they
 * lie, then how they are spread.
 */
export function statistics(column: ColumnReport, detail: Detail): Html {
  const { name, count, null_count, distinct, zeros } = column;
  const counts: Statistic[] = [
    ['Values', linked(detail, { column: name, is_null: false }, count)],
    ['Nulls', linked(detail, { column: name, is_null: true }, null_count)],
    ['Distinct', distinct && `${distinct.exact ? '' : '≈ '}${whole(distinct.count)}`],
    ['Zeros', zeros ? linked(detail, { column: name, gte: 0, lte: 0 }, zeros) : undefined],
  ];
  return html`${[{ statistics: counts }, ...range(column, detail)].map(statisticLine)}${lengths(column)}`;
}

const statisticLine = ({ statistics, isWide }: Line): Html =>
  html`<dl${isWide && html` class="wide"`}>${statistics.map(statistic)}</dl>`;

const statistic = ([term, value]: Statistic): Content =>
  value !== undefined && html`<div><dt>${term}</dt><dd>${value}</dd></div>`;

/** Kinds whose numbers have no mean and no spread: these would be read as facts. */
const WITHOUT_MEAN = new Set<ColumnReport['kind']>(['id', 'code', 'year', 'flag', 'category']);
const WITH_MEDIAN = new Set<ColumnReport['kind']>(['year', 'category']);

function range(column: ColumnReport, detail: Detail): Line[] {
  const figureOf = (value: Value, kind?: ColumnReport['kind']) => number(value, kind, detail.links);
  const { name, kind, min, max, mean, std, quartiles, negatives } = column;
  if (min === undefined || max === undefined || column.length) return [];
  if (typeof min === 'string' || typeof max === 'string') {
    const ends: Statistic[] = [
      ['Earliest', min],
      ['Latest', max],
    ];
    return [{ statistics: ends, isWide: true }];
  }
  const areWide = (...values: (Value | null | undefined)[]) => values.some((value) => figure(value ?? 0).length > WIDE);
  const ends = (between: Statistic[]): Line => ({
    statistics: [['Min', figureOf(min, kind)], ...between, ['Max', figureOf(max, kind)]],
    isWide: areWide(min, max),
  });
  const median: Statistic = ['Median', quartiles && figureOf(quartiles.median, kind)];
  if (WITHOUT_MEAN.has(kind)) return [ends(WITH_MEDIAN.has(kind) ? [median] : [])];
  const spread: Statistic[] = [
    ['Q1', quartiles && figureOf(quartiles.q1)],
    ['Q3', quartiles && figureOf(quartiles.q3)],
    ['Std. dev.', typeof std === 'number' ? figureOf(std) : undefined],
    ['Negatives', negatives ? linked(detail, { column: name, lt: 0 }, negatives) : undefined],
  ];
  return [
    ends([median, ['Mean', mean === undefined ? undefined : figureOf(mean)]]),
    { statistics: spread, isWide: areWide(quartiles?.q1, quartiles?.q3, std) },
  ];
}

/** Of texts, in a line of its own: their lengths matter less than the values. */
function lengths({ length }: ColumnReport): Content {
  if (!length) return undefined;
  const { min, max, mean } = length;
  if (min === max) return html`<p class="dim">${countOf(max, 'character')} each</p>`;
  return html`<p class="dim">${whole(min)} to ${countOf(max, 'character')}, mean ${number(mean)}</p>`;
}
