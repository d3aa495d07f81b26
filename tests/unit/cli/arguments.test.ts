import { expect, test } from 'vitest';
import { type ProfileArguments, readArguments, UsageError } from '../../../src/cli/arguments.ts';

const optionsOf = (...args: string[]) => (readArguments(['profile', 'a.csv', ...args]) as ProfileArguments).options;

test.each<[string[], object | undefined]>([
  [[], undefined],
  [['--delimiter', ';', '--header', '1,2', '--lenient'], { delimiter: ';', header: [1, 2], lenient: true }],
  [['--null-tokens', '-999,-', '--stats'], { null_tokens: ['-999', '-'] }],
  [['--more-null-tokens=-1', '--more-null-tokens', '-2'], { more_null_tokens: ['-1', '-2'] }],
  [['--more-null-tokens', '--', '--null-tokens', '-9'], { null_tokens: ['-9'], more_null_tokens: ['--'] }],
  [['--more-null-tokens', '--', '--comment', '--'], { comment: '--', more_null_tokens: ['--'] }],
  [
    ['--delimiter', '-', '--types', 'zip=text', '--types', 'b=date'],
    { delimiter: '-', types: { zip: 'text', b: 'date' } },
  ],
])('%j', (args, options) => expect(optionsOf(...args)).toEqual(options));

test('behind -- everything is a file', () => {
  expect(readArguments(['profile', '--stats', '--', '--null-tokens'])).toMatchObject({ file: '--null-tokens' });
  expect(() => readArguments(['profile', '--', '--null-tokens', '-9'])).toThrow('profile takes one file.');
});

test.each<[string[], string, string]>([
  [
    ['--types', 'zip=txt'],
    '--types must be NAME=TYPE, with one of the types integer, decimal, boolean, date, datetime, json, text, ' +
      'not "zip=txt".',
    '--help options',
  ],
  [['--quote', 'ab'], '--quote must be one character and no line end, or none, not "ab".', '--help options'],
  [
    ['--delimiter', '"'],
    '--delimiter is the quote: give --quote as well, none where no character quotes.',
    '--help options',
  ],
  [
    ['--decimal', ',', '--thousands', ','],
    '--decimal and --thousands must be different, not both ",".',
    '--help options',
  ],
  [['--format', 'sheet'], '--format must be one of csv, json, ndjson, parquet, xlsx, not "sheet".', '--help options'],
  [['--header', '1', '--header', '2'], '--header is given more than once.', '--help options'],
  [['--fast'], "Unknown option '--fast'.", '--help'],
  [['--output', 'pdf'], '--output must be one of json, table, markdown, csv, html, not "pdf".', '--help'],
])('%j is refused as it was typed', (args, sentence, help) => {
  let error: unknown;
  try {
    optionsOf(...args);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(UsageError);
  expect(error).toMatchObject({ message: sentence, help });
});
