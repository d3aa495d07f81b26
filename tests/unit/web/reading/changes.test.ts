import { describe, expect, test } from 'vitest';
import { changesOf, type ReportFacts } from '../../../../src/web/reading/changes.ts';

const facts = (rowCount: number, ...columns: [name: string, type: string, nullCount: number][]): ReportFacts => ({
  rowCount,
  columns: columns.map(([name, type, nullCount]) => ({ name, type, nullCount })),
});

describe('what another reading has changed', () => {
  test('nothing', () => {
    const report = facts(3, ['a', 'text', 0]);
    expect(changesOf(report, facts(3, ['a', 'text', 0]))).toEqual([]);
  });
  test('rows, columns, types and nulls', () => {
    const before = facts(1_203, ['a', 'TEXT', 0], ['b', 'TEXT', 2], ['c', 'INTEGER', 0], ['old', 'text', 0]);
    const after = facts(1_200, ['a', 'DECIMAL', 0], ['b', 'DECIMAL', 1], ['c', 'TEXT', 0], ['new', 'text', 0]);
    expect(changesOf(before, after)).toEqual([
      '1,200 rows instead of 1,203',
      '1 new column: new',
      '1 column no longer there: old',
      '2 columns of type decimal instead of text: a, b',
      '1 column of type text instead of integer: c',
      'b: 1 null instead of 2',
    ]);
  });
  test('the order of columns is no change', () => {
    expect(
      changesOf(facts(1, ['a', 'text', 0], ['b', 'text', 0]), facts(1, ['b', 'text', 0], ['a', 'text', 0])),
    ).toEqual([]);
  });
  test('many are counted, not listed', () => {
    const columns = Array.from({ length: 1_000 }, (_, i): [string, string, number] => [`c${i}`, 'text', 0]);
    const nulls = columns.map(([name, type]): [string, string, number] => [name, type, 1]);
    expect(changesOf(facts(1), facts(1, ...columns))).toEqual([
      '1,000 new columns: c0, c1, c2, c3, c4, c5 and 994 more',
    ]);
    const changes = changesOf(facts(1, ...columns), facts(1, ...nulls));
    expect([changes.length, changes.at(-1)]).toEqual([9, 'and 992 more']);
  });
});
