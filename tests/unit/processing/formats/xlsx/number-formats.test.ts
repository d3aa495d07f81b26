import { expect, test } from 'vitest';
import { builtInKind, kindOfFormat } from '../../../../../src/processing/formats/xlsx/number-formats.ts';

test.each([
  ['General', 'number'],
  ['', 'number'],
  ['0.00E+00', 'number'],
  ['##0.0E-0', 'number'],
  ['#,##0.00 "days"', 'number'],
  ['0 "h"', 'number'],
  ['[Red]-0.00', 'number'],
  ['[$$-409]#,##0.00', 'number'],
  ['_-* #,##0.00\\ "€"_-;d', 'number'],
  ['0\\d', 'number'],
  ['@', 'number'],
  ['0%', 'number'],
  ['# ?/?', 'number'],
  ['[>=1000]0.0,"k";0', 'number'],
  ['yyyy-mm-dd', 'days'],
  ['D/M/YY', 'days'],
  ['mmm-yy', 'days'],
  ['m', 'days'],
  ['dddd, d. mmmm yyyy', 'days'],
  ['[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', 'days'],
  ['yyyy"年"m"月"d"日"', 'days'],
  ['[$-411]ge.m.d', 'days'],
  ['yyyy-mm-dd hh:mm:ss', 'instants'],
  ['m/d/yy h:mm AM/PM', 'instants'],
  ['d "days" hh:mm', 'instants'],
  ['h:mm', 'times'],
  ['mm:ss', 'times'],
  ['mm:ss.0', 'times'],
  ['h:mm:ss AM/PM', 'times'],
  ['h:mm;@', 'times'],
  ['[$-F400]h:mm:ss\\ AM/PM', 'times'],
  ['[h]:mm', 'durations'],
  ['[hh]:mm:ss;@', 'durations'],
  ['[mm]:ss', 'durations'],
  ['[ss]', 'durations'],
  ['d [h]:mm', 'durations'],
  ['hh"h"mm', 'times'],
])('%s is for %s', (code, kind) => {
  expect(kindOfFormat(code)).toBe(kind);
});

test.each([
  [0, 'number'],
  [9, 'number'],
  [14, 'days'],
  [18, 'times'],
  [22, 'instants'],
  [21, 'times'],
  [45, 'times'],
  [46, 'durations'],
  [47, 'times'],
  [49, 'number'],
  [57, 'days'],
])('the built-in format %i is for %s', (id, kind) => {
  expect(builtInKind(id)).toBe(kind);
});

test('a code of any length takes no time that matters', () => {
  expect(kindOfFormat('h'.repeat(1_000_000))).toBe('times');
  expect(kindOfFormat('['.repeat(1_000_000))).toBe('number');
});
