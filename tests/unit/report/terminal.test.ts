import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { cutToWidth, displayWidth, printable } from '../../../src/report/terminal/display-width.ts';
import { reportTerminal } from '../../../src/report/terminal/terminal.ts';
import { column, document } from '../../support/report-document.ts';

const HOSTILE = 'a\u001b[31m\u001b]0;title\u0007b\u009b2J\r\nc\u202ed\u0000\u007f\ud800';
const plain = { width: 100, colour: false };
const linesOf = (text: string) => text.trimEnd().split('\n');

test('control characters are shown and do nothing', () => {
  expect(printable(HOSTILE)).toBe('a␛[31m␛]0;title␇b\ufffd2J  c\ufffdd␀␡\ufffd');
  expect(printable('zero\u200bwidth\u{1f468}\u200d\u{1f469}')).toBe('zerowidth\u{1f468}\u{1f469}');
});

test('width is of terminal columns', () => {
  expect(displayWidth('abc')).toBe(3);
  expect(displayWidth('東京')).toBe(4);
  expect(displayWidth('e\u0301')).toBe(1);
  expect(displayWidth('😀')).toBe(2);
  expect(displayWidth('ｱ')).toBe(1);
});

test('a cut never takes half of a wide character, and is marked', () => {
  expect(cutToWidth('東京都', 6)).toBe('東京都');
  expect(cutToWidth('東京都', 5)).toBe('東京…');
  expect(cutToWidth('東京都', 4)).toBe('東…');
  expect(cutToWidth('abcdef', 4)).toBe('abc…');
  expect(cutToWidth('abcdef', 1)).toBe('…');
  expect(cutToWidth('東京', 0)).toBe('');
  expect(cutToWidth(`e${'\u0301'.repeat(1_000)}x`, 10)).toHaveLength(6);
});

test('names, values, warnings and the title of hostile data are harmless', () => {
  const report = document(
    [
      column({ name: HOSTILE, top_values: [{ value: HOSTILE, count: 100 }], distinct: { count: 1, exact: true } }),
      column({ name: 'when', type: 'date', min: `2024-01-01${HOSTILE}`, max: HOSTILE }),
    ],
    { warnings: [{ code: 'repeated_key', message: `The key ${HOSTILE} is there twice.` }] },
  );
  const text = reportTerminal(report, HOSTILE, plain);
  expect(text).toContain('a␛[31m');
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  const coloured = reportTerminal(report, HOSTILE, { ...plain, colour: true });
  expect(coloured).toContain('\u001b[1m');
  // besides our own colours nothing is left
  expect(coloured.replace(/\u001b\[\d+m|\n/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
});

test('no line is wider than the terminal, with and without colour', () => {
  const columns = [
    column({ name: '都'.repeat(80), top_values: [{ value: '字'.repeat(300), count: 100 }], null_count: 90, count: 10 }),
    column({ name: 'amount', type: 'decimal', min: -1.234567e300, max: 98_765_432_109_876, mean: 1.5e-9 }),
    column({ name: 'when', type: 'datetime', min: '2024-01-01T00:00:00.000+01:00', max: '2024-12-31 23:59:59' }),
    column({ name: 'id', type: 'integer', min: 12345678901234567890n, max: 99999999999999999999999999999n }),
  ];
  for (const width of [1, 7, 20, 33, 60, 80, 120, 500])
    for (const colour of [false, true]) {
      const lines = linesOf(reportTerminal(document(columns), 'x'.repeat(600), { width, colour }));
      for (const line of lines) expect(displayWidth(stripVTControlCharacters(line))).toBeLessThanOrEqual(width);
    }
});

test('the figures of the file, alerts worst first, then one line per column', () => {
  const report = document(
    [
      column({ name: 'amount', type: 'integer', mean: 50.5, min: -1, max: 1_234_567 }),
      column({ name: 'note', null_count: 90, count: 10 }),
      column({ name: 'when', type: 'date', min: '2024-01-01', max: '2024-12-31', null_count: 30, count: 70 }),
    ],
    {
      anomalies: {
        duplicates: { count: 2, examples: [] },
        outliers: { amount: { count: 3, lower_fence: 0, upper_fence: 1, examples: [] } },
      },
      bad_rows: { count: 1, examples: [] },
    },
  );
  const lines = linesOf(reportTerminal(report, 'sales.csv', plain));
  expect(lines[0]).toBe('sales.csv');
  expect(lines[1]).toBe('100 rows, 3 columns, 40 % nulls, 2 duplicate rows, 1 bad row');
  expect(lines[2]).toBe('12.3 kB CSV, utf-8, comma, LF');
  const narrow = linesOf(reportTerminal(report, 'sales.csv', { width: 40, colour: false }));
  expect(narrow.slice(1, 3)).toEqual(['100 rows, 3 columns, 40 % nulls, 2', 'duplicate rows, 1 bad row']);
  const severities = lines.map((line) => /^(error|warning|info) /.exec(line)?.[1]).filter((word) => word !== undefined);
  const ranks = severities.map((word) => ['error', 'warning', 'info'].indexOf(word));
  expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  expect(lines).toContain('error    note: 90 % of the rows have no value.');
  const cells = (name: string) =>
    lines
      .findLast((line) => line.startsWith(name))!
      .trim()
      .split(/\s{2,}/);
  expect(cells('name')).toEqual(['name', 'type', 'nulls', 'distinct', 'min', 'mean', 'max', 'outliers']);
  expect(cells('amount')).toEqual(['amount', 'integer', '0 %', '40', '-1', '50.5', '1,234,567', '3']);
  expect(cells('note')).toEqual(['note', 'text', '90 %', '40', 'len 1', 'len 3', 'len 5']);
  expect(cells('when')).toEqual(['when', 'date', '30 %', '40', '2024-01-01', '2024-12-31']);
});

test('on a narrow terminal a number loses digits, never its size, and a time its seconds', () => {
  const report = document([
    column({ name: 'n'.repeat(30), type: 'integer', min: 1_234_567_890, max: 12_345_678_901_234, mean: 5 }),
    column({ name: 'when', type: 'datetime', min: '2024-01-01T10:20:30.123456Z', max: '2024-01-02T10:20:30.123456Z' }),
  ]);
  const text = reportTerminal(report, 'x', { width: 72, colour: false });
  expect(text).toContain(' 1234567890 ');
  expect(text).toMatch(/ 1\.234\d+e\+13 /);
  expect(text).toContain(' 2024-01-01 ');
});

test('many alerts are counted, a table without columns is none', () => {
  const names = Array.from({ length: 60 }, (_, i) => `c${i}`);
  const alert = { code: 'skewed', severity: 'info', message: 'A tail.', numbers: {} } as const;
  const many = document(
    names.map((name) => column({ name })),
    { alerts: names.map((name) => ({ ...alert, column: name })) },
  );
  expect(reportTerminal(many, 'x', plain)).toMatch(/\nand 40 more\n/);
  const empty = reportTerminal(document([], { row_count: 0 }), 'x', plain);
  expect(empty).toContain('no rows, no columns');
  expect(empty).toContain('Nothing stands out.');
});
