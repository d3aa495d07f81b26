// Runs on a bare machine (Node 20 or later with npm): fetches Node 24 and Yarn into .tools/, installs the locked
// dependencies, builds the page (and the kernel, where it was edited), then hands over to the script it was given.
// Starting the product installs what that needs (package.json); every other script also installs what testing needs
// (tests/package.json). Plain JavaScript, because Node 20 cannot strip types. When everything is in place it costs some
// tens of milliseconds.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, cpus, setPriority, tmpdir } from 'node:os';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isBundled } from '../bin/bundled.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const NODE = '24.21.0';
const YARN = '4.18.1';
const windows = process.platform === 'win32';
const nodeFolder = join(root, '.tools');
const yarnFolder = join(root, '.tools', 'yarn');
const nodePackage = join(nodeFolder, 'node_modules', 'node');
const yarnPackage = join(yarnFolder, 'node_modules', '@yarnpkg', 'cli-dist');
const node = join(nodePackage, 'bin', windows ? 'node.exe' : 'node');
const modules = join(root, 'node_modules');

const env = {
  ...process.env,
  PATH: [join(nodeFolder, 'node_modules', '.bin'), join(modules, '.bin'), process.env.PATH].join(delimiter),
};
// npm's own variables would make Yarn and the children believe that they run inside an npm script
for (const name of Object.keys(env))
  if (/^npm_(lifecycle|package|command|execpath|node_execpath)/.test(name)) delete env[name];

class SetupError extends Error {}

function fail(sentence) {
  console.error(`setup: ${sentence}`);
  process.exit(1);
}

/** Runs a program. Everything it prints goes to stderr: standard output belongs to the script that is started. */
function must(what, command, args, options = {}) {
  return new Promise((done, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 2, 2], cwd: root, env, ...options });
    child.on('error', (error) => reject(new SetupError(`${what} could not be started: ${error.message}`)));
    child.on('exit', (code) => {
      if (code === 0) done();
      else reject(new SetupError(`${what} failed; the lines above say why. Run the command again when that is fixed.`));
    });
  });
}

const digest = (...files) => {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
};
const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
const dependencies = () => digest('yarn.lock', 'package.json', 'tests/package.json');
const sourcesIn = (folder, pattern) =>
  readdirSync(join(root, folder), { recursive: true })
    .filter((name) => pattern.test(name))
    .sort()
    .map((name) => join(folder, name));

const npmInstall = (folder, name, version) => {
  // what an interrupted run left would be taken for an installed package
  rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: { [name]: version } }));
  const args = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
  return must(`npm install of ${name}`, 'npm', args, { shell: windows, cwd: folder, env: process.env });
};
const isInstalled = (folder, version) => {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version === version;
  } catch {
    return false;
  }
};

async function fetchNode() {
  if (existsSync(node) && isInstalled(nodePackage, NODE)) return;
  console.error('setup: fetching Node %s', NODE);
  await npmInstall(nodeFolder, 'node', NODE);
  for (const name of sourcesOfAddons()) rmSync(name, { recursive: true, force: true });
}
/** The headers of Node, a third of the package, serve to compile addons: there are none here. */
const sourcesOfAddons = () =>
  readdirSync(join(nodePackage, 'node_modules'))
    .filter((name) => name.startsWith('node-'))
    .map((name) => join(nodePackage, 'node_modules', name, 'include'));

/** Parts of packages, 140 MB, that nothing here uses: Prisma's engines for other databases, and Binaryen's programs. */
const UNUSED = [
  ['binaryen', 'bin', /./],
  ['@prisma/client', 'runtime', /^query_compiler_.*(cockroachdb|mysql|sqlite|sqlserver)/],
];

/** @param all what testing needs too; once installed, it stays and is kept up to date */
async function install(all) {
  const stamp = join(modules, '.installed');
  const wanted = dependencies();
  const [had, scope] = (read(stamp) ?? '').split(' ');
  if (had === wanted && (scope === 'all' || !all)) return;
  if (!isInstalled(yarnPackage, YARN)) {
    console.error('setup: fetching Yarn %s', YARN);
    await npmInstall(yarnFolder, '@yarnpkg/cli-dist', YARN);
  }
  const whole = all || scope === 'all';
  console.error('setup: installing the dependencies%s', whole ? ', those of the tests too' : '');
  // with the Node that runs this: the other one may still be on its way
  const args = whole ? ['install', '--immutable'] : ['workspaces', 'focus', 'dataset-reports'];
  await must('yarn install', process.execPath, [join(yarnPackage, 'bin', 'yarn.js'), ...args]);
  for (const [name, folder, pattern] of UNUSED) {
    const path = join(modules, name, folder);
    for (const file of existsSync(path) ? readdirSync(path) : [])
      if (pattern.test(file)) rmSync(join(path, file), { recursive: true, force: true });
  }
  writeFileSync(stamp, `${wanted} ${whole ? 'all' : 'start'}`);
}

const KERNEL = 'src/processing/kernel';

/**
 * The compiled kernel is committed with the digest of its sources: only where they have been edited since, it is
 * compiled anew, which needs the compiler.
 */
async function compileKernel() {
  const stamp = join(root, KERNEL, 'generated/sources.sha256');
  const { assemblyscript } = JSON.parse(read(join(root, 'tests/package.json'))).dependencies;
  const sources = digest('tools/build-kernel.mjs', ...sourcesIn(KERNEL, /^(?!generated).*\.ts$/));
  const wanted = `AssemblyScript ${assemblyscript} ${sources}\n`;
  if (read(stamp) === wanted && existsSync(join(root, KERNEL, 'generated/wasm.ts'))) return;
  await install(true);
  console.error('setup: compiling the kernel');
  await must('compiling the kernel', node, ['tools/build-kernel.mjs']);
  writeFileSync(stamp, wanted);
}

/**
 * The command as a bundle, and the kernel's machine code, only make the command start faster.
 * @param wait tests and benchmarks begin when they are there; the product starts at once, and they are made in the
 *   background
 */
async function quicken(wait) {
  if (!isBundled()) await aside('tools/bundle.mjs', ['command'], wait);
  const stamp = join(modules, '.kernel-code');
  const wanted = [
    read(join(root, KERNEL, 'generated/sources.sha256')),
    NODE,
    cpus()[0]?.model,
    digest('src/infra/engine/kernel-cache.ts', 'tools/compile-kernel.ts', 'tools/sample.parquet'),
  ].join();
  if (read(stamp) === wanted) return;
  await aside('tools/compile-kernel.ts', [], wait);
  writeFileSync(stamp, wanted);
}
/** Runs a script of no importance for what is started. @param wait for its end; else it goes on in the background */
async function aside(script, args, wait) {
  const child = spawn(node, [script, ...args], { stdio: 'ignore', cwd: root, env, detached: !wait });
  child.on('error', () => {});
  if (wait) await new Promise((done) => child.on('close', done));
  else if (child.pid) {
    child.unref();
    try {
      setPriority(child.pid, constants.priority.PRIORITY_LOW);
    } catch {} // it has ended
  }
}

async function buildPage() {
  const stamp = join(root, 'build', '.web');
  // what the application imports from elsewhere: a change there must not leave an old page
  const sources = [
    'src/core/states.ts',
    'src/processing/formats/other-kinds.ts',
    'src/processing/row-conditions.ts',
    'src/processing/text/invisible.ts',
    'src/processing/text/null-tokens.ts',
    'src/processing/text/trim.ts',
    'src/report/formatting.ts',
    ...sourcesIn('src/processing/options', /\.ts$/),
    ...sourcesIn('src/web', /\.(tsx?|css|html)$/),
  ];
  const wanted = dependencies() + digest('vite.config.ts', ...sources);
  if (read(stamp) === wanted && existsSync(join(root, 'build/web/index.html'))) return;
  const args = ['node_modules/vite/bin/vite.js', 'build', '--logLevel=warn'];
  await must('the build of the browser application', node, args);
  writeFileSync(stamp, wanted);
}

function handOver([script, ...args]) {
  // the command of bin/ names its script in full: the files that it is given are those of the caller's folder
  const cwd = isAbsolute(script) ? process.cwd() : root;
  // types are stripped once: the stripper costs a process 30 MiB and its start 50 ms
  env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'node-compile-cache');
  const child = spawn(node, [script, ...args], { stdio: 'inherit', cwd, env });
  // On a terminal Ctrl-C reaches the whole group by itself: sending it once more would be a second Ctrl-C.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on('error', (error) => fail(`Node could not be started: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

const command = process.argv.slice(2);
if (command.length === 0) fail('name the script to run, as the scripts of package.json do.');
if (Number(process.versions.node.split('.')[0]) < 20) fail(`Node 20 or later is needed, this is ${process.version}.`);
const isProduct = command.some((argument) => /(^|[\\/])src[\\/]\w+\.ts$/.test(argument));
/** A failure is reported when the other step has ended too: the next run must not meet what is left of this one. */
async function both(...steps) {
  for (const { reason } of await Promise.allSettled(steps)) if (reason) throw reason;
}
try {
  await both(fetchNode(), install(!isProduct));
  await compileKernel();
  await buildPage();
  await quicken(!isProduct);
} catch (error) {
  fail(error instanceof SetupError ? error.message : `the folder of the project cannot be used: ${error.message}`);
}
handOver(command);
