// npm run bench:where -- FILE: where the engine's time goes, by phase and by function. See README.md.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CpuProfile, timesOf, timesTable } from './cpu-profile.ts';
import { load, machineLine } from './machine.ts';
import { nodeOption, runProcess } from './process-run.ts';

const LIMIT_SECONDS = 600;
const FUNCTIONS = 30;

const file = process.argv[2];
if (file === undefined || !existsSync(file)) {
  console.error(`bench:where: ${file === undefined ? 'name a file to profile' : `there is no file ${file}`}`);
  process.exit(2);
}
const root = new URL('../', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'dataset-reports-where-'));
try {
  const kernel = join(folder, 'kernel');
  const build = [fileURLToPath(new URL('tools/build-kernel.mjs', root)), kernel, '--debug'];
  const { status } = spawnSync(process.execPath, build, { cwd: fileURLToPath(root), stdio: ['ignore', 2, 2] });
  if (status === 0) process.env.BENCH_NAMED_KERNEL = join(kernel, 'wasm.ts');
  else console.error('bench:where: the kernel with names could not be built: its functions are shown by number');

  const profiles = join(folder, 'profiles');
  const options = [
    nodeOption('--import', new URL('named-kernel.mjs', import.meta.url).href),
    '--cpu-prof',
    nodeOption('--cpu-prof-dir', profiles),
  ];
  // the sources: of the bundle that bin/ starts, functions could not be told apart by their files
  const args = [fileURLToPath(new URL('src/cli.ts', root)), 'profile', resolve(file), '--output', 'json'];
  const { wallSeconds, cpuSeconds } = await runProcess(args, LIMIT_SECONDS, options.join(' '));
  const threads = readdirSync(profiles).map(
    (name) => JSON.parse(readFileSync(join(profiles, name), 'utf8')) as CpuProfile,
  );
  const { phases, functions, working, waiting } = timesOf(threads, root.href);

  console.log(`${machineLine()}; load ${load()}. Node ${process.versions.node}.\n`);
  const seconds = (milliseconds: number) => `${(milliseconds / 1_000).toFixed(2)} s`;
  console.log(`${wallSeconds.toFixed(2)} s, ${cpuSeconds.toFixed(2)} CPU s, with the profiler on.`);
  console.log(
    `${threads.length} of its threads run JavaScript, in sum ${seconds(working)} at work and ` +
      `${seconds(waiting)} waiting. This is wall time: what the system gave to others in between is in it, ` +
      'what V8 and Node did on threads of their own is not.\n',
  );
  console.log(`${timesTable('phase', phases)}\n`);
  console.log(timesTable('function', functions, FUNCTIONS));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
