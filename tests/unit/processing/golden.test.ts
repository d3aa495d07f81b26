import { globSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportSchema } from '../../../src/report/report-schema.ts';
import { GOLDEN_INPUTS } from '../../support/golden-inputs.ts';
import { profileText } from '../../support/profile-text.ts';
import { comparable } from '../../support/report-value.ts';

/**
 * Each input of tests/golden with the whole report, or the whole sentence of the error, that it must give.
 * tests/golden/README.md lists what each pair holds.
 */
const validate = new Ajv2020().compile(reportSchema);

test('there are golden pairs', () => expect(GOLDEN_INPUTS.length).toBeGreaterThan(190));

test.each(globSync('tests/golden/*.expected.json'))('%s has its input', (file) => {
  const input = file.replace('.expected.json', '');
  expect(GOLDEN_INPUTS.map((each) => each.file)).toContain(input);
});

describe.each(GOLDEN_INPUTS)('$file', ({ file, format }) => {
  const bytes = readFileSync(file);
  const expectedText = readFileSync(`${file}.expected.json`, 'utf8');
  const { error } = JSON.parse(expectedText);

  if (error === undefined)
    test('what is expected is a report, as reports are written', () => {
      const expected = JSON.parse(expectedText);
      expect(validate(expected), JSON.stringify(validate.errors)).toBe(true);
      expect(expectedText.startsWith('{\n  "schema_version": 1,\n')).toBe(true);
    });

  test('is as expected', async () => {
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
