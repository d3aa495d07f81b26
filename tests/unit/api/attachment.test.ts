import { expect, test } from 'vitest';
import { attachment, downloadName } from '../../../src/api/attachment.ts';

test.each([
  ['sales', 'sales-rows.csv'],
  ['Größe 7', 'Größe 7-rows.csv'],
  ['../../etc/passwd', 'etc-passwd-rows.csv'],
  ['a\u0000"b"\n', 'a-b-rows.csv'],
  ['...', 'dataset-rows.csv'],
  ['😀'.repeat(100), `${'😀'.repeat(60)}-rows.csv`],
])('the name of a download says which dataset: %j', (name, expected) => {
  expect(downloadName(name, 'rows.csv')).toBe(expected);
});

test('names in ASCII for old programs, in UTF-8 for all others', () => {
  expect(attachment('a.csv')).toBe(`attachment; filename="a.csv"; filename*=UTF-8''a.csv`);
  expect(attachment(`ä "50%" (1)'.csv`)).toBe(
    `attachment; filename="_ _50__ (1)'.csv"; filename*=UTF-8''%C3%A4%20%2250%25%22%20%281%29%27.csv`,
  );
});
