import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OPTION_NAMES, OPTIONS, type OptionName } from '../../../../src/processing/options/describe-options.ts';
import { flagsOf, textOfValue, valueOfText } from '../../../../src/processing/options/option-texts.ts';

describe('what is typed', () => {
  test.each<[OptionName, string, unknown]>([
    ['delimiter', ';', ';'],
    ['delimiter', '\\t', '\t'],
    ['delimiter', 'tab', '\t'],
    ['delimiter', 'space', ' '],
    ['delimiter', 'U+0001', '\u0001'],
    ['delimiter', '\\u0001', '\u0001'],
    ['quote', 'none', null],
    ['escape', '\\', '\\'],
    ['thousands', 'space', ' '],
    ['thousands', 'U+00A0', '\u00a0'],
    ['header', 'false', false],
    ['header', '3', 3],
    ['header', '1, 2', [1, 2]],
    ['header', 'yes', 'yes'],
    ['skip_rows', '12', 12],
    ['skip_rows', '-1', '-1'],
    ['columns', 'a,b', ['a', 'b']],
    ['columns', '["a,b", "c"]', ['a,b', 'c']],
    ['null_tokens', '[-', ['[-']],
    ['types', 'zip=text,day=date', { zip: 'text', day: 'date' }],
    ['types', 'a,b=c=text', { 'a,b=c': 'text' }],
    ['types', 'zip=string', 'zip=string'],
    ['sheet', '2', 2],
    ['sheet', 'Sheet 2', 'Sheet 2'],
    ['lenient', 'true', true],
  ])('--%s %j', (name, text, value) => expect(valueOfText(OPTIONS[name], text)).toEqual(value));
});

test('a value is typed as it was given', () => {
  const character = fc.string({ minLength: 1, maxLength: 1 });
  const values: Partial<Record<OptionName, fc.Arbitrary<unknown>>> = {
    delimiter: character,
    quote: fc.option(character),
    header: fc.oneof(fc.boolean(), fc.nat(), fc.array(fc.nat(), { minLength: 2 })),
    skip_rows: fc.nat(),
    columns: fc.array(fc.string(), { minLength: 1 }),
    null_tokens: fc.array(fc.string()),
    types: fc.dictionary(fc.string(), fc.constantFrom('text', 'date', 'datetime'), {
      minKeys: 1,
      noNullPrototype: true,
    }),
    thousands: fc.constantFrom(',', "'", ' ', '\u00a0'),
    lenient: fc.boolean(),
    member: fc.string(),
  };
  for (const [name, arbitrary] of Object.entries(values)) {
    const option = OPTIONS[name as OptionName];
    fc.assert(
      fc.property(arbitrary, (value) => {
        expect(valueOfText(option, textOfValue(option, value))).toEqual(value);
      }),
    );
  }
});

test('flags can be pasted into a shell', () => {
  expect(flagsOf({ delimiter: ';', header: [1, 2], skip_rows: 3, lenient: true })).toBe(
    "--delimiter ';' --header 1,2 --skip-rows 3 --lenient",
  );
  expect(flagsOf({ thousands: "'", types: { 'a b': 'text' }, quote: null })).toBe(
    "--quote none --thousands ''\\''' --types 'a b=text'",
  );
  expect(flagsOf({})).toBe('');
});

test('what an option offers, it takes', () => {
  for (const name of OPTION_NAMES)
    for (const [text] of OPTIONS[name].offers ?? []) expect(valueOfText(OPTIONS[name], text), name).not.toBe('');
});
