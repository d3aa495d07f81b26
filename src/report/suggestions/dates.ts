import type { DateOrder } from '../../processing/options/read-options.ts';
import type { ColumnReport } from '../document.ts';
import { whole } from '../formatting.ts';
import { become, named, type Suggest } from './suggestion.ts';

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
};

/** The order of the numbers in a column's dates; undefined where it has others, or both orders. */
function orderOf({ type, resembles, count }: ColumnReport): DateOrder | '' | undefined {
  if (type !== 'text' || resembles?.type !== 'date' || resembles.matching < count * LEAST) return undefined;
  const orders = new Set(resembles.spellings.map(({ like }) => ORDERS[like]));
  orders.delete(orders.size > 1 ? '' : undefined);
  return orders.size === 1 ? [...orders][0] : undefined;
}

/** Dates written with numbers only: the order is told where a number is over 12. */
export const dateOrder: Suggest = ({ report }) => {
  const found = report.columns.map((column) => ({ column, order: orderOf(column) }));
  const dated = found.filter(({ order }) => order !== undefined);
  const known = new Set(dated.flatMap(({ order }) => (order ? [order] : [])));
  if (dated.length === 0 || known.size > 1) return [];
  const columns = dated.map(({ column }) => column);
  const first = columns[0]!;
  const order = [...known][0];
  const dates = `${whole(first.resembles!.matching)} of ${whole(first.count)} values are dates`;
  const message = order
    ? `${named(columns)}: ${dates} with the ${order === 'DMY' ? 'day' : 'month'} first → ` +
      become(columns, 'a date', 'dates')
    : `${named(columns)}: ${dates}, but no number is over 12, so it is not known whether the day or the month comes ` +
      `first → with the day first ${become(columns, 'a date', 'dates')} (MDY for the month first)`;
  return [
    {
      code: 'date_order',
      message,
      columns: columns.map(({ name }) => name),
      evidence: { matching: first.resembles!.matching, values: first.count, ambiguous: order === undefined },
      options: { date_order: order ?? 'DMY' },
    },
  ];
};
