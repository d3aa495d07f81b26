import { expect, test } from 'vitest';
import { attachment, downloadName, inline } from '../../../src/api/attachment.ts';

test.each([
  ['January sales', 'January sales-report.csv'],
  ['a/b\\c:d*e?"f"<g>|h', 'a-b-c-d-e-f-g-h-report.csv'],
  ['../../etc/passwd', 'etc-passwd-report.csv'],
  ['.hidden.', 'hidden-report.csv'],
  ['cod\u202egpj.exe', 'cod-gpj.exe-report.csv'],
  ['a\r\nSet-Cookie: x', 'a-Set-Cookie- x-report.csv'],
  ['\u0000', 'dataset-report.csv'],
  ['Ärger \u{1f4c8}', 'Ärger \u{1f4c8}-report.csv'],
])('a download says which dataset it is about: %j', (name, expected) => {
  expect(downloadName(name, 'report.csv')).toBe(expected);
});

test('a name of any length fits a file system', () => {
  expect(Buffer.byteLength(downloadName('\u{1f4c8}'.repeat(1_000), 'report.csv'))).toBeLessThanOrEqual(255);
});

test('the header has the name in ASCII and in UTF-8', () => {
  expect(attachment('a.csv')).toBe(`attachment; filename="a.csv"; filename*=UTF-8''a.csv`);
  expect(inline('Ärger (1)\'s "x".csv')).toBe(
    `inline; filename="_rger (1)'s _x_.csv"; filename*=UTF-8''%C3%84rger%20%281%29%27s%20%22x%22.csv`,
  );
});
