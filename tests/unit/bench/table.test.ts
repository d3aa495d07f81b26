import { expect, test } from 'vitest';
import { resultTable } from '../../../bench/table.ts';

const run = (wallSeconds: number, cpuSeconds: number, peakMebibytes: number) => ({
  wallSeconds,
  cpuSeconds,
  peakMebibytes,
});
const ours = { name: 'ours', version: '', facts: 'NM', runs: [run(2, 3, 100), run(1, 1, 90), run(4, 2, 110)] };
const cells = (table: string) =>
  table.split('\n').map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

test('best wall, median CPU, highest memory, ratios to ours', () => {
  const peer = { name: 'peer', version: '1.2', facts: '', runs: [run(3, 9, 400), run(2.5, 8, 300)] };
  const failed = { name: 'other', version: '', facts: 'N', runs: [], fault: 'ended with 1: a | b' };
  const [head, , first, second] = cells(resultTable([ours, peer], 50_000_000));
  expect(head).toHaveLength(8);
  expect(first).toEqual(['ours', 'NM', '1.00', '2.00', '50.0', '110', '1.00x', '1.00x']);
  expect(second).toEqual(['peer 1.2', 'parses only', '2.50', '8.50', '20.0', '400', '2.50x', '4.25x']);
  expect(resultTable([ours, failed], 1)).toContain('| other | N | ended with 1: a \\| b |  |  |  |  |  |');
});

test('without ours there are no ratios, and one that failed after a run shows no figures', () => {
  const peer = { name: 'peer', version: '', facts: 'N', runs: [run(1, 1, 1)] };
  expect(cells(resultTable([peer], 1e6))[2]).toEqual(['peer', 'N', '1.00', '1.00', '1.00', '1', '', '']);
  const failed = { ...ours, fault: 'did not end in 3 s' };
  const [, , first, second] = cells(resultTable([failed, peer], 1e6));
  expect(first).toEqual(['ours', 'NM', 'did not end in 3 s', '', '', '', '', '']);
  expect(second!.slice(-2)).toEqual(['', '']);
});
