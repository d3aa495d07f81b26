import { expect, test } from 'vitest';
import { reportMarkdown } from '../../../src/report/markdown.ts';
import { reportRows } from '../../../src/report/report-csv.ts';
import { column, document } from '../../support/report-document.ts';

test('CSV: one row per column, every row as wide as the header', () => {
  const rows = [
    ...reportRows(document([column({ name: 'a', type: 'integer', zeros: 60 }), column({ name: '__proto__' })])),
  ];
  expect(rows).toHaveLength(3);
  for (const row of rows) expect(row).toHaveLength(rows[0]!.length);
  const named = Object.fromEntries(rows[0]!.map((name, i) => [name, rows[1]![i]]));
  expect(named).toMatchObject({ name: 'a', type: 'integer', null_count: '0', median: '50', alerts: 'many_zeros' });
});

test('Markdown: a table that text of the data cannot break, without links and mentions', () => {
  const text = reportMarkdown(
    document([column({ name: 'a|b\n<img> [x](http://e.org) @you #1 `c` www.e.org' })]),
    '<b>x</b>',
  );
  const line = text.split('\n').find((each) => each.startsWith('| a'))!;
  expect(line).toContain('a\\|b &#60;img&#62; \\[x\\]\\(http&#58;//e.org\\) &#64;you');
  expect(line.match(/(?<!\\)\|/g)).toHaveLength(8);
  expect(text).toContain('## &#60;b&#62;x&#60;/b&#62;');
});

test('Markdown fits into a comment', () => {
  const columns = Array.from({ length: 2_000 }, (_, i) =>
    column({ name: `${i} ${'<'.repeat(60)}`, null_count: 90, count: 10 }),
  );
  const text = reportMarkdown(document(columns), 'x');
  expect(text.length).toBeLessThan(65_536);
  expect(text).toContain('and 1,850 more columns');
});
