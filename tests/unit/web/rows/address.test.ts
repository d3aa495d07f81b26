import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressOf, selectionOf, viewOf } from '../../../../src/web/rows/address.ts';

const view = (address: string) => {
  const { search, hash } = new URL(address, 'http://host/datasets/1/');
  return viewOf(search, hash);
};

test('an address without a query is all rows', () => {
  expect(view('rows')).toEqual({ where: [], rows: '', wrap: false });
});

test('one condition and a list of them', () => {
  expect(view('rows?where={"column":"Age","is_null":true}').where).toEqual([{ column: 'Age', is_null: true }]);
  expect(view('rows?where=[{"bad":true},{"duplicate":true}]').where).toEqual([{ bad: true }, { duplicate: true }]);
});

test.each(['{', '1', '"a"', 'null', '[1]', '[[]]'])('where=%s is told to be wrong', (where) => {
  expect(view(`rows?where=${where}`).problem).toContain('"where" takes JSON');
});

test.each(['0', '-3', '1.5', 'x', '1e3'])('row=%s is told to be no row', (row) => {
  expect(view(`rows?row=${row}`).problem).toBe(`The address names no row: "row" takes a number from 1, not "${row}".`);
});

test.each(['x', '1,,2', '-1', '1;2'])('columns=%s is told to be no columns', (columns) => {
  expect(view(`rows?columns=${columns}`).problem).toContain('"columns" takes numbers from 1');
});

test("a report's links mark a row and a cell, and name rows", () => {
  expect(view('rows?rows=17,204#r204c3')).toMatchObject({ rows: '17,204', row: 204, cell: 3 });
  expect(view('rows?rows=12-22#r17')).toMatchObject({ rows: '12-22', row: 17, cell: undefined });
  expect(view('rows?row=5#c2')).toMatchObject({ row: 5, cell: 2 });
  expect(view('rows#elsewhere')).toMatchObject({ row: undefined, cell: undefined });
});

test('what is shown comes back from its address', () => {
  const text = fc.string({ unit: 'binary' });
  const condition = fc.record({ column: text, in: fc.array(text, { minLength: 1 }) });
  const position = fc.integer({ min: 1, max: 1e6 });
  const views = fc.record({
    where: fc.array(condition),
    rows: fc.constant(''),
    row: fc.option(position, { nil: undefined }),
    cell: fc.option(position, { nil: undefined }),
    columns: fc.option(fc.array(position), { nil: undefined }),
    wrap: fc.boolean(),
  });
  fc.assert(
    fc.property(views, (wanted) => {
      expect(view(addressOf(wanted))).toEqual(wanted);
    }),
  );
});

test('the selection is what downloads ask for: no place, no columns', () => {
  expect(selectionOf(view('rows?rows=1-3&wrap=true&row=2'))).toBe('rows=1-3');
  expect(selectionOf(view('rows?row=2'))).toBe('');
  expect(decodeURIComponent(selectionOf(view('rows?where={"bad":true}&columns=1')))).toBe('where={"bad":true}');
});
