import { expect, test } from 'vitest';
import { collectPage } from '../../../src/services/row-page.ts';
import { type Found, type RowsOfDataset, shownRow, type WholeRow } from '../../../src/services/rows.ts';

const row = (number: number, text: string): WholeRow => ({ row: number, line: number + 1, fields: [['a', text]] });

/** Rows that are found, and which of them were asked for. */
function found(parts: Found[]) {
  const taken: Found[] = [];
  async function* all(): AsyncGenerator<Found> {
    for (const part of parts) {
      taken.push(part);
      yield part;
    }
  }
  return { rows: { found: all() } as RowsOfDataset, taken };
}

test('a page, its next one and the count', async () => {
  const rows = [row(1, 'x'), row(2, 'y')];
  const { rows: last } = found([{ rows }, { next: null }]);
  expect(await collectPage(last, false)).toEqual({ rows: rows.map(shownRow), hasNext: false, count: undefined });
  const { rows: counted } = found([{ rows }, { next: 'row_2' }, { rows: [] }, { count: 9 }]);
  expect(await collectPage(counted, true)).toEqual({ rows: rows.map(shownRow), hasNext: true, count: 9 });
});

test('without a count nothing is read past the page', async () => {
  const { rows, taken } = found([{ rows: [row(1, 'x')] }, { next: 'row_1' }, { rows: [] }]);
  await collectPage(rows, false);
  expect(taken).toHaveLength(2);
});

test('long values end a page early, with a next one; the count is still of all', async () => {
  const long = 'x'.repeat(3_000_000);
  const all = [1, 2, 3, 4, 5].map((number) => row(number, long));
  const page = await collectPage(found([{ rows: all }, { next: null }, { count: 5 }]).rows, true);
  expect([page.rows.map((each) => each.row), page.hasNext, page.count]).toEqual([[1, 2, 3], true, 5]);
  const short = await collectPage(found([{ rows: all.slice(0, 3) }, { next: null }]).rows, false);
  expect([short.rows.length, short.hasNext]).toEqual([3, false]);
});
