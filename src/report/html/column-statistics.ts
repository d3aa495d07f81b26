import type { Value } from '../../processing/profile-types.ts';
import type { RowCondition } from '../../processing/row-conditions.ts';
import type { ColumnReport } from '../document.ts';
import { figure, whole } from '../formatting.ts';
import type { Detail } from './detail.ts';
import { type Content, type Html, html } from './html.ts';
import { number } from './number.ts';
import { countLink } from './rows-link.ts';

type Statistic = [term: string, value: Content, place?: 'wide' | 'first' | 'last'];

/** Numbers with their links to rows, where the page has room for links. */
const linked = ({ links }: Detail, where: RowCondition, count: number): Content =>
  links && count > 0 ? countLink(where, whole(count)) : whole(count);

/** Characters from which a value takes the room of two. */
const WIDE = 11;

/**
 * The figures of a column in lines of four, the same figure at the same place on every card: how many values there are,
 * then where they lie, then how they are spread.
 */
export function statistics(column: ColumnReport, detail: Detail): Html {
  const { name, count, null_count, distinct, zeros } = column;
  const lines: Statistic[][] = [
    [
      ['Values', linked(detail, { column: name, is_null: false }, count)],
      ['Nulls', linked(detail, { column: name, is_null: true }, null_count)],
      ['Distinct', distinct && `${distinct.exact ? '' : '≈ '}${whole(distinct.count)}`],
      ['Zeros', zeros ? linked(detail, { column: name, gte: 0, lte: 0 }, zeros) : undefined],
    ],
    ...range(column, detail),
  ];
  return html`${lines.map((line) => line.length > 0 && html`<dl>${line.map(statistic)}</dl>`)}`;
}

const statistic = ([term, value, place]: Statistic): Content =>
  value !== undefined && html`<div${place && html` class="${place}"`}><dt>${term}</dt><dd>${value}</dd></div>`;

function range(column: ColumnReport, detail: Detail): Statistic[][] {
  const figureOf = (value: Value, kind?: ColumnReport['kind']) => number(value, kind, detail.links);
  const { name, kind, min, max, mean, std, quartiles, negatives, length } = column;
  if (length) return [lengths(length)];
  if (min === undefined || max === undefined) return [];
  if (typeof min === 'string' || typeof max === 'string')
    return [
      [
        ['Earliest', min, 'wide'],
        ['Latest', max, 'wide'],
      ],
    ];
  const wide = [min, max].some((end) => figure(end).length > WIDE);
  // means and quartiles of numbers that name something would be read as facts
  if (kind === 'id' || kind === 'code')
    return [
      [
        ['Min', figureOf(min, kind), wide ? 'wide' : undefined],
        ['Max', figureOf(max, kind), wide ? 'wide' : 'last'],
      ],
    ];
  const median: Statistic = ['Median', quartiles && figureOf(quartiles.median, kind)];
  if (kind === 'year') return [[['Min', figureOf(min, kind)], median, ['Max', figureOf(max, kind), 'last']]];
  if (kind === 'flag' || kind === 'category')
    return [
      [
        ['Min', figureOf(min, kind)],
        kind === 'category' ? median : ['', undefined],
        ['Max', figureOf(max, kind), 'last'],
      ],
    ];
  const middle: Statistic[] = [median, ['Mean', mean !== undefined && figureOf(mean)]];
  const ends: Statistic[] = [
    ['Min', figureOf(min), wide ? 'wide' : undefined],
    ['Max', figureOf(max), wide ? 'wide' : undefined],
  ];
  const spread: Statistic[] = [
    ['Q1', quartiles && figureOf(quartiles.q1), 'first'],
    ['Q3', quartiles && figureOf(quartiles.q3)],
    ['Std. dev.', typeof std === 'number' ? figureOf(std) : undefined],
  ];
  if (negatives) spread.push(['Negatives', linked(detail, { column: name, lt: 0 }, negatives)]);
  return wide ? [ends, middle, spread] : [[ends[0]!, ...middle, ends[1]!], spread];
}

function lengths({ min, max, mean }: NonNullable<ColumnReport['length']>): Statistic[] {
  return [
    ['Shortest', whole(min)],
    ['Mean length', number(mean)],
    ['Longest', whole(max)],
  ];
}
