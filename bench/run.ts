// npm run bench: the engine beside what npm gives, on the same seeded files, in the same minutes. README.md says how.
import { closeSync, openSync, readSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compareFacts, type Facts, factsOfReport } from './agreement.ts';
import { CONTESTANTS, type Contestant, FACTS } from './contestants.ts';
import { load, machineLine } from './machine.ts';
import { installPeers, type Peers } from './peers.ts';
import { runProcess } from './process-run.ts';
import { dataFile, RECIPES } from './recipes.ts';
import { type Result, resultTable } from './table.ts';

function refuse(sentence: string): never {
  console.error(`bench: ${sentence}`);
  process.exit(2);
}
function readOptions() {
  try {
    return parseArgs({
      options: {
        recipes: { type: 'string', default: Object.keys(RECIPES).join() },
        only: { type: 'string', default: CONTESTANTS.map(({ name }) => name).join() },
        scale: { type: 'string', default: '1' },
        rounds: { type: 'string', default: '3' },
        limit: { type: 'string', default: '300' },
        data: { type: 'string', default: fileURLToPath(new URL('data', import.meta.url)) },
      },
    }).values;
  } catch (error) {
    return refuse((error as Error).message);
  }
}
const values = readOptions();

function positive(option: 'scale' | 'rounds' | 'limit'): number {
  const number = Number(values[option]);
  return number > 0 && Number.isFinite(number) ? number : refuse(`--${option} takes a number above 0`);
}
function known(option: 'recipes' | 'only', names: string[]): string[] {
  const chosen = values[option].split(',');
  const unknown = chosen.find((name) => !names.includes(name));
  return unknown === undefined ? chosen : refuse(`--${option}: there is no ${unknown}, but ${names.join(', ')}`);
}
const scale = positive('scale');
const rounds = Math.ceil(positive('rounds'));
const limit = positive('limit');
const recipes = known('recipes', Object.keys(RECIPES));
const chosen = known(
  'only',
  CONTESTANTS.map(({ name }) => name),
);

const contestants = CONTESTANTS.filter(({ name }) => chosen.includes(name));
const peers = contestants.some(({ peer }) => peer) ? installPeers() : { versions: new Map(), missing: new Map() };
tellMissing(peers);
console.log(`# Benchmark of ${new Date().toISOString().slice(0, 10)}\n`);
console.log(`${machineLine()}; load before: ${load()}. Node ${process.versions.node}, V8 ${process.versions.v8}.`);
console.log(
  `${rounds} rounds, scale ${scale}. Facts: ${Object.entries(FACTS)
    .map(([letter, fact]) => `${letter} ${fact}`)
    .join(', ')}; a small letter: in part.\n`,
);
for (const name of recipes) await compete(name);
tellMissing(peers);

/** One recipe: round by round, there and back, so that a drift of the machine is shared. */
async function compete(recipe: string): Promise<void> {
  const { format, says } = RECIPES[recipe]!;
  const { path, bytes } = dataFile(values.data, recipe, scale);
  readOnce(path);
  const loadBefore = load();
  const present = contestants.filter(({ formats }) => formats.includes(format));
  const results = new Map(present.map((contestant) => [contestant.name, emptyResult(contestant)]));
  const facts = new Map<string, Facts>();
  for (let round = 1; round <= rounds; round++)
    for (const { name, args } of round % 2 === 1 ? present : present.toReversed()) {
      const result = results.get(name)!;
      if (result.fault) continue; // who failed once is not asked again
      try {
        const { output, ...figures } = await runProcess(args(path), limit);
        result.runs.push(figures);
        facts.set(name, name === 'ours' ? factsOfReport(output) : JSON.parse(output));
        const { wallSeconds, cpuSeconds, peakMebibytes } = figures;
        console.error(
          `bench: ${recipe} round ${round} ${name}: ${wallSeconds.toFixed(2)} s, ` +
            `CPU ${cpuSeconds.toFixed(2)} s, ${peakMebibytes.toFixed(0)} MiB`,
        );
      } catch (error) {
        result.fault = (error as Error).message;
        console.error(`bench: ${recipe} round ${round} ${name}: ${result.fault}`);
      }
    }
  const size = bytes >= 1e7 ? (bytes / 1e6).toFixed(0) : (bytes / 1e6).toFixed(1);
  console.log(`## ${recipe}: ${size} MB, ${says}\n\nLoad before ${loadBefore}, after ${load()}.\n`);
  console.log(`${resultTable([...results.values()], bytes)}\n`);
  tellAgreement(facts);
}

function emptyResult({ name, peer, facts }: Contestant): Result {
  const fault = peer === undefined ? undefined : peers.missing.get(peer);
  const version = (peer && peers.versions.get(peer)) ?? '';
  return { name, version, facts, runs: [], ...(fault && { fault: `NOT INSTALLED: ${fault}` }) };
}

/** Ratios between programs that do not find the same mean nothing: so what each finds is compared. */
function tellAgreement(facts: Map<string, Facts>): void {
  const ours = facts.get('ours');
  if (!ours) return;
  for (const [name, theirs] of facts) {
    if (name === 'ours') continue;
    const { equal, differing } = compareFacts(ours, theirs);
    const more = differing.length > 5 ? `; and ${differing.length - 5} more` : '';
    const which = differing.length === 0 ? '' : ` (${differing.slice(0, 5).join('; ')}${more})`;
    console.log(`- ${name}: ${equal} facts as ours, ${differing.length} not${which}`);
  }
  console.log('');
}

function tellMissing({ missing }: Peers): void {
  for (const [name, why] of missing)
    console.error(`\n!!!! bench: the peer ${name} IS MISSING, it does not take part: ${why}\n`);
}

/** Into the page cache: nobody is the one who waits for the disk. */
function readOnce(path: string): void {
  const file = openSync(path, 'r');
  const piece = Buffer.alloc(1 << 20);
  while (readSync(file, piece) > 0);
  closeSync(file);
}
