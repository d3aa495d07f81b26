import { type RowsOfDataset, type ShownRow, shownRow, type WholeRow } from './rows.ts';

/**
 * Characters of values after which a page that is held in memory ends, however many rows were asked for: a value may
 * have 16 MiB.
 */
const MAX_PAGE_LENGTH = 8_388_608;

/** A page of rows that is sent as a whole. */
export interface RowPage {
  rows: ShownRow[];
  hasNext: boolean;
  /** All rows for which the conditions hold, where they were counted. */
  count: number | undefined;
}

/**
 * Collects a page. It ends early, with a next page, when its values are too long in all.
 * @param counts whether the scan goes on to its end for the number of all rows
 */
export async function collectPage({ found }: RowsOfDataset, counts: boolean): Promise<RowPage> {
  const page: RowPage = { rows: [], hasNext: false, count: undefined };
  let length = 0;
  for await (const part of found) {
    if ('next' in part) page.hasNext ||= part.next !== null;
    else if ('count' in part) page.count = part.count;
    else
      for (const row of part.rows) {
        if (length >= MAX_PAGE_LENGTH) page.hasNext = true;
        else page.rows.push(shownRow(row));
        length += lengthOf(row);
      }
    if (page.hasNext && !counts) break;
  }
  return page;
}

const lengthOf = ({ fields, surplus = [] }: WholeRow): number =>
  [...fields.map(([, value]) => value), ...surplus].reduce<number>(
    (length, value) => length + (typeof value === 'string' ? value.length : JSON.stringify(value).length),
    0,
  );
