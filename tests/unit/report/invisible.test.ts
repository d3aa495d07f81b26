import { expect, test } from 'vitest';
import { invisibleCharacters } from '../../../src/processing/text/invisible.ts';
import { renderPage } from '../../../src/report/html/page.ts';
import { reportMarkdown } from '../../../src/report/markdown.ts';
import { reportTerminal } from '../../../src/report/terminal/terminal.ts';
import { column, document } from '../../support/report-document.ts';

test.each([
  ['Oslo\u00a0', 'Oslo[U+00A0]'],
  ['\ufeffid', '[U+FEFF]id'],
  ['a\u200b\u2060b', 'a[U+200B][U+2060]b'],
  ['so\u00adft', 'so[U+00AD]ft'],
  ['a\u202eb', 'a[U+202E]b'],
  ['ab\u200d', 'ab[U+200D]'],
  ['東京\u3000', '東京[U+3000]'],
])('%j is shown as %s', (text, shown) => {
  expect(invisibleCharacters.show(text)).toBe(shown);
});

test.each([
  'Oslo',
  '👩\u200d🚀',
  'می\u200cخواهم',
  'שלום\u200f!',
  '東\u3000京',
  'naïve “quoted” – ½',
])('%j is shown as it is', (text) => {
  expect(invisibleCharacters.show(text)).toBe(text);
});

test('values that look alike are shown differently on the page, the terminal and in Markdown', () => {
  const report = document([
    column({
      name: 'city',
      invisible: [{ code_point: 'U+00A0', count: 10, row: 3, value: 'Oslo\u00a0' }],
      top_values: [
        { value: 'Oslo', count: 90 },
        { value: 'Oslo\u00a0', count: 10 },
      ],
    }),
  ]);
  const page = renderPage(report, 'cities');
  expect(page).toContain('<bdi>Oslo[U+00A0]</bdi>');
  expect(page).not.toContain('Oslo\u00a0');
  expect(reportTerminal(report, 'cities', { width: 120, colour: false })).toContain('Oslo[U+00A0]');
  expect(reportMarkdown(report, 'cities')).toContain('Oslo\\[U+00A0\\]');
});
