import { describe, expect, test } from 'vitest';
import type { AlertCode } from '../../../../src/report/alerts/table.ts';
import type { ColumnReport, Outliers } from '../../../../src/report/document.ts';
import { alertRows } from '../../../../src/report/html/alert-rows.ts';
import { column } from '../../../support/report-document.ts';

const rows = (code: AlertCode, changes: Partial<ColumnReport>, outliers?: Outliers) =>
  alertRows(code, column({ name: 'x', ...changes }), outliers).map(({ where: { column: _, ...where }, label }) => [
    where,
    label,
  ]);
const resembles = (changes: Partial<NonNullable<ColumnReport['resembles']>>) => ({
  resembles: { type: 'date' as const, matching: 100, exceptions: 0, spellings: [], examples: [], ...changes },
});

describe('an alert leads to the rows that differ, not to the whole file', () => {
  test('dates and numbers that are all written alike have no link; those that do not fit have one', () => {
    const spellings = [{ like: 'Jun 12 1998', count: 100 }];
    expect(rows('dates_as_text', resembles({ spellings }))).toEqual([]);
    expect(rows('dates_as_text', resembles({ spellings, exceptions: 3 }))).toEqual([
      [{ resembles: false }, 'Show the others'],
    ]);
    const percent = { type: 'number' as const, spellings: [{ like: 'percent', count: 100 }] };
    expect(rows('numbers_as_text', resembles(percent))).toEqual([]);
  });

  test('the rarer formats of dates, the few numbers in another spelling', () => {
    const slashes = [
      { like: '05/31/2024', count: 34 },
      { like: '5/6/2024', count: 21 },
    ];
    expect(rows('date_formats', resembles({ spellings: slashes }))).toEqual([
      [{ like: '05/31/2024' }, 'like 05/31/2024 (34)'],
      [{ like: '5/6/2024' }, 'like 5/6/2024 (21)'],
    ]);
    // without ISO the most frequent spelling is the usual one
    expect(rows('date_formats', resembles({ matching: 55, spellings: slashes }))).toEqual([
      [{ like: '5/6/2024' }, 'like 5/6/2024 (21)'],
    ]);
    const thousands = { type: 'number' as const, spellings: [{ like: 'thousands', count: 12 }] };
    expect(rows('numbers_as_text', resembles(thousands))).toEqual([[{ like: 'thousands' }, 'with thousands (12)']]);
  });

  test('all values but the most frequent one', () => {
    const top = (value: string) => ({ top_values: [{ value, count: 97 }] });
    expect(rows('almost_constant', top('USA'))).toEqual([[{ not_in: ['USA'] }, 'Show the others']]);
    // only the beginning of a longer value is known
    expect(rows('almost_constant', top(`${'a'.repeat(256)}…`))).toEqual([]);
  });

  test('the values that pull a mean', () => {
    const side = { count: 1, counts: Array(10).fill(0) };
    const fences = { lower_fence: 0, upper_fence: 9, examples: [] };
    const numbers = { type: 'integer', quartiles: { q1: 2, median: 5, q3: 8 } } as const;
    const outliers = { ...fences, count: 2, below: side, above: side };
    expect(rows('skewed', { ...numbers, mean: 40 }, outliers)).toEqual([[{ outlier: 'high' }, 'Show rows']]);
    expect(rows('skewed', { ...numbers, mean: -40 }, outliers)).toEqual([[{ outlier: 'low' }, 'Show rows']]);
    expect(rows('skewed', { ...numbers, mean: 40 }, { ...fences, count: 0 })).toEqual([]);
  });

  test('none where no condition finds exactly the rows', () => {
    for (const code of ['all_null', 'constant', 'leading_zeros', 'thousands_as_decimals'] as const)
      expect(rows(code, {})).toEqual([]);
  });
});
