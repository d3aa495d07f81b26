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
    ['skip_rows', ' 12', 12],
    ['skip_rows', '-1', '-1'],
    ['columns', 'a,b', ['a', 'b']],
    ['columns', '["a,b", "c"]', ['a,b', 'c']],
    ['null_tokens', '[-', ['[-']],
    ['more_null_tokens', '-999, ?', ['-999', '?']],
    ['more_null_tokens', '-999,?, n s ', ['-999', '?', 'n s']],
    ['more_null_tokens', '[" ?"]', [' ?']],
    ['null_tokens', '[]', []],
    ['columns', 'first name , last name', ['first name', 'last name']],
    ['types', 'zip=text,day=date', { zip: 'text', day: 'date' }],
    ['types', 'a,b=c=text', { 'a,b=c': 'text' }],
    ['types', 'zip=string', 'zip=string'],
    ['sheet', '2', 2],
    ['types', '{"a=text,b": "date"}', { 'a=text,b': 'date' }],
    ['sheet', ' 2 ', 2],
    ['sheet', '"2024"', '2024'],
    ['sheet', '"Q1" and "Q2"', '"Q1" and "Q2"'],
    ['sheet', 'Sheet 2', 'Sheet 2'],
    ['records', '/a b', '/a b'],
    ['records', '""', ''],
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
    sheet: fc.oneof(fc.nat(), fc.string(), fc.nat().map(String)),
    records: fc.oneof(
      fc.constant(''),
      fc.string().map((text) => `/${text}`),
    ),
    types: fc.dictionary(fc.oneof(fc.string(), fc.constant('a=text,b')), fc.constantFrom('text', 'date', 'datetime'), {
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
        const text = textOfValue(option, value);
        expect(valueOfText(option, text)).toEqual(value);
        if (name !== 'member') expect(text).not.toBe(''); // which would say nothing in a form
      }),
    );
  }
});

test('flags can be pasted into a shell', () => {
  expect(flagsOf({ delimiter: ';', header: [1, 2], skip_rows: 3, lenient: true })).toBe(
    "--delimiter ';' --header 1,2 --skip-rows 3 --lenient",
  );
  expect(flagsOf({ thousands: "'", types: { 'a b': 'text' }, quote: null })).toBe(
    `--quote none --thousands "'" --types 'a b=text'`,
  );
  expect(flagsOf({ member: "it's $HOME" })).toBe("--member 'it'\\''s $HOME'");
  expect(flagsOf({})).toBe('');
});

test('what an option offers, it takes', () => {
  for (const name of OPTION_NAMES)
    for (const [text] of OPTIONS[name].offers ?? []) expect(valueOfText(OPTIONS[name], text), name).not.toBe('');
});
