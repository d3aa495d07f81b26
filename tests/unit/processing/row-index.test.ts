import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RowIndex } from '../../../src/processing/row-index.ts';
import { filtered, rowsWhere } from '../../support/filtered.ts';
import { formatOf, generatedTable } from '../../support/generated-table.ts';

test('the place before a row is the last that is not behind it', () => {
  const index = new RowIndex(10);
  for (const [row, byte] of [
    [1, 5],
    [3, 10],
    [4, 19],
    [9, 20],
  ] as const)
    index.add({ row, byte, state: undefined });
  expect(index.before(2)).toBeUndefined();
  expect(index.before(3)).toMatchObject({ row: 3, byte: 10 });
  expect(index.before(8)).toMatchObject({ row: 3 });
  expect(index.before(1e9)).toMatchObject({ row: 9, byte: 20 });
});

test('it holds a bounded number of places, of a larger file farther apart', () => {
  const index = new RowIndex(10, 4);
  for (let i = 1; i <= 1_000; i++) index.add({ row: i, byte: i * 10, state: undefined });
  const places = new Set(Array.from({ length: 1_001 }, (_, row) => index.before(row)?.row));
  expect(places.size).toBeLessThanOrEqual(6);
  expect(index.before(1_000)!.row).toBeGreaterThan(500);
});

/** 1,500 rows of it are more than a head. */
const LONG = 'x'.repeat(750);

describe('rows after a place are those of the whole file', () => {
  // of a CSV the first places are behind the head, which may be 1 MiB
  test.each([
    { kind: 'JSON list', most: 150, spacing: 500, numRuns: 40 },
    { kind: 'JSON lines', most: 150, spacing: 500, numRuns: 40 },
    { kind: 'narrow CSV', most: 15_000, spacing: 10_000, numRuns: 4 },
  ] as const)('of a $kind, for every row, however it is cut', async ({ kind, most, spacing, numRuns }) => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.constantFrom(most / 10, most, 7),
        fc.array(fc.nat(most), { minLength: 1, maxLength: 6 }),
        async (seed, size, afters) => {
          const pieces = kind === 'narrow CSV' ? 1_000 + size : size;
          const dataset = await filtered(generatedTable(kind, most, seed), formatOf(kind), { size: pieces });
          const where = [{ column: dataset.columns.at(-1)!.name, is_null: false }];
          const tuning = { blockBytes: 1_024 };
          const all = await rowsWhere(dataset, where, { tuning });
          const index = new RowIndex(spacing);
          const begun: number[] = [];
          const open = (from: number) => {
            begun.push(from);
            return dataset.open(from);
          };
          for (const after of [0, ...afters, most, most - 1]) {
            const { rows } = await rowsWhere({ ...dataset, open }, where, { after, index, tuning, first: 20 });
            const wanted = all.rows.filter(({ row }) => row > after).slice(0, 20);
            expect(JSON.stringify(rows)).toBe(JSON.stringify(wanted));
          }
          expect(begun[0]).toBe(0);
          expect(begun.at(-1)).toBeGreaterThan(0);
        },
      ),
      { numRuns },
    );
  });

  test('titles, quoted lines, CRLF, windows-1252 and NUL', async () => {
    const rows = Array.from({ length: 1_600 }, (_, i) =>
      i % 7 === 0 ? `${i},"a\r\n""b""",${LONG}\r\n` : `${i},caf\xe9,${LONG}\r\n\r\n`,
    );
    const text = `A title\r\nid,name,long\r\n${rows.join('')}`;
    for (const bytes of [Buffer.from(text, 'latin1'), Buffer.from(text.replace('7,caf', '7,c\0f'))]) {
      const dataset = await filtered(bytes, 'csv', { size: 33_333 });
      const all = await rowsWhere(dataset, []);
      const index = new RowIndex(7_000);
      for (const after of [0, 1, 1_057, 1_200, 1_201, 1_599, 1_600]) {
        const options = { after, index, tuning: { blockBytes: 1_024 } };
        expect(await rowsWhere(dataset, [], options)).toEqual({
          rows: all.rows.slice(after),
          matched: expect.any(Number),
          read: 1_600,
        });
      }
      expect(index.before(1_600)!.row).toBeGreaterThan(1_500);
    }
  });

  test('the number of all matches is of the whole file', async () => {
    const dataset = await filtered(generatedTable('JSON lines', 300, 1), 'json', { size: 100 });
    const index = new RowIndex(500);
    const options = { index, after: 250, tuning: { blockBytes: 1_024 } };
    await rowsWhere(dataset, [], options);
    expect(index.before(250)).toBeDefined();
    expect(await rowsWhere(dataset, [], { ...options, first: 3, countsAll: true })).toMatchObject({ matched: 300 });
  });
});
