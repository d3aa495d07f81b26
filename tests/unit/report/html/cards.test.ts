import { describe, expect, test } from 'vitest';
import type { ColumnReport, ReportDocument } from '../../../../src/report/document.ts';
import { renderPage } from '../../../../src/report/html/page.ts';
import { column, document } from '../../../support/report-document.ts';

/** The card of the only column, without the rest of the page. */
function cardOf(changes: Partial<ColumnReport>, report: Partial<ReportDocument> = {}): string {
  const page = renderPage(document([column({ name: 'x', ...changes })], report), 'x');
  return page.slice(page.indexOf('<article'), page.indexOf('</article>'));
}
const lineOf = (changes: Partial<ColumnReport>): string => {
  const page = renderPage(document([column({ name: 'x', ...changes })]), 'x');
  return page.slice(page.indexOf('<tbody id="lines">'), page.indexOf('</tbody>', page.indexOf('id="lines"')));
};
const terms = (card: string) => [...card.matchAll(/<dt>([^<]+)/g)].map(([, term]) => term);
const link = (where: object) => `rows?where=${encodeURIComponent(JSON.stringify(where))}`;

describe('what comes first is up to the kind of a column', () => {
  test('ids and codes: examples, no mean, no chart, no separators', () => {
    for (const kind of ['id', 'code'] as const) {
      const top_values = ['1001', '1002'].map((value) => ({ value, count: 1 }));
      const card = cardOf({ type: 'integer', kind, min: 1_001, max: 1_100, top_values });
      expect(terms(card)).toEqual(['Values', 'Nulls', 'Distinct', 'Min', 'Max']);
      expect(card).toMatch(/<dd>1001<.*<dd>1100</s);
      expect(card).toContain('<h4>Examples</h4>');
      expect(card).not.toContain('class="chart"');
    }
  });

  test('figures are in the same order whatever their lengths; lengths of texts are a line', () => {
    const figures = ['Min', 'Median', 'Mean', 'Max', 'Q1', 'Q3', 'Std. dev.'];
    for (const max of [100, 2_767_891_499])
      expect(terms(cardOf({ type: 'integer', kind: 'measure', max })).slice(3)).toEqual(figures);
    const card = cardOf({ length: { min: 3, max: 33, mean: 13.15 } });
    expect(card).toContain('<p class="dim">3 to 33 characters, mean 13.15</p>');
    expect(cardOf({ length: { min: 2, max: 2, mean: 2 } })).toContain('<p class="dim">2 characters each</p>');
  });

  test('years: a bar a year, no mean, no separators; so in the table', () => {
    const value_histogram = { edges: [1_994.5, 1_995.5, 1_996.5], counts: [60, 40] };
    const year = { type: 'integer', kind: 'year', min: 1_995, max: 1_996, value_histogram } as const;
    const card = cardOf({ ...year, quartiles: { q1: 1_995, median: 1_995, q3: 1_996 } });
    expect(card).toContain('<figcaption>By year</figcaption>');
    expect(card).toContain('data-x="1995 1996"');
    expect(card).not.toMatch(/Mean|1,995|class="box"/);
    expect(lineOf(year)).not.toContain('1,995');
  });

  test('categories and flags: their values as bars, the rest as one', () => {
    const top_values = ['a', 'b', 'c'].map((value, i) => ({ value, count: 40 - 10 * i }));
    const card = cardOf({ kind: 'category', top_values, distinct: { count: 5, exact: true } });
    expect(card).toContain('2 more');
    expect(card).toContain(`<a href="${link({ column: 'x', not_in: ['a', 'b', 'c'] })}">10</a>`);
    expect(card).toContain(`<a href="${link({ column: 'x', in: ['a'] })}">40</a>`);
    const flag = cardOf({ type: 'integer', kind: 'flag', top_values, distinct: { count: 3, exact: true } });
    expect(flag).not.toMatch(/Mean|class="chart"| more</);
  });

  test('the bar of the most frequent value is a whole one, the rest has none; many values stand in rows of two', () => {
    const top_values = Array.from({ length: 10 }, (_, i) => ({ value: `v${i}`, count: 10 - i }));
    const card = cardOf({ kind: 'category', top_values, distinct: { count: 30, exact: true } });
    expect([...card.matchAll(/<rect width="([\d.]+)"/g)].map(([, width]) => Number(width))).toEqual([
      ...[100, 90, 80, 70, 60, 50, 40, 30, 20, 10],
    ]);
    expect(card).toMatch(/20 more<\/span><\/td><td><\/td>/);
    expect(card.match(/<table class="top two"/g)).toHaveLength(1);
  });

  test('spaces around a value are marked, and are still spaces', () => {
    const top_values = [' Madrid', 'Oslo'].map((value) => ({ value, count: 4 }));
    const card = cardOf({ kind: 'category', top_values });
    expect(card).toContain('<bdi><i class="space"> </i>Madrid</bdi>');
    expect(card).toContain('<bdi>Oslo</bdi>');
  });

  test('the kind stands beside the type, where they differ', () => {
    expect(cardOf({ kind: 'category' })).toMatch(/<span class="kind" title="One of a few [^"]+">category</);
    expect(cardOf({ kind: 'text' })).not.toContain('class="kind"');
    expect(cardOf({ kind: 'date' })).toMatch(/<span class="type" title="[^"]+">date, written as text</);
  });
});

describe('charts', () => {
  const measure = { type: 'integer', kind: 'measure' } as const;
  test('whole numbers of few values have a bar for each, as wide as their step; hairs would be bins', () => {
    const few = cardOf({ ...measure, value_histogram: { edges: [9.5, 10.5, 19.5, 20.5], counts: [3, 0, 4] } });
    expect(few).toContain('data-k="v" data-x="10 20" data-n="3 4" data-s="5 25 0.44"');
    const far = cardOf({
      ...measure,
      value_histogram: { edges: [9.5, 10.5, 11.5, 998.5, 999.5], counts: [3, 2, 0, 4] },
    });
    expect(far).toContain('data-k="n" data-x="1 100"');
  });

  test('a log scale is offered where the report has its bins', () => {
    const edges = Array.from({ length: 21 }, (_, i) => 2 ** i);
    const log_histogram = { edges, counts: Array(20).fill(5) };
    expect(cardOf({ ...measure, log_histogram })).toContain('<div class="log" hidden>');
    expect(cardOf(measure)).not.toContain('class="log"');
  });

  test('dates by calendar unit', () => {
    const date_histogram = { unit: 'month', edges: ['2024-01', '2024-02', '2024-03'], counts: [60, 40] } as const;
    const card = cardOf({
      type: 'date',
      kind: 'date',
      date_histogram: { ...date_histogram, edges: [...date_histogram.edges], counts: [60, 40] },
    });
    expect(card).toContain('<figcaption>By month</figcaption>');
    expect(card).toContain('data-k="d" data-x="2024-01 2024-02 2024-03" data-n="60 40"');
  });

  test('whiskers end at the last value within the fences; outliers are counted on each side', () => {
    const side = { count: 3, counts: [1, 0, 0, 0, 0, 0, 0, 0, 0, 2] };
    const outliers = { count: 6, lower_fence: 10, upper_fence: 90, lowest_inside: 12, highest_inside: 80, below: side };
    const anomalies = {
      duplicates: { count: 0, examples: [] },
      outliers: { x: { ...outliers, above: side, examples: [{ row: 7, value: 100 }] } },
    };
    const card = cardOf(measure, { anomalies });
    expect(card).toContain('whiskers to 12 and 80, 6 outliers beyond');
    for (const outlier of ['any', 'low', 'high']) expect(card).toContain(link({ column: 'x', outlier }));
    expect(card).toMatch(/below 10.*above 90.*row 7<\/a> \(100\)/s);
  });

  test('a number is shown with four digits and has all of them as its title', () => {
    expect(cardOf({ ...measure, mean: 32.204207968574636 })).toContain('<span title="32.204207968574636">32.2</span>');
  });
});

describe('notes on how values are written lead to their rows', () => {
  test('white space, characters that do not show, values that resemble another type', () => {
    const card = cardOf({
      white_space: { count: 3, row: 5, value: ' a' },
      invisible: [{ code_point: 'U+00A0', count: 2, row: 9, value: 'a\u00a0' }],
      resembles: {
        type: 'number',
        matching: 60,
        exceptions: 40,
        spellings: [{ like: 'currency', count: 50 }],
        examples: [],
      },
    });
    for (const where of [
      { white_space: true },
      { invisible: 'U+00A0' },
      { resembles: true },
      { resembles: false },
      { like: 'currency' },
    ])
      expect(card).toContain(link({ column: 'x', ...where }));
    expect(card).toContain('60 values (60 %)</a> can be read as numbers');
  });
});

test('only of ids of which all values are counted one by one it is said that they are unique', () => {
  const unique = 'All values are unique.';
  const differ = { count: 100, exact: true };
  expect(cardOf({ kind: 'id', distinct: differ })).toContain(unique);
  expect(cardOf({ kind: 'id', distinct: { ...differ, exact: false } })).not.toContain(unique);
  expect(cardOf({ kind: 'code', distinct: { ...differ, count: 99 } })).not.toContain(unique);
  expect(cardOf({ kind: 'text', distinct: differ })).not.toContain(unique);
});

test('tiles of the overview: duplicate rows, and bad rows where the format can have them', () => {
  const tiles = (changes: Partial<ReportDocument> = {}) => {
    const page = renderPage(document([column({ name: 'x' })], changes), 'x');
    const [, shown] = /class="tiles">(.*?)<\/section>/s.exec(page)!;
    return shown!.replace(/<[^>]+>/g, '');
  };
  expect(tiles()).toMatch(/0 duplicate rows No row repeats an earlier one\..*0 bad rows All rows have the header/s);
  const duplicates = { count: 2, examples: [] };
  const found = tiles({ anomalies: { duplicates, outliers: {} }, bad_rows: { count: 1, examples: [] } });
  expect(found).toMatch(/2 duplicate rows 2 % of the rows.*1 bad row 1 % of the rows/s);
  const { delimiter: _, ...file } = document([]).file;
  expect(tiles({ file })).not.toContain('bad row');
  expect(tiles({ row_count: 0 })).not.toMatch(/No row repeats|All rows have|NaN/);
});

test('missing values: a line per column with nulls, or a picture of very many; nothing where none is', () => {
  const page = (columns: number, nulls: number) =>
    renderPage(document(Array.from({ length: columns }, (_, i) => column({ name: `c${i}`, null_count: nulls }))), 'x');
  expect(page(2, 0)).not.toContain('id="missing"');
  expect(page(2, 30)).toContain(`<a href="${link({ column: 'c1', is_null: true })}">30 null (30 %)</a>`);
  expect(page(40, 30)).toContain('data-k="m" data-r="100" data-m="30"');
});

test('duplicates in groups where all are known', () => {
  const page = (examples: { row: number; first_row: number }[], count = examples.length) =>
    renderPage(document([], { anomalies: { duplicates: { count, examples }, outliers: {} } }), 'x');
  const one = page([{ row: 48, first_row: 33 }]);
  expect(one).toMatch(/1 duplicate row \(1 %\)<\/a> in 1 group.*Row 48 repeats row 33<\/a>/s);
  expect(one).toContain(link({ duplicate_of: 33 }));
  const three = [40, 48, 50].map((row) => ({ row, first_row: 33 }));
  expect(page(three)).toContain('>Row 33 occurs 4 times: rows 33, 40, 48, 50</a>');
  const some = page(three, 107);
  expect(some).toContain('>Rows 40, 48, 50 repeat row 33</a>');
  expect(some).not.toMatch(/in \d+ groups?| times/);
  expect(some).toMatch(/and 104 more: <a [^>]+>all 107<\/a> duplicate rows/);
});

test('the same report gives the same bytes', () => {
  const report = document([column({ name: 'a', type: 'decimal' }), column({ name: 'b' })]);
  expect(renderPage(report, 'x')).toBe(renderPage(report, 'x'));
});
