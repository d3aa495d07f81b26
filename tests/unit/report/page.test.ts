import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ReportDocument } from '../../../src/report/document.ts';
import { escapeHtml } from '../../../src/report/html/html.ts';
import { renderPage } from '../../../src/report/html/page.ts';
import type { Provenance } from '../../../src/report/provenance.ts';
import { column, document } from '../../support/report-document.ts';

const HOSTILE = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>&amp;\u202e\u0000`;

/** A page without its script. */
const markup = (page: string) => page.replace(/<script>.*<\/script>/s, '');

/** Columns with as much in them as the engine ever gives: ten values of 256 characters, ten exceptions, outliers. */
function wide(columns: number, text = 'a value with some words in it '): ReportDocument {
  const value = text.repeat(60).slice(0, 256);
  const all = Array.from({ length: columns }, (_, i) =>
    column({
      name: `${i} ${text}`,
      type: i % 2 ? 'text' : 'decimal',
      null_count: i % 30,
      count: 100 - (i % 30),
      evidence: {
        matching: 90,
        exceptions: 10,
        examples: Array.from({ length: 10 }, (_, n) => ({ row: n + 1, value })),
      },
      top_values: Array.from({ length: 10 }, (_, n) => ({ value: `${n}${value}`, count: 9 })),
    }),
  );
  return document(all);
}

test('escapes everything that comes from the data', () => {
  const report = document(
    [
      column({
        name: HOSTILE,
        top_values: [{ value: HOSTILE, count: 50 }],
        null_tokens: { [HOSTILE]: 1 },
        null_count: 1,
      }),
      column({
        name: `${HOSTILE}2`,
        type: 'date',
        min: HOSTILE,
        max: HOSTILE,
        evidence: { matching: 99, exceptions: 1, examples: [{ row: 1, value: HOSTILE }] },
      }),
    ],
    { warnings: [{ code: 'x', message: HOSTILE, column: HOSTILE }] },
  );
  const page = renderPage(report, HOSTILE);
  expect(page.match(/<script/g)).toHaveLength(1);
  expect(page).not.toMatch(/<img|[\u0000\u202e]/);
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
});

test('asks nothing of anywhere, and its policy names the hashes of what is in it', () => {
  const page = renderPage(document([column({ name: 'a' }), column({ name: 'b', type: 'integer' })]), 'x');
  expect(page).not.toMatch(/https?:|url\(|@import|<link|<iframe| style=/);
  const hashOf = (tag: string) => {
    const [, text] = page.match(new RegExp(`<${tag}>([^]*)</${tag}>`))!;
    return `'sha256-${createHash('sha256').update(text!).digest('base64')}'`;
  };
  expect(page).toContain(`default-src 'none'; script-src ${hashOf('script')}; style-src ${hashOf('style')};`);
  expect(page).toContain("base-uri 'none'; form-action 'none'\"");
});

test('shows charts, links to rows and every part', () => {
  const report = document(
    [
      column({
        name: 'amount',
        type: 'integer',
        evidence: { matching: 99, exceptions: 1, examples: [{ row: 17, value: 'x' }] },
      }),
    ],
    {
      anomalies: {
        duplicates: { count: 1, examples: [{ row: 9, first_row: 4 }] },
        outliers: { amount: { count: 1, lower_fence: 0, upper_fence: 9, examples: [{ row: 23, value: 10n ** 20n }] } },
      },
      bad_rows: { count: 1, examples: [{ row: 31, line: 33, fields: 5, expected: 4 }] },
    },
  );
  const page = renderPage(report, 'x');
  for (const part of [
    'class="chart"',
    'class="box"',
    'rows?rows=17#r17c1"',
    `rows?where=${encodeURIComponent('{"duplicate_of":4}')}"`,
    'rows?rows=23#r23c1"',
    'rows?rows=31"',
    '(100000000000000000000)',
  ])
    expect(page).toContain(part);
});

test('every alert has its sentence in sight; below one that columns share is what it says about each', () => {
  const columns = (count: number) =>
    Array.from({ length: count }, (_, i) => column({ name: `c${i}`, null_count: 30, count: 70 }));
  const section = (text: string) => text.slice(text.indexOf('id="alerts"'), text.indexOf('id="columns"'));
  const three = section(renderPage(document(columns(3)), 'x'));
  expect(three.match(/30 of 100 rows \(30 %\) have no value\./g)).toHaveLength(3);
  expect(three).not.toContain('<details>');
  const six = section(renderPage(document(columns(6)), 'x'));
  expect(six).toMatch(/<summary><bdi>6 columns have no value in at least 20 % of the rows: .* and 3 more\.<\/bdi>/);
  expect(six).toContain('<a href="#c6"><bdi>c5</bdi></a>: <bdi>30 of 100 rows (30 %) have no value.</bdi>');
});

test('alerts that a stored report has for each of many columns are folded behind their names', () => {
  const names = Array.from({ length: 6 }, (_, i) => `c${i}`);
  const alerts = names.map((name) => ({ code: 'skewed' as const, severity: 'info' as const, column: name }));
  const page = renderPage(
    document(
      names.map((name) => column({ name })),
      { alerts: alerts.map((alert) => ({ ...alert, message: 'A tail.', numbers: {} })) },
    ),
    'x',
  );
  expect(page).toContain('<summary>6 columns</summary>');
  expect(page).toContain('<a href="#c1"><bdi>c0</bdi></a>, <a href="#c2"><bdi>c1</bdi></a>');
});

test('a suggestion has the name of its column as code, and the flags to add', () => {
  const message = `\`${HOSTILE}\`: 9 of 9 values are numbers with a decimal comma`;
  const suggestions = [{ code: 'decimal_comma', message, columns: [HOSTILE], evidence: {}, options: { decimal: ',' } }];
  const page = markup(renderPage({ ...document([column({ name: HOSTILE })]), suggestions } as ReportDocument, 'x'));
  const name = `<code>${escapeHtml(HOSTILE)}</code>`;
  expect(page).toContain(`<bdi>${name}: 9 of 9 values are numbers with a decimal comma</bdi> <code>--decimal ,</code>`);
});

test('values that are all different are samples, not a table of counts', () => {
  const values = ['a', 'b'].map((value) => ({ value, count: 1 }));
  expect(renderPage(document([column({ name: 'x', top_values: values })]), 'x')).toContain('<h4>Examples</h4>');
  expect(renderPage(document([column({ name: 'x' })]), 'x')).not.toContain('Examples');
});

describe('stays small', () => {
  test.each([
    [17, 300_000],
    [50, 300_000],
    [1_000, 2_000_000],
    [16_384, 2_000_000],
  ])('%i columns', (columns, most) => {
    for (const text of ['a value with some words in it ', '<&"😀']) {
      expect(Buffer.byteLength(renderPage(wide(columns, text), 'x'))).toBeLessThanOrEqual(most);
    }
  });
});

test('the foot says where the report comes from, as far as it is known', () => {
  const page = (provenance: Partial<Provenance>) =>
    renderPage(document([column({ name: 'a' })]), 'x', { name: 'x', bytes: 12_345, version: '1.2.3', ...provenance });
  const known = { filename: HOSTILE, sha256: 'ab12', uploadedAt: '2026-05-31T09:15:00.123Z', processedAt: 'just now' };
  for (const part of [
    '12.3 kB (12,345 bytes)',
    '<code>ab12</code>',
    '>2026-05-31 09:15:00 UTC<',
    '>just now<',
    '1.2.3',
  ])
    expect(page(known)).toContain(part);
  expect(page(known)).not.toContain('<img');
  expect(markup(page({}))).not.toMatch(/SHA-256|Uploaded|<dt>File|undefined/);
  expect(renderPage(document([]), 'x')).not.toContain('About this report');
});

test('no rows and no columns', () => {
  const page = renderPage(document([], { row_count: 0 }), 'empty');
  expect(page).toContain('There are no rows.');
  expect(markup(page)).not.toContain('NaN');
});

test('escapes text for elements and attributes', () => {
  expect(escapeHtml(`<a href="x">'&`)).toBe('&lt;a href=&quot;x&quot;&gt;&#39;&amp;');
  expect(escapeHtml('a\tb\u202e')).toBe('a␉b\ufffd');
});
