import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { profileText } from '../../support/profile-text.ts';

/**
 * Small files with values that people write and programs misread: files that need an alert, and files that look alike
 * and must have none. expected.json has the alerts about how values are written, by file.
 */
const CODES = [
  ...['mixed_types', 'whitespace', 'numbers_as_text', 'dates_as_text', 'date_formats', 'leading_zeros', 'truncated'],
  ...['invisible_characters', 'swallowed_rows', 'thousands_as_decimals', 'suspicious_dates', 'header_looks_like_data'],
];
const expected: Record<string, string[]> = JSON.parse(readFileSync('tests/alert-cases/expected.json', 'utf8'));
const files = globSync('tests/alert-cases/*.csv').sort();

test('every file has what is expected of it, and half of them nothing', () => {
  expect(files.map((file) => basename(file))).toEqual(Object.keys(expected).sort());
  expect(Object.values(expected).filter((alerts) => alerts.length === 0).length).toBeGreaterThan(30);
});

test.each(files)('%s', async (file) => {
  const { alerts } = JSON.parse(await profileText(readFileSync(file), 'csv'));
  const found = (alerts as { code: string; column?: string; message: string }[])
    .filter(({ code }) => CODES.includes(code))
    .map(({ code, column, message }) => `${code} ${column}: ${message}`);
  expect(found).toEqual(expected[basename(file)]);
});
