import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textOf } from '../../../../src/web/rows/row-source.ts';
import { RowsReader, type SentRow } from '../../../../src/web/rows/rows-reader.ts';

function read(pieces: string[]) {
  const rows: SentRow[] = [];
  const nexts: (string | null)[] = [];
  const reader = new RowsReader(
    (row) => rows.push(row),
    (next) => nexts.push(next),
  );
  for (const piece of pieces) reader.push(piece);
  return { rows, nexts, end: () => reader.end() };
}

const row = (n: number, value: unknown) => ({ row: n, line: n + 1, values: { 'a "]}': value } });

test('rows, the next cursor and the count, wherever the response is cut', () => {
  const values = fc.oneof(fc.string({ unit: 'binary' }), fc.constant('}],"next":"x"\\'), fc.constant(null), fc.json());
  fc.assert(
    fc.property(fc.array(values), fc.array(fc.nat()), (all, cuts) => {
      const rows = all.map((value, i) => row(i + 1, value));
      const text = JSON.stringify({ rows, next: 'row_"7"', count: 12 });
      const places = [0, ...cuts.map((cut) => cut % text.length).sort((a, b) => a - b), text.length];
      const found = read(places.slice(1).map((place, i) => text.slice(places[i], place)));
      expect(found.rows).toEqual(rows);
      expect(found.nexts).toEqual(['row_"7"']);
      expect(found.end()).toMatchObject({ next: 'row_"7"', count: 12 });
    }),
  );
});

test('rows and the cursor are told before the count has arrived', () => {
  const { rows, nexts } = read(['{"rows":[{"row":1,"line":2,"values":{}}', '],"next":null,']);
  expect(rows).toHaveLength(1);
  expect(nexts).toEqual([null]);
});

test('a response that broke off is an error, one without a cursor is not', () => {
  expect(() => read(['{"rows":[{"row":1,']).end()).toThrow(SyntaxError);
  expect(read(['{"rows":[]}\n']).end()).toEqual({ rows: [] });
});

test('numbers stay as they are written', () => {
  const { rows } = read(['{"rows":[{"row":1,"line":1,"values":{"a":1.50,"b":12345678901234567890,"c":{"d":2.0}}}]}']);
  expect(Object.values(rows[0]!.values).map(textOf)).toEqual(['1.50', '12345678901234567890', '{"d":2.0}']);
});

test('a response of more characters than a browser can hold is refused', () => {
  const reader = new RowsReader(() => {});
  reader.push('{"rows":[{"row":1,"line":1,"values":{"a":"');
  const piece = 'x'.repeat(8 * 1024 * 1024);
  expect(() => {
    for (let i = 0; i < 9; i++) reader.push(piece);
  }).toThrow('too large to be shown');
});
