import { describe, expect, test } from 'vitest';
import { FORMATS } from '../../../../src/processing/formats/formats.ts';
import {
  OPTION_NAMES,
  OPTIONS,
  type OptionName,
  scopeOf,
} from '../../../../src/processing/options/describe-options.ts';
import type { ReadOptions } from '../../../../src/processing/options/read-options.ts';
import { unusedOptions } from '../../../../src/processing/options/unused-options.ts';
import { profileDataset } from '../../../../src/processing/profile.ts';

/** A value of each option that a file of its formats could be read with. */
const VALUES: Required<ReadOptions> = {
  format: 'csv',
  encoding: 'utf-8',
  delimiter: ',',
  quote: null,
  escape: '\\',
  header: false,
  skip_rows: 1,
  skip_footer: 1,
  comment: '#',
  columns: ['x'],
  null_tokens: [],
  more_null_tokens: ['?'],
  decimal: ',',
  thousands: ' ',
  types: { a: 'text' },
  date_order: 'DMY',
  sheet: 1,
  member: 'a.csv',
  records: '/data',
  lenient: true,
};
const LAYOUT: OptionName[] = ['header', 'skip_rows', 'skip_footer', 'comment', 'columns'];
const USED: Record<string, readonly OptionName[]> = {
  csv: ['encoding', 'delimiter', 'quote', 'escape', ...LAYOUT],
  json: ['encoding', 'records', 'lenient'],
  ndjson: ['encoding', 'records', 'lenient'],
  xlsx: [...LAYOUT, 'sheet'],
  parquet: [],
};
const ALWAYS: OptionName[] = [
  'format',
  'null_tokens',
  'more_null_tokens',
  'decimal',
  'thousands',
  'types',
  'date_order',
];
const warned = (options: ReadOptions, file: { format: string; compression?: { kind: string } }, stored?: string) =>
  unusedOptions(options, { bytes: 1, ...file }, [stored === undefined ? {} : { storedType: stored }]);

describe.each(Object.keys(USED))('in a file of %s', (format) => {
  test.each(OPTION_NAMES)('%s', (name) => {
    const isUsed = USED[format]!.includes(name) || ALWAYS.includes(name);
    const value = name === 'format' ? format : VALUES[name];
    const found = warned({ [name]: value }, { format });
    expect(found.map(({ code }) => code)).toEqual(isUsed ? [] : ['unused_options']);
    if (!isUsed)
      expect(found[0]!.message).toBe(`The option ${name} changes nothing here: it is for ${scopeOf(OPTIONS[name])}.`);
  });
});

test('those of the same formats are one warning', () => {
  const options = { sheet: 1, records: '/a', lenient: true, member: 'a' };
  expect(warned(options, { format: 'csv', compression: { kind: 'zip' } }).map(({ message }) => message)).toEqual([
    'The option sheet changes nothing here: it is for Excel.',
    'The options records and lenient change nothing here: they are for JSON.',
  ]);
  expect(warned({ member: 'a' }, { format: 'csv', compression: { kind: 'gzip' } })).toHaveLength(1);
});
test.each([
  ['csv', 'xlsx', 'The option format is csv, but the file is Excel, and was read as that.'],
  ['json', 'ndjson', undefined],
  ['ndjson', 'json', undefined],
  ['csv', 'csv', undefined],
])('the format %s of a file that is read as %s', (format, found, message) => {
  expect(warned({ format }, { format: found })[0]?.message).toBe(message);
});
test('what would change nothing anywhere is not told', () => {
  expect(warned({ lenient: false, skip_rows: 0, skip_footer: 0 }, { format: 'parquet' })).toEqual([]);
  expect(warned({ header: false }, { format: 'json' })).toHaveLength(1);
});
test.each(['decimal', 'thousands', 'date_order'] as const)('%s of a typed file is about its texts', (name) => {
  const options = { [name]: VALUES[name] };
  for (const text of ['STRING', 'ENUM', 'JSON', undefined])
    expect(warned(options, { format: 'parquet' }, text)).toEqual([]);
  expect(warned(options, { format: 'parquet' }, 'DOUBLE')[0]!.message).toBe(
    `The option ${name} changes nothing here: it is for texts, and no column of the file holds any.`,
  );
});

test('formats are called as everywhere else', () => {
  for (const { formats = [], container, ...option } of Object.values(OPTIONS)) {
    for (const name of formats) {
      const { label } = FORMATS.find((format) => format.name === name || format.variants?.includes(name))!;
      expect(scopeOf({ formats: [name] })).toBe(label);
    }
    if (container) expect(FORMATS.map(({ name }) => name)).toContain(container);
    expect(scopeOf({ ...option, formats: [] })).toBe('');
  }
  expect(scopeOf(OPTIONS.encoding)).toBe('CSV and JSON');
});

test('the warning is in the profile of the file', async () => {
  async function* json() {
    yield Buffer.from('[{"a":1}]');
  }
  const { warnings } = await profileDataset(json(), { format: 'json', readOptions: { header: 2, delimiter: ';' } });
  expect(warnings.map(({ message }) => message)).toEqual([
    'The option delimiter changes nothing here: it is for CSV.',
    'The option header changes nothing here: it is for CSV and Excel.',
  ]);
});
