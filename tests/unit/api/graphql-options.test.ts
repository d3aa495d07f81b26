import { expect, test } from 'vitest';
import { readInput } from '../../../src/api/graphql/read-options.ts';

test('options of the input are those of REST', () => {
  expect(readInput({ skipRows: 2, dateOrder: 'DMY', types: [{ column: 'a', type: 'text' }], quote: null })).toEqual({
    quote: null,
    skip_rows: 2,
    types: { a: 'text' },
    date_order: 'DMY',
  });
  expect(readInput({ delimiter: null })).toBe('none');
  expect(readInput(null)).toBeUndefined();
});

test('a refusal calls them as the input does', () => {
  expect(() => readInput({ skipRows: -1 })).toThrow(/^"skipRows" must be a whole number/);
  expect(() => readInput({ delimiter: ';', quote: ';' })).toThrow('"delimiter" and "quote" must be different');
  expect(() => readInput({ types: [1, 2].map(() => ({ column: 'a', type: 'text' })) })).toThrow('names the column "a"');
});
