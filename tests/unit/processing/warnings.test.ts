import { expect, test } from 'vitest';
import { profileText } from '../../support/profile-text.ts';

/** `column` of a warning is the name of a column of the report, as `null_counts` has it. */
const strangers = async (text: string, format: 'csv' | 'json') => {
  const { warnings, null_counts } = JSON.parse(await profileText(text, format));
  expect(warnings.length).toBeGreaterThan(0);
  return warnings.flatMap(({ column }: { column?: string }) =>
    column === undefined || Object.hasOwn(null_counts, column) ? [] : [column],
  );
};

test.each([
  ['csv', 'a,a,,column_3\n1,2,3,4\n'],
  ['csv', `${'n'.repeat(1_100)},${'n'.repeat(1_200)}\n1,2\n`],
  ['json', '[{"a":1,"a":2}]'],
  ['json', `[{"${'n'.repeat(1_100)}":1}]`],
  ['json', '[{"\\u0000":1,"\\u0000":2}]'],
] as const)('a warning is about a column that is there: %s %.30s', async (format, text) => {
  expect(await strangers(text, format)).toEqual([]);
});

test('a warning about a nested key names the column that the value stands in', async () => {
  expect(await strangers('[{"a":{"b":1,"b":2}}]', 'json')).toEqual([]);
});
