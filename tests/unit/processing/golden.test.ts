import { existsSync, globSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportSchema } from '../../../src/report/report-schema.ts';
import { profileText } from '../../support/profile-text.ts';
import { comparable } from '../../support/report-value.ts';

/**
 * Each input of tests/golden with the whole report, or the whole sentence of the error, that it must give.
 * tests/golden/README.md says which sentence of the contract each pair holds.
 */
const validate = new Ajv2020().compile(reportSchema);
const inputs = globSync('tests/golden/*.{csv,json,ndjson}')
  .filter((file) => !file.endsWith('.expected.json'))
  .sort();

/** What the engine does not do yet as the contract has it: take the line away when its test says that it passes. */
const WRONG: Record<string, string> = {
  'duplicates-nested.json': 'nested values are all counted as one, ""',
  'overflowing-range.csv': 'the largest values are counted in bin 1 in place of the last',
  'repeated-key-nested.json': 'a nested value is shown as ""; the warning names a nested key as its column',
  'subnormal.csv': 'the deviation holds 9 digits; the largest value is counted in bin 1 in place of the last',
};

test('there are golden pairs', () => expect(inputs.length).toBeGreaterThan(190));

test.each(globSync('tests/golden/*.expected.json'))('%s has its input', (file) => {
  expect(existsSync(file.replace('.expected.json', ''))).toBe(true);
});

test('what is said to be wrong is there', () => {
  const names = inputs.map((file) => file.replace('tests/golden/', ''));
  expect(names).toEqual(expect.arrayContaining(Object.keys(WRONG)));
});

describe.each(inputs)('%s', (file) => {
  const bytes = readFileSync(file);
  const format = file.endsWith('.csv') ? 'csv' : 'json';
  const expectedText = readFileSync(`${file}.expected.json`, 'utf8');
  const { error } = JSON.parse(expectedText);
  const wrong = WRONG[file.replace('tests/golden/', '')];

  if (error === undefined)
    test('what is expected is a report, as reports are written', () => {
      const expected = JSON.parse(expectedText);
      expect(validate(expected), JSON.stringify(validate.errors)).toBe(true);
      expect(expectedText.startsWith('{\n  "schema_version": 1,\n')).toBe(true);
    });

  (wrong ? test.fails : test)(`is as expected${wrong ? ` (wrong: ${wrong})` : ''}`, async () => {
    const text = await profileText(bytes, format);
    if (error !== undefined) return expect(text).toBe(`${error}\n`);
    expect(text.startsWith('{'), text).toBe(true);
    expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
    const { actual, expected } = comparable(text, expectedText);
    expect(actual).toEqual(expected);
  });

  test('is the same however it is cut', async () => {
    const whole = await profileText(bytes, format);
    expect(await profileText(bytes, format, [...bytes.keys()])).toBe(whole);
    const offsets = fc.array(fc.nat(bytes.length), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(offsets, async (at) => (await profileText(bytes, format, at)) === whole),
      { numRuns: 20 },
    );
  });
});
