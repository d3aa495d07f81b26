import type { Run } from './process-run.ts';

type Figures = Pick<Run, 'wallSeconds' | 'cpuSeconds' | 'peakMebibytes'>;
export interface Result {
  name: string;
  version: string;
  facts: string;
  runs: Figures[];
  /** In place of runs: why there are none. */
  fault?: string;
}

const median = (numbers: number[]) => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
};
const best = (runs: Figures[]) => Math.min(...runs.map((run) => run.wallSeconds));
const cpu = (runs: Figures[]) => median(runs.map((run) => run.cpuSeconds));
const digits = (value: number) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

/**
 * The results as a Markdown table: of the wall time the best run, of the CPU time the median, of the memory the
 * highest. Ratios are to the result named `ours`; without one the cells stay empty.
 * @param bytes of the file
 */
export function resultTable(results: Result[], bytes: number): string {
  const reference = results.find(({ name, fault, runs }) => name === 'ours' && !fault && runs.length > 0)?.runs;
  const ratio = (value: number, base: number | undefined) => (base ? `${digits(value / base)}x` : '');
  const lines = [
    '| contestant | facts | wall s, best | CPU s, median | MB/s | peak MiB | wall ratio | CPU ratio |',
    '|---|---|--:|--:|--:|--:|--:|--:|',
  ];
  for (const { name, version, facts, runs, fault } of results) {
    const cells =
      fault || runs.length === 0
        ? [fault ?? 'did not run', '', '', '', '', '']
        : [
            digits(best(runs)),
            digits(cpu(runs)),
            digits(bytes / 1e6 / best(runs)),
            Math.max(...runs.map((run) => run.peakMebibytes)).toFixed(0),
            ratio(best(runs), reference && best(reference)),
            ratio(cpu(runs), reference && cpu(reference)),
          ];
    const row = [`${name} ${version}`.trim(), facts || 'parses only', ...cells];
    lines.push(`| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`);
  }
  return lines.join('\n');
}
