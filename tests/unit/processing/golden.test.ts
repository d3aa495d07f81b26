import { globSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportSchema } from '../../../src/report/report-schema.ts';
import { profileText } from '../../support/profile-text.ts';

/** Each input of tests/golden with the part of the report, or the words of the error, that it must give. */
const validate = new Ajv2020().compile(reportSchema);
const inputs = globSync('tests/golden/*.{csv,json,ndjson}').filter((file) => !file.endsWith('.expected.json'));

test('there are golden pairs', () => expect(inputs.length).toBeGreaterThan(20));

describe.each(inputs)('%s', (file) => {
  const bytes = readFileSync(file);
  const format = file.endsWith('.csv') ? 'csv' : 'json';
  // `error` and `text` are words that the output contains; the rest is a part of the report
  const { error, text: words, ...expected } = JSON.parse(readFileSync(`${file}.expected.json`, 'utf8'));

  test('is as expected', async () => {
    const text = await profileText(bytes, format);
    if (error) return expect(text).toContain(error);
    const report = JSON.parse(text);
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
    expect(report).toMatchObject(expected);
    if (expected.numeric) expect(Object.keys(report.numeric)).toEqual(Object.keys(expected.numeric));
    if (words) expect(text).toContain(words);
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
