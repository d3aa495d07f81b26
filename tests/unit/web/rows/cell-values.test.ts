import { describe, expect, test } from 'vitest';
import { countsAsNull, kindOf, visiblePieces } from '../../../../src/web/rows/cell-values.ts';
import type { Column, Report } from '../../../../src/web/rows/report.ts';

const shown = (text: string) =>
  visiblePieces(text)
    .map((piece) => (piece.isMark ? `<${piece.text}>` : piece.text))
    .join('');

test.each([
  ['plain text, inner spaces', 'plain text, inner spaces'],
  [' both ', '<·>both<·>'],
  ['two\nlines', 'two<↵>lines'],
  ['tab\there', 'tab<⇥>here'],
  ['Oslo\u00a0', 'Oslo<[U+00A0]>'],
  ['zero\u200bwidth', 'zero<[U+200B]>width'],
  ['bell\u0007', 'bell<[U+0007]>'],
  ['👩‍👩‍👧', '👩‍👩‍👧'],
  ['', ''],
])('%j', (text, expected) => expect(shown(text)).toBe(expected));

describe('nulls', () => {
  const column = { null_tokens: { NA: 1, '': 2 } } as unknown as Column;
  const csv = { file: { format: 'csv', delimiter: ',' } } as Report;
  const json = { file: { format: 'json' } } as Report;
  const nulls = (report: Report) =>
    [null, '', 'NA', ' NA ', 'x'].map((value) => {
      const kind = kindOf(value, column, report);
      return `${kind}${countsAsNull(kind, report) ? ' (null)' : ''}`;
    });

  test('of CSV: missing and empty fields, and the tokens of the column', () => {
    expect(nulls(csv)).toEqual(['null (null)', 'empty (null)', 'token (null)', 'token (null)', 'value']);
  });
  test('of JSON: null alone; texts are values', () => {
    expect(nulls(json)).toEqual(['null (null)', 'empty', 'value', 'value', 'value']);
  });
});
