import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { HEAD_ROWS, MAX_COLUMNS } from '../../../../src/processing/limits.ts';
import { OPTION_NAMES, OPTIONS } from '../../../../src/processing/options/describe-options.ts';
import { optionsSchema } from '../../../../src/processing/options/options-schema.ts';
import {
  isSameReading,
  OptionsError,
  parseOptions,
  validateOptions,
} from '../../../../src/processing/options/validate-options.ts';

/** Values that each option takes, and some that it does not. */
const CASES: Record<string, [allowed: unknown[], refused: unknown[]]> = {
  format: [
    ['csv', 'json', 'ndjson', 'parquet', 'xlsx'],
    ['xls', 'CSV', '', null, 1],
  ],
  encoding: [
    ['windows-1251', 'shift_jis', 'utf-16le', 'latin1'],
    ['klingon', '', 'replacement', null, 5],
  ],
  delimiter: [
    [',', ';', '\t', ' ', '^', '~', '\u0001', '¦', '😀'],
    ['', ',,', '\ufeff', '\n', '\r', '\u0000', '\ud800', null, 5],
  ],
  quote: [
    ['"', "'", null],
    ['', '""', '\n', false],
  ],
  escape: [
    ['\\', '"'],
    ['', '\\\\', null],
  ],
  header: [
    [true, false, 1, 3, [1, 2], [2, 5]],
    [
      0,
      -1,
      1.5,
      1_001,
      '1',
      [],
      [2, 1],
      Array.from({ length: 21 }, (_, i) => i + 1),
      [1, 1],
      [0, 1],
      [1, '2'],
      Array.from({ length: 21 }, (_, i) => i + 1),
      null,
    ],
  ],
  skip_rows: [
    [0, 7, 2_147_483_647],
    [-1, 0.5, '7', null, Number.NaN],
  ],
  skip_footer: [
    [0, 1_000],
    [1_001, -1, true],
  ],
  comment: [
    ['#', '//', '-- '],
    ['', 5, null, '\u0000', '#\n', '\r', 'x'.repeat(201)],
  ],
  columns: [
    [['a'], ['a', 'b'], [''], ['😀'.repeat(1_024)]],
    [['x'.repeat(1_025)], [], 'a', [1], [null], ['\u0000']],
  ],
  null_tokens: [
    [[], ['-999', '']],
    ['-999', [999], Array.from({ length: 101 }, () => 'x')],
  ],
  more_null_tokens: [[['?']], [[], '?']],
  decimal: [
    [',', '.'],
    [';', '', null],
  ],
  thousands: [
    [',', '.', "'", ' ', '\u00a0', '\u202f'],
    ['_', '', null],
  ],
  types: [
    [{ zip: 'text', day: 'date' }, {}],
    [{ zip: 'string' }, ['text'], 'text', null],
  ],
  date_order: [
    ['DMY', 'MDY', 'YMD'],
    ['dmy', 'YDM', null],
  ],
  sheet: [
    ['Sheet 1', 1, 'x'.repeat(80)],
    ['', '\u0000', 'x'.repeat(81), 2 ** 53, 0, 1.5, null, true],
  ],
  member: [['a/b.csv'], ['', 5, null]],
  records: [
    ['', '/data', '/a/0/b~1c'],
    ['data', null, 5, `/${'x'.repeat(1_024)}`, '/\u0000'],
  ],
  lenient: [
    [true, false],
    ['true', 1, null],
  ],
};

describe('what an option takes', () => {
  test('every option has cases', () => expect(Object.keys(CASES)).toEqual(OPTION_NAMES));
  for (const [name, [allowed, refused]] of Object.entries(CASES)) {
    test.each(allowed.map((value) => [value]))(`${name} may be %j`, (value) => {
      expect(validateOptions({ [name]: value })).toEqual({ [name]: value });
    });
    test.each(refused.map((value) => [value]))(`${name} may not be %j`, (value) => {
      expect(() => validateOptions({ [name]: value })).toThrow(OptionsError);
      expect(() => validateOptions({ [name]: value })).toThrow(new RegExp(`^"${name}" must be .+, not `));
    });
  }
});

describe('the schema agrees', () => {
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(optionsSchema);
  /** What a schema cannot say: which labels there are, that a list rises, that half of a pair is no character. */
  const isUnsaid = (name: string, value: unknown) =>
    (name === 'encoding' && typeof value === 'string' && value !== '') ||
    (name === 'header' && JSON.stringify(value) === '[2,1]') ||
    (typeof value === 'string' && !value.isWellFormed());
  for (const [name, [allowed, refused]] of Object.entries(CASES)) {
    test.each(allowed.map((value) => [value]))(`${name} may be %j`, (value) => {
      expect(validate({ [name]: value })).toBe(true);
    });
    test.each(
      refused.filter((value) => !isUnsaid(name, value)).map((value) => [value]),
    )(`${name} may not be %j`, (value) => expect(validate({ [name]: value })).toBe(false));
  }
});

test.each<[object, string]>([
  [{ decimal: ';' }, '"decimal" must be one of "," (comma), "." (point), not ";".'],
  [
    { thousands: '_' },
    '"thousands" must be one of "," (comma), "." (point), "\'" (apostrophe), " " (space), ' +
      'U+00A0 (no-break space), U+202F (narrow no-break space), not "_".',
  ],
  [{ date_order: 'YDM' }, '"date_order" must be one of DMY, MDY, YMD, not "YDM".'],
  [
    { header: [2, 1] },
    '"header" must be true, false, a row number from 1 to 1000, or a rising list of at most 20 such numbers, ' +
      'not [2,1].',
  ],
  [{ comment: '#\n' }, '"comment" must be a text of 1 to 200 characters without a line end, not "#\\n".'],
  [{ sheet: 'x'.repeat(81) }, '"sheet" must be a sheet\'s name of at most 80 characters, or its number from 1, not "'],
  [{ delimiter: '"' }, '"delimiter" is the quote: give "quote" as well, null where no character quotes.'],
])('a refusal says what is allowed: %j', (options, message) => {
  expect(() => validateOptions(options)).toThrow(message);
});

test('limits are those of the engine', () => {
  expect(OPTIONS.header).toMatchObject({ most: HEAD_ROWS });
  expect(OPTIONS.columns).toMatchObject({ most: MAX_COLUMNS });
});

test('an unknown name is refused with all that are known', () => {
  expect(() => validateOptions({ delimeter: ';' })).toThrow(
    `Unknown option "delimeter". Allowed are ${OPTION_NAMES.join(', ')}.`,
  );
  expect(() => validateOptions(JSON.parse('{"__proto__": 1}'))).toThrow('Unknown option "__proto__"');
});

test.each([[null], [[]], ['x'], [5], [undefined]])('%j is no object of options', (given) => {
  expect(() => validateOptions(given)).toThrow('"options" must be a JSON object, such as {"delimiter": ";"}.');
});

test('one character is not two things', () => {
  expect(() => validateOptions({ decimal: ',', thousands: ',' })).toThrow(
    '"decimal" and "thousands" must be different, not both ",".',
  );
  expect(() => validateOptions({ delimiter: ';', quote: ';' })).toThrow(/must be different/);
  expect(validateOptions({ delimiter: '"', quote: null })).toEqual({ delimiter: '"', quote: null });
  expect(validateOptions({ delimiter: ',', decimal: ',' })).toEqual({ delimiter: ',', decimal: ',' });
});

test('no option is none; the same options are the same text', () => {
  expect(validateOptions({})).toBeUndefined();
  expect(parseOptions(' {} ')).toBeUndefined();
  const one = parseOptions('{"types": {"b": "text", "a": "date"}, "encoding": "Windows-1251", "delimiter": ";"}');
  const other = parseOptions('{"delimiter": ";", "encoding": "windows-1251", "types": {"a": "date", "b": "text"}}');
  expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  expect(isSameReading(one, other)).toBe(true);
  expect(isSameReading(one, undefined)).toBe(false);
  expect(isSameReading(undefined, undefined)).toBe(true);
});

test.each(['', '{', 'delimiter=;', "{'delimiter': ';'}"])('what is not JSON is refused: %j', (text) => {
  expect(() => parseOptions(text)).toThrow('"options" is not JSON: write an object such as {"delimiter": ";"}.');
});

test('a name of a column may be that of a member of every object', () => {
  const options = parseOptions('{"types": {"__proto__": "text", "constructor": "date"}}');
  expect(JSON.stringify(options)).toBe('{"types":{"__proto__":"text","constructor":"date"}}');
});

test('the schema allows what is allowed', () => {
  const { properties } = optionsSchema as { properties: Record<string, Record<string, unknown>> };
  expect(properties.delimiter).toMatchObject({ minLength: 1, maxLength: 1 });
  expect(properties.header).toMatchObject({ oneOf: [{}, { maximum: HEAD_ROWS }, { maxItems: 20 }] });
  expect(properties.sheet).toMatchObject({ oneOf: [{ maxLength: 80 }, { minimum: 1 }] });
});

test('the schema has each option with what it does', () => {
  expect(Object.keys(optionsSchema.properties)).toEqual(OPTION_NAMES);
  for (const [name, { help, otherwise, label }] of Object.entries(OPTIONS)) {
    expect(help, name).toMatch(/^[A-Z].*\.$/);
    expect(otherwise, name).not.toMatch(/\.$/);
    expect(label, name).toMatch(/^[A-Z]/);
  }
});
