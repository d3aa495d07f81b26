// npm run bench:alerts: the alerts of real files by code, and how many of the labelled ones are worth reading.
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { profileDataset } from '../src/processing/profile.ts';
import { buildReport } from '../src/report/build-report.ts';
import type { Alert } from '../src/report/document.ts';
import { judge, readLabels } from './alert-labels.ts';
import { type CorpusFile, corpus } from './corpus.ts';

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: join(tmpdir(), 'dataset-reports-corpus') },
    offline: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});

async function alertsOf({ bytes, format }: CorpusFile): Promise<Alert[]> {
  const source = (async function* () {
    yield bytes;
  })();
  return buildReport(await profileDataset(source, { format })).alerts;
}

mkdirSync(values.folder, { recursive: true });
const found = new Map<string, Alert[]>();
for (const file of corpus(values.folder, values.offline ? ['installed'] : ['installed', 'npm', 'pypi']))
  try {
    found.set(file.name, await alertsOf(file));
  } catch (error) {
    console.error(`${file.name}: ${(error as Error).message}`); // a file that is no table
  }

const all = [...found.values()].flat();
const counts = [...found.values()].map(({ length }) => length).sort((a, b) => a - b);
const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(0)} %`;
if (values.list)
  for (const [file, alerts] of found)
    for (const { severity, code, column, message } of alerts)
      console.log([file, severity, code, column ?? '', message].join('\t'));
console.log('| code | alerts |\n|---|--:|');
for (const [code, alerts] of [...Map.groupBy(all, (alert) => alert.code)].sort((a, b) => b[1].length - a[1].length))
  console.log(`| \`${code}\` | ${alerts.length} |`);
console.log(
  `\n${found.size} files, ${all.length} alerts: median ${counts[counts.length >> 1]} a file, ` +
    `mean ${(all.length / found.size).toFixed(1)}, most ${counts.at(-1)}`,
);
const { before, now, survivors } = judge(readLabels(), found);
console.log(
  `Worth reading before: ${before.kept} of ${before.judged} labelled (${percent(before.kept, before.judged)})`,
);
console.log(`Worth reading now: ${now.kept} of ${now.judged} labelled (${percent(now.kept, now.judged)})`);
console.log(`Of those worth reading before ${survivors} are given now (${percent(survivors, before.kept)})`);
