import { describe, expect, test } from 'vitest';
import { namedRows } from '../../../src/processing/row-conditions.ts';

describe('rows by number', () => {
  test('numbers and ranges, each once, rising, none beyond the end', () => {
    expect(namedRows('17,2,10-12,11', 100)).toEqual([2, 10, 11, 12, 17]);
    expect(namedRows('98-2000', 100)).toEqual([98, 99, 100]);
    expect(namedRows('101', 100)).toEqual([]);
  });
  test.each(['0', 'a', '3-2', '1-2-3', '1,', '-4'])('%s is told to be wrong', (text) => {
    expect(namedRows(text, 100)).toContain('ascending ranges');
  });
  test('however often a row is named before, the last one counts', () => {
    expect(namedRows(`${'1,'.repeat(2_000)}2`)).toEqual([1, 2]);
  });
  test('at most 1,000', () => {
    expect(namedRows('1-1000', 5_000)).toHaveLength(1_000);
    expect(namedRows('1-1001', 5_000)).toContain('At most 1,000');
  });
});
