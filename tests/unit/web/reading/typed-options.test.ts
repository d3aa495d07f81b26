import { expect, test } from 'vitest';
import { inputOf, optionsOf, typedOf, withOptions } from '../../../../src/web/reading/typed-options.ts';

test('fields that are empty say nothing', () => {
  expect(optionsOf({ delimiter: '', header: '' })).toEqual({ options: {} });
  expect(optionsOf({ delimiter: '\\t', header: '2', types: 'zip=text' })).toEqual({
    options: { delimiter: '\t', header: 2, types: { zip: 'text' } },
  });
});

test('what cannot be is said with the label of its field', () => {
  expect(optionsOf({ skip_rows: 'many' })).toEqual({
    problem: 'Skip lines at the beginning must be a whole number from 0 to 2147483647, not "many".',
  });
});

test('options fill the form, and come out of it', () => {
  const options = { quote: null, header: [1, 2], thousands: '\u00a0', null_tokens: ['a,b'], lenient: true } as const;
  expect(optionsOf(typedOf(options as never))).toEqual({ options });
});

test('the root of a document, a sheet of digits and texts with space are not lost', () => {
  for (const options of [{ records: '' }, { sheet: '2024' }, { sheet: 2 }, { columns: [' a', 'b '] }])
    expect(optionsOf(typedOf(options))).toEqual({ options });
  expect(optionsOf({ more_null_tokens: '-999, ?' })).toEqual({ options: { more_null_tokens: ['-999', '?'] } });
});

test('a suggestion goes on top of what is there', () => {
  expect(withOptions({ header: 1, types: { a: 'text' } }, { decimal: ',', types: { b: 'date' } })).toEqual({
    header: 1,
    decimal: ',',
    types: { a: 'text', b: 'date' },
  });
  expect(withOptions({ more_null_tokens: ['?', '-'] }, { more_null_tokens: ['-', '-999'] })).toEqual({
    more_null_tokens: ['?', '-', '-999'],
  });
  expect(withOptions({}, { types: { b: 'date' } })).toEqual({ types: { b: 'date' } });
});

test('GraphQL has other names', () => {
  expect(inputOf({ format: 'csv', skip_rows: 2, quote: null, date_order: 'DMY', types: { zip: 'text' } })).toEqual({
    format: 'CSV',
    skipRows: 2,
    quote: null,
    dateOrder: 'DMY',
    types: [{ column: 'zip', type: 'TEXT' }],
  });
});
