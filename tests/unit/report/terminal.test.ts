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
  expect(lines[1]).toBe('100 rows, 3 columns, 120 nulls (40 %), 2 duplicate rows (2 %), 1 bad row (1 %)');
  expect(lines[2]).toBe('12.3 kB CSV, utf-8, comma, LF');
  const narrow = linesOf(reportTerminal(report, 'sales.csv', { width: 36, colour: false }));
  expect(narrow.slice(1, 4)).toEqual(['100 rows, 3 columns,', '120 nulls (40 %),', '2 duplicate rows (2 %),']);
  const severities = lines.map((line) => /^(error|warning|note) /.exec(line)?.[1]).filter((word) => word !== undefined);
  const ranks = severities.map((word) => ['error', 'warning', 'note'].indexOf(word));
  expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  expect(lines).toContain('error    note: 90 of 100 rows (90 %) have no value.');
  const cells = (name: string) =>
    lines
      .findLast((line) => line.startsWith(name))!
      .trim()
      .split(/\s{2,}/);
  expect(cells('name')).toEqual(['name', 'kind', 'nulls', 'distinct', 'min', 'median', 'mean', 'max', 'outliers']);
  expect(cells('amount').slice(2)).toEqual(['0 %', '40', '-1', '50', '50.5', '1,234,567', '3']);
  expect(cells('note').slice(2)).toEqual(['90 %', '40', '1 char', '3 chars', '5 chars']);
  expect(cells('when').slice(2)).toEqual(['30 %', '40', '2024-01-01', '2024-12-31']);
});

test('only a format with rows of fields can have bad rows', () => {
  const { file } = document([]);
  const json = document([column({ name: 'a' })], { file: { ...file, format: 'json', delimiter: undefined } });
  expect(reportTerminal(json, 'x', plain)).toContain('\n100 rows, 1 column, no nulls, no duplicate rows\n');
});

test('what does not fit is left out in one order, and named below with the width that it needs', () => {
  const report = document([
    column({ name: 'amount', type: 'integer', min: -1, max: 2_767_891_499, mean: 85_343_400 }),
    column({ name: 'when', type: 'datetime', min: '2024-01-01T10:20:30Z', max: '2024-12-31T10:20:30Z' }),
  ]);
  const at = (width: number) => {
    const lines = linesOf(reportTerminal(report, 'x', { width, colour: false }));
    const header = lines.findIndex((line) => line.startsWith('name '));
    const note = lines.indexOf('', header);
    return { header: lines[header]!.split(/\s+/), note: note < 0 ? '' : lines.slice(note + 1).join(' ') };
  };
  const all = ['name', 'kind', 'nulls', 'distinct', 'min', 'median', 'mean', 'max', 'outliers'];
  const order = ['mean', 'median', 'outliers', 'min', 'max', 'kind', 'nulls', 'distinct'];
  expect(at(120)).toEqual({ header: all, note: '' });
  const { note } = at(80);
  const [, needed] = /^Not shown at this width: mean\. Use --output csv or a terminal of (\d+) columns\.$/.exec(note)!;
  expect(at(Number(needed))).toEqual({ header: all, note: '' });
  expect(at(Number(needed) - 1).header).not.toContain('mean');
  for (let width = 120; width >= 20; width--) {
    const { header, note } = at(width);
    const missing = order.filter((key) => !header.includes(key));
    expect(missing).toEqual(order.slice(0, missing.length));
    if (missing.length > 0) expect(note).toContain(`Not shown at this width: ${missing.join(', ')}.`);
    else expect(note).toBe('');
  }
  expect(at(20).header).toEqual(['name', 'distinct']);
});

test('on a narrow terminal a number loses digits, never its size, and a time its seconds', () => {
  const report = document([
    column({ name: 'n'.repeat(30), type: 'integer', min: 1_234_567_890, max: 123_456_789, mean: 5 }),
    column({ name: 'when', type: 'datetime', min: '2024-01-01T10:20:30.123456Z', max: '2024-01-02T10:20:30.123456Z' }),
  ]);
  expect(reportTerminal(report, 'x', { width: 80, colour: false })).toMatch(/ 1,234,567,890 +123,456,789 /);
  expect(reportTerminal(report, 'x', { width: 90, colour: false })).toMatch(/ 2024-01-01T10:20 +2024-01-02T10:20\n/);
  const narrow = reportTerminal(report, 'x', { width: 60, colour: false });
  expect(narrow).toMatch(/ 1\.235 bn +123,456,789/);
  expect(narrow).toMatch(/ 2024-01-01 +2024-01-02/);
});

test('a long sentence stands on several lines, with its number', () => {
  const message = `40 values are unusually high, such as ${'"x y z" '.repeat(12)}; the highest is 123,456 in row 789.`;
  const alert = { code: 'outliers', severity: 'info', column: 'amount', message, numbers: {} } as const;
  const report = document([column({ name: 'amount' })], { alerts: [alert] });
  const lines = linesOf(reportTerminal(report, 'x', { width: 60, colour: false }));
  const from = lines.indexOf('Alerts (1)') + 1;
  const shown = lines.slice(from, lines.indexOf('', from));
  expect(shown.length).toBeGreaterThan(2);
  expect(shown.join(' ').replace(/ +/g, ' ')).toBe(`note amount: ${message}`);
});

test('many alerts are counted, a table without columns is none', () => {
  const names = Array.from({ length: 60 }, (_, i) => `c${i}`);
  const alert = { code: 'skewed', severity: 'info', message: 'A tail.', numbers: {} } as const;
  const many = document(
    names.map((name) => column({ name })),
    { alerts: names.map((name) => ({ ...alert, column: name })) },
  );
  const text = reportTerminal(many, 'x', plain);
  expect(text).toContain('\nand 40 more: --output json has all\n');
  expect(text).toMatch(/\n\n60 alerts above the table\.\n$/);
  const empty = reportTerminal(document([], { row_count: 0 }), 'x', plain);
  expect(empty).toContain('\nno rows, no columns\n');
  expect(empty).toContain('There are no rows.');
  expect(empty).not.toContain('Nothing stands out.');
});

test('how the file was read is told once: by an alert, or below the alerts', () => {
  const fallback = { code: 'encoding_fallback', message: 'Byte 9 is not UTF-8; the file is read as windows-1252.' };
  const title = { code: 'title_lines', message: '1 title line above the header is skipped (line 1).' };
  const lines = linesOf(reportTerminal(document([column({ name: 'a' })], { warnings: [fallback, title] }), 'x', plain));
  expect(lines.filter((line) => line.includes(fallback.message))).toEqual([`warning  ${fallback.message}`]);
  expect(lines).toContain('How the file was read (1)');
  expect(lines).toContain(title.message);
});
