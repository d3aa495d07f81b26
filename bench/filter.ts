// npm run bench:filter -- [taxi|text|ndjson [ROUNDS]]: rows by a condition, the engine beside DuckDB, which reads the
// same file. Fresh processes, the file in the page cache; the engine is given the report, which its user has by then.
// CPU of the question alone leaves out the start of Node and what is loaded, which a service does once.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RowCondition } from '../src/processing/row-conditions.ts';
import { load, machineLine } from './machine.ts';
import { installPeers } from './peers.ts';
import { type Run, runProcess } from './process-run.ts';
import { dataFile } from './recipes.ts';

/** What is asked: as our condition, in SQL, and for how many rows. */
type Question = [where: RowCondition, sql: string, first: 'count' | 'all' | '100'];
const TAXI: Question[] = [
  [{ column: 'fare', gt: 80 }, 'fare > 80', 'count'],
  [{ column: 'company', in: ['CMT'] }, "company = 'CMT'", 'count'],
  [{ column: 'riders', is_null: true }, 'riders IS NULL', 'count'],
  [{ column: 'paid_by', contains: 'cash' }, "paid_by LIKE '%cash%'", 'count'],
  [{ column: 'start', lt: '2015-02-01' }, '"start" < TIMESTAMP \'2015-02-01\'', 'count'],
  [{ column: 'fare', gt: 80 }, 'fare > 80', 'all'],
  [{ column: 'company', in: ['CMT'] }, "company = 'CMT'", '100'],
];
const QUESTIONS: Record<string, Question[]> = {
  taxi: TAXI,
  ndjson: TAXI,
  text: [
    [{ column: 'body', contains: 'laken' }, "body ILIKE '%laken%'", 'count'],
    [{ column: 'body', contains: 'laken' }, "body ILIKE '%laken%'", '100'],
  ],
};

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const [recipe = 'taxi', rounds = '5'] = process.argv.slice(2);
const questions = QUESTIONS[recipe];
if (!questions) {
  console.error(`bench:filter: name one of ${Object.keys(QUESTIONS).join(', ')}`);
  process.exit(2);
}
const { versions, missing } = installPeers();
const { path } = dataFile(process.env.BENCH_DATA ?? here('data'), recipe, 1);
const folder = mkdtempSync(join(tmpdir(), 'dataset-reports-filter-'));
const report = join(folder, 'report.json');
const command = [here('../bin/dataset-reports.mjs'), 'profile', path, '--output', 'json'];
writeFileSync(report, execFileSync(process.execPath, command, { maxBuffer: 1 << 28 }));

const contestants = [
  { name: 'ours', script: here('contestants/filter-ours.ts'), said: ([where]: Question) => JSON.stringify([where]) },
  ...(versions.has('@duckdb/node-api')
    ? [{ name: 'duckdb', script: here('contestants/filter-duckdb.mjs'), said: ([, sql]: Question) => sql }]
    : []),
];
const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;
console.log(`${machineLine()}; load ${load()}. Node ${process.versions.node}, ${[...versions].join(' ')}. ${path}.`);
for (const [name, why] of missing) console.log(`${name}: ${why}`);
console.log(
  '\n| condition | rows | | found | wall s: best, median | CPU s: median | of it the question | peak MiB |\n' +
    '|---|---|---|--:|--:|--:|--:|--:|',
);
try {
  for (const question of questions) {
    const runs = new Map<string, Run[]>(contestants.map(({ name }) => [name, []]));
    for (let round = 0; round < Number(rounds); round++)
      for (const { name, script, said } of round % 2 === 0 ? contestants : contestants.toReversed())
        runs.get(name)!.push(await runProcess([script, path, report, said(question), question[2]], 300));
    for (const [name, all] of runs) {
      const walls = all.map(({ wallSeconds }) => wallSeconds);
      const cells = [
        `\`${question[1]}\``,
        question[2],
        name,
        all[0]!.output.split(' ')[0],
        `${Math.min(...walls).toFixed(2)}, ${median(walls).toFixed(2)}`,
        median(all.map(({ cpuSeconds }) => cpuSeconds)).toFixed(2),
        median(all.map(({ output }) => Number(output.split(' ')[1]))).toFixed(2),
        median(all.map(({ peakMebibytes }) => peakMebibytes)).toFixed(0),
      ];
      console.log(`| ${cells.join(' | ')} |`);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
