import { expect, test } from 'vitest';
import type { ReadOptions } from '../../../../src/processing/options/read-options.ts';
import { nullTexts } from '../../../../src/web/reading/null-texts.ts';

test.each<[ReadOptions, string, string, boolean]>([
  [{}, 'csv', 'NA', true],
  [{}, 'xlsx', '#N/A', true],
  [{}, 'csv', '-999', false],
  [{}, 'json', 'NA', false],
  [{ more_null_tokens: ['-999'] }, 'csv', '-999', true],
  [{ more_null_tokens: ['-999'] }, 'csv', 'NA', true],
  [{ more_null_tokens: ['-999'] }, 'ndjson', '-999', true],
  [{ null_tokens: [] }, 'csv', 'NA', false],
  [{ null_tokens: ['?'] }, 'csv', '?', true],
])('with %j in %s, %s is null: %s', (options, format, text, isNull) => {
  expect(nullTexts(options, format).has(text)).toBe(isNull);
});
