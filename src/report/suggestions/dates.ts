import type { DateOrder } from '../../processing/options/read-options.ts';
import type { ColumnReport } from '../document.ts';
import { whole } from '../formatting.ts';
import { become, named, type Source, type Suggest, samples, shownValues } from './suggestion.ts';

const LEAST = 0.95;
/** Spellings by the order that they show; an empty one: no number is over 12. */
const ORDERS: Record<string, DateOrder | ''> = {
  '31/05/2024': 'DMY',
  '31.05.2024': 'DMY',
  '31-05-2024': 'DMY',
  '05/31/2024': 'MDY',
  '05-31-2024': 'MDY',
  '5/6/2024': '',
  '5-6-2024': '',
  '2024/05/31': 'YMD',
  '2024.05.31': 'YMD',
};

/** 1.5.2024 is a version here. */
const VERSION_NAME = /(?:^|[^a-z])(?:version|ver|firmware|fw|build|revision|rev)$/i;

/** The order of the numbers in a column's dates; undefined where it has others, or both orders. */
function orderOf({ name, type, resembles, count }: ColumnReport): DateOrder | '' | undefined {
  if (type !== 'text' || resembles?.type !== 'date' || resembles.matching < count * LEAST) return undefined;
  if (VERSION_NAME.test(name)) return undefined;
  const orders = new Set(resembles.spellings.map(({ like }) => ORDERS[like]));
  if (orders.size > 1) orders.delete('');
  return orders.size === 1 ? [...orders][0] : undefined;
}

const NUMBERS = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:[ T]|$)/;
const LEAST_IN_ORDER = 8;
/** The order in which the rows that are shown follow one another in time, where they do in one order only. */
function orderOfRows(source: Source, column: ColumnReport): DateOrder | undefined {
  const shown = source.glimpse?.first.slice(source.glimpse.titleRows + 1) ?? [];
  const dates = shown.flatMap(({ fields }) => {
    const [, first, , second, year] = NUMBERS.exec(fields[column.position - 1] ?? '') ?? [];
    return year === undefined ? [] : [{ first: Number(first), second: Number(second), year: Number(year) }];
  });
  if (dates.length < LEAST_IN_ORDER || dates.some(({ year }) => year < 100)) return undefined;
  // months of several years, each by its first day
  const isMonths = new Set(dates.map(({ year }) => year)).size > 1;
  const areFirst = (place: 'first' | 'second') => dates.every((date) => date[place] === 1);
  if (isMonths && areFirst('first') !== areFirst('second')) return areFirst('first') ? 'DMY' : 'MDY';
  const follow = (day: (date: (typeof dates)[number]) => number) => {
    const days = dates.map(day);
    const rises = days.every((each, i) => i === 0 || each >= days[i - 1]!);
    return rises || days.every((each, i) => i === 0 || each <= days[i - 1]!);
  };
  const isDmy = follow(({ first, second, year }) => year * 400 + second * 32 + first);
  const isMdy = follow(({ first, second, year }) => year * 400 + first * 32 + second);
  return isDmy === isMdy ? undefined : isDmy ? 'DMY' : 'MDY';
}

/** Other texts that the order would make dates, such as versions. */
function isHurt(source: Source, column: ColumnReport): boolean {
  if (column.type !== 'text') return false;
  const values = [...samples(source, column), ...shownValues(source, column)].filter((value) => value !== '');
  return values.length > 0 && values.filter((value) => NUMBERS.test(value)).length > values.length * 0.9;
}

const FIRST: Record<DateOrder, string> = { DMY: 'day', MDY: 'month', YMD: 'year' };

/** Dates written with numbers only: the order is told where a number is over 12, or where rows follow in time. */
export const dateOrder: Suggest = (source) => {
  const { report } = source;
  if (report.options?.date_order !== undefined) return [];
  const found = report.columns.map((column) => ({ column, order: orderOf(column) }));
  const dated = found.filter(({ order }) => order !== undefined);
  const known = new Set(dated.flatMap(({ order }) => (order ? [order] : [])));
  if (known.size > 1) known.delete('YMD'); // a year that comes first is told in every order
  if (dated.length === 0 || known.size > 1) return [];
  const others = found.filter(({ order }) => order === undefined);
  if (others.some(({ column }) => isHurt(source, column))) return [];
  const columns = dated.map(({ column }) => column);
  const open = dated.filter(({ order }) => order === '').map(({ column }) => column);
  const ofRows = new Set(open.flatMap((column) => orderOfRows(source, column) ?? []));
  const told = [...known].find((each) => each !== 'YMD' || open.length === 0);
  const order = told ?? (ofRows.size === 1 ? [...ofRows][0] : undefined);
  const first = columns[0]!;
  const dates = `${whole(first.resembles!.matching)} of ${whole(first.count)} values are dates`;
  const why = told ? '' : ', because only then the first rows are in order of time';
  const message = order
    ? `${named(columns)}: ${dates} with the ${FIRST[order]} first${why} → ${become(columns, 'a date', 'dates')}`
    : `${named(columns)}: ${dates}, but no number is over 12, so it is not known whether the day or the month comes ` +
      `first → ${become(columns, 'a date', 'dates')}, with DMY the day first, with MDY the month first`;
  return [
    {
      code: 'date_order',
      message,
      columns: columns.map(({ name }) => name),
      evidence: { matching: first.resembles!.matching, values: first.count, ambiguous: order === undefined },
      options: { date_order: order ?? 'DMY' },
      ...(!order && { alternatives: [{ date_order: 'MDY' }] }),
    },
  ];
};
