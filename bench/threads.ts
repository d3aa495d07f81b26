// npm run bench:threads -- FILE [ROUNDS]: what more threads give, when they are there already, as in the service. In
// one process, in turn.
import { availableParallelism } from 'node:os';
import { openSource } from '../src/infra/engine/source.ts';
import { SpillFile } from '../src/infra/engine/spill-file.ts';
import { EngineThreads } from '../src/infra/engine/threads.ts';
import { formatOfFilename } from '../src/processing/formats/choose.ts';
import { profileDataset } from '../src/processing/profile.ts';
import { load, machineLine } from './machine.ts';

const [file, rounds = '9'] = process.argv.slice(2);
if (file === undefined) {
  console.error('bench:threads: name a file to profile');
  process.exit(2);
}
const format = formatOfFilename(file)?.name ?? 'json';

interface Way {
  /** Beside the one that reads. */
  threads: EngineThreads | undefined;
  wall: number[];
  cpu: number[];
}
const ways: Way[] = Array.from({ length: availableParallelism() }, (_, more) => {
  const threads = more === 0 ? undefined : new EngineThreads(more);
  threads?.start();
  return { threads, wall: [], cpu: [] };
});

async function once({ threads, wall, cpu }: Way): Promise<void> {
  using spill = new SpillFile();
  const [began, before] = [performance.now(), process.cpuUsage()];
  const { bytes } = openSource(file!, new AbortController().signal);
  await profileDataset(bytes, { format, spill, threads, tuning: { aloneBytes: 0 } });
  const { user, system } = process.cpuUsage(before);
  wall.push((performance.now() - began) / 1_000);
  cpu.push((user + system) / 1e6);
}

console.log(
  `${machineLine()}; load ${load()}. Node ${process.versions.node}. ${file}, ${rounds} rounds after one to warm up.\n`,
);
for (const way of ways) {
  await once(way);
  way.wall.pop();
  way.cpu.pop();
}
for (let round = 0; round < Number(rounds); round++)
  for (const way of round % 2 === 0 ? ways : ways.toReversed()) await once(way);

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const both = (values: number[], digits: number) =>
  `${Math.min(...values).toFixed(digits)}, ${median(values).toFixed(digits)}`;
const alone = ways[0]!.wall;
console.log('| threads | wall s: best, median | CPU s: best, median | times as fast as one |\n|--:|--:|--:|--:|');
for (const [more, { wall, cpu }] of ways.entries()) {
  const times = [Math.min(...alone) / Math.min(...wall), median(alone) / median(wall)].map((ratio) => ratio.toFixed(2));
  console.log(`| ${more + 1} | ${both(wall, 3)} | ${both(cpu, 3)} | ${times.join(', ')} |`);
}
await Promise.all(ways.map(({ threads }) => threads?.close()));
