import { expect, test } from 'vitest';
import { copied } from '../../../../src/web/rows/copy.ts';
import type { Column } from '../../../../src/web/rows/report.ts';
import type { GridRow, RowSource } from '../../../../src/web/rows/row-source.ts';

const columns = ['a', 'b', 'c'].map((name, i) => ({ name, position: i + 1 }) as Column);
const row = (values: GridRow['values'], cut?: number[]): GridRow => ({
  row: 1,
  line: 2,
  values,
  surplus: 0,
  cut: cut && new Set(cut),
});
const sourceOf = (...rows: (GridRow | undefined)[]) => ({ at: (index: number) => rows[index] }) as RowSource;
const area = (top: number, bottom: number, left: number, right: number) => ({ top, bottom, left, right });

test('cells are tab-separated, in quotes where a spreadsheet would divide them; nulls are empty', () => {
  const source = sourceOf(row(['1', null, 'x']), row(['2\t3', 'say "no"', 'line\nline']));
  expect(copied(source, columns, area(0, 1, 0, 2))).toEqual({
    text: '1\t\tx\n"2\t3"\t"say ""no"""\t"line\nline"',
    said: 'Copied 6 cells.',
  });
});

test('one cell alone is copied as it is', () => {
  const source = sourceOf(row(['say "no"\tand', null, 'x']));
  expect(copied(source, columns, area(0, 0, 0, 0))).toEqual({ text: 'say "no"\tand', said: 'Copied 1 cell.' });
  expect(copied(source, columns, area(0, 0, 1, 1)).text).toBe('');
});

test('only columns that are shown are copied', () => {
  const source = sourceOf(row(['1', '2', '3']));
  expect(copied(source, [columns[2]!, columns[0]!], area(0, 0, 0, 1)).text).toBe('3\t1');
});

test('what could not be copied is told', () => {
  const said = (...parts: Parameters<typeof copied>) => copied(...parts).said;
  expect(said(sourceOf(row(['1', '2', '3']), undefined), columns, area(0, 1, 0, 0))).toBe(
    'Copied 1 cell. 1 row of the selection is not loaded: download the rows as CSV.',
  );
  expect(said(sourceOf(row(['1', '2', '3'], [1])), columns, area(0, 0, 0, 2))).toMatch(/cut: open the row/);
  expect(said(sourceOf(row(['1', '2', '3'], [1])), columns, area(0, 0, 0, 0))).toBe('Copied 1 cell.');
});

test('at most 5,000 rows are copied', () => {
  const source = { at: () => row(['1', '2', '3']) } as unknown as RowSource;
  const { text, said } = copied(source, columns, area(0, 999_999, 0, 0));
  expect(text.split('\n')).toHaveLength(5_000);
  expect(said).toContain('995,000 rows of the selection are not loaded');
});
