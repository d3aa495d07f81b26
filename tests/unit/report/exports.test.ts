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
  expect(named).toMatchObject({
    name: 'a',
    type: 'integer',
    kind: 'measure',
    null_count: '0',
    median: '50',
    alerts: 'many_zeros',
  });
});

test('CSV: numbers have all their digits', () => {
  const [header, row] = [
    ...reportRows(document([column({ name: 'a', type: 'decimal', min: 12345678901234567890n, mean: 32.2042079 })])),
  ];
  const named = Object.fromEntries(header!.map((name, i) => [name, row![i]]));
  expect(named).toMatchObject({ min: '12345678901234567890', mean: '32.2042079', outliers: '0' });
});

test('Markdown: a table that text of the data cannot break, without links and mentions', () => {
  const text = reportMarkdown(
    document([column({ name: 'a|b\n<img> [x](http://e.org) @you #1 `c` www.e.org' })]),
    '<b>x</b>',
  );
  const line = text.split('\n').find((each) => each.startsWith('| a'))!;
  expect(line).toContain('a\\|b &#60;img> \\[x\\](http&#58;//e.org) &#64;you');
  expect(line.match(/(?<!\\)\|/g)).toHaveLength(10);
  expect(text).toContain('## &#60;b>x&#60;/b>');
});

test('Markdown: what is no markup is not escaped', () => {
  const message = '40 of 100 values (40 %, <0.1 % of all) are unusual: "a_b" is no number #1!';
  const alert = { code: 'skewed', severity: 'info', column: 'net_price (EUR)', message, numbers: {} } as const;
  const text = reportMarkdown(document([column({ name: 'net_price (EUR)' })], { alerts: [alert] }), 'x');
  expect(text).toContain(`\n- note: **net_price (EUR)**: ${message.replace('#1', '&#35;1')}\n`);
  expect(text).toContain('\n| net_price (EUR) | ');
  const hostile = reportMarkdown(document([column({ name: '_a_ __b__ <!-- </td> &lt; *c* ~~d~~ $e$' })]), '# x');
  expect(hostile).toContain('\\_a\\_ \\_\\_b\\_\\_ &#60;!-- &#60;/td> &#38;lt; \\*c\\* \\~\\~d\\~\\~ \\$e\\$');
  expect(hostile).toContain('## &#35; x');
});

test('Markdown: names and flags in suggestions are code', () => {
  const suggestion = (message: string, options: object) => ({
    code: 'decimal_comma' as const,
    message,
    columns: [],
    evidence: {},
    options,
  });
  const suggestions = [
    suggestion('`a_b | @you`: 2 of 2 values <b> are numbers', { decimal: ',' }),
    suggestion('`cut', { columns: ['a`b', '``'] }),
    suggestion('nothing is done', {}),
  ];
  const text = reportMarkdown(document([column({ name: 'a' })], { suggestions, options: { delimiter: '`' } }), 'x');
  expect(text).toContain('\n- `a_b | @you`: 2 of 2 values &#60;b> are numbers `--decimal ,`\n');
  expect(text).toContain("\n- `cut` ```--columns 'a`b,``'```\n");
  expect(text).toContain('\n- nothing is done\n');
  expect(text).toContain("\nRead with ``--delimiter '`'``\n");
});

test('exports of no rows say so', () => {
  const text = reportMarkdown(document([column({ name: 'a', count: 0 })], { row_count: 0, alerts: [] }), 'x');
  expect(text).toContain('no rows, **1** column.');
  expect(text).toContain('\nThere are no rows.\n');
  expect(text).not.toContain('duplicate');
});

test('CSV: fractions have the digits that a double has', () => {
  const made = column({ name: 'a', type: 'decimal', mean: 516.4200000000001, std: 0.1 + 0.2, max: 1e21 });
  const [header, row] = [...reportRows(document([made]))];
  const named = Object.fromEntries(header!.map((name, i) => [name, row![i]]));
  expect(named).toMatchObject({ mean: '516.42', std: '0.3', max: '1e+21' });
});

test('Markdown: the figures of the file, the alerts, and the describe table', () => {
  const columns = [
    column({ name: 'amount', type: 'decimal', min: -1.5, max: 1_234_567.89, mean: 32.2042, null_count: 1, count: 99 }),
    column({ name: 'when', type: 'date', min: '2024-01-01', max: '2024-12-31' }),
  ];
  const duplicates = { count: 1, examples: [] };
  const text = reportMarkdown(document(columns, { anomalies: { duplicates, outliers: {} }, alerts: [] }), 'sales.csv');
  const file = '12.3 kB CSV: **100** rows, **2** columns, **1** null (0.5 %), **1** duplicate row (1 %), no bad rows.';
  expect(text.split('\n')).toEqual([
    ...['## sales.csv', '', file, '', '### Alerts (0)', '', 'Nothing stands out.', '', '### Columns', ''],
    '| name | kind | nulls | distinct | min | median | mean | max | outliers |',
    '|---|---|--:|--:|--:|--:|--:|--:|--:|',
    expect.stringMatching(/^\| amount \| \w+ \| 1 % \| 40 \| -1.5 \| 50 \| 32.2 \| 1,234,568 \| {2}\|$/),
    expect.stringMatching(/^\| when \| date \| 0 % \| 40 \| 2024-01-01 \| {2}\| {2}\| 2024-12-31 \| {2}\|$/),
    '',
  ]);
});

test.each(['<'.repeat(60), 'x'])('Markdown fits into a comment, with names like %s', (name) => {
  const columns = Array.from({ length: 2_000 }, (_, i) =>
    column({
      name: `${i} ${name}`,
      null_count: 90,
      count: 10,
      top_values: [{ value: name, count: 10 }],
      distinct: { count: 1, exact: true },
    }),
  );
  const text = reportMarkdown(document(columns), 'x');
  expect(text.length).toBeLessThan(65_536);
  const lines = text.split('\n').filter((line) => /^\| \d/.test(line)).length;
  expect(lines).toBeGreaterThan(100);
  expect(text).toContain(`\nand ${(2_000 - lines).toLocaleString('en')} more columns: report.json has all\n`);
});
