// Runs on a bare machine (Node 20 or later with npm): fetches Node 24 and Yarn into .tools/, installs the locked
// dependencies, generates the database client, then hands over to the script it was given. Plain JavaScript, because
// Node 20 cannot strip types. When everything is in place it costs some tens of milliseconds.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const wanted = { node: '24.21.0', '@yarnpkg/cli-dist': '4.18.1' };
const tools = join(root, '.tools');
const modules = join(tools, 'node_modules');
const windows = process.platform === 'win32';
const node = join(modules, 'node', 'bin', windows ? 'node.exe' : 'node');
const yarn = join(modules, '@yarnpkg', 'cli-dist', 'bin', 'yarn.js');

function fail(sentence) {
  console.error(`setup: ${sentence}`);
  process.exit(1);
}

function installed(name) {
  try {
    return JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')).version;
  } catch {
    return undefined;
  }
}

function must(what, command, args, options = {}) {
  // everything the installers print goes to stderr: standard output belongs to the program that is started
  const result = spawnSync(command, args, { stdio: ['ignore', 2, 2], cwd: root, ...options });
  if (result.error) fail(`${what} could not be started: ${result.error.message}`);
  if (result.status !== 0) fail(`${what} failed; the lines above say why. Run the command again when that is mended.`);
}

const digest = (...files) => {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
};
const stampIs = (file, value) => existsSync(file) && readFileSync(file, 'utf8') === value;

if (!process.argv[2]) fail('name the script to run, as the scripts of package.json do.');
if (Number(process.versions.node.split('.')[0]) < 20) fail(`Node 20 or later is needed, this is ${process.version}.`);

const env = {
  ...process.env,
  PATH: [join(modules, '.bin'), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
};
// npm's own variables would make Yarn and the children believe that they run inside an npm script
for (const name of Object.keys(env))
  if (/^npm_(lifecycle|package|command|execpath|node_execpath)/.test(name)) delete env[name];

try {
  if (!existsSync(node) || Object.entries(wanted).some(([name, version]) => installed(name) !== version)) {
    console.error('setup: fetching Node %s and Yarn %s', wanted.node, wanted['@yarnpkg/cli-dist']);
    mkdirSync(tools, { recursive: true });
    writeFileSync(join(tools, 'package.json'), JSON.stringify({ private: true, dependencies: wanted }));
    const args = ['install', '--prefix', tools, '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
    must('npm install of Node and Yarn', 'npm', args, { shell: windows, cwd: tools });
  }
  const dependencies = digest('yarn.lock', 'package.json');
  const dependenciesStamp = join(root, 'node_modules', '.installed');
  if (!stampIs(dependenciesStamp, dependencies)) {
    console.error('setup: installing the dependencies');
    must('yarn install', node, [yarn, 'install', '--immutable'], { env });
    writeFileSync(dependenciesStamp, dependencies);
  }
  const schema = dependencies + digest('prisma/schema.prisma');
  const schemaStamp = join(root, 'node_modules', '.generated');
  if (!stampIs(schemaStamp, schema) || !existsSync(join(root, 'src/infra/generated/prisma/client.ts'))) {
    must('prisma generate', node, ['node_modules/prisma/build/index.js', 'generate'], { env });
    writeFileSync(schemaStamp, schema);
  }
  const kernel = 'src/processing/kernel';
  const sources = readdirSync(join(root, kernel), { recursive: true }).filter(
    (name) => name.endsWith('.ts') && !name.startsWith('generated'),
  );
  const kernelDigest =
    dependencies + digest('tools/build-kernel.mjs', ...sources.sort().map((name) => join(kernel, name)));
  const kernelStamp = join(root, 'node_modules', '.kernel');
  const codeStamp = join(root, 'node_modules', '.kernel-code');
  if (!stampIs(kernelStamp, kernelDigest) || !existsSync(join(root, kernel, 'generated/wasm.ts'))) {
    must('compiling the kernel', node, ['tools/build-kernel.mjs'], { env });
    rmSync(codeStamp, { force: true });
    writeFileSync(kernelStamp, kernelDigest);
  }
  // its machine code only makes the command start faster: an image, whose processes run with other flags, goes without
  const codeDigest = [
    kernelDigest,
    wanted.node,
    cpus()[0]?.model,
    digest('src/infra/engine/kernel-cache.ts', 'tools/compile-kernel.ts'),
  ].join();
  if (!stampIs(codeStamp, codeDigest)) {
    const { status } = spawnSync(node, ['tools/compile-kernel.ts'], { stdio: ['ignore', 2, 2], cwd: root, env });
    if (status !== 0) console.error("setup: the kernel's machine code was not kept: the command starts slower.");
    writeFileSync(codeStamp, codeDigest);
  }
  // without the sources (an image has the result alone) there is nothing to build
  if (existsSync(join(root, 'src/web/main.tsx'))) {
    const sources = readdirSync(join(root, 'src/web')).filter(
      (name) => name !== 'generated' && name !== 'tsconfig.json',
    );
    const web =
      dependencies +
      digest(
        'vite.config.ts',
        'codegen.ts',
        'src/api/graphql/schema.graphql',
        ...sources.map((name) => `src/web/${name}`),
      );
    const webStamp = join(root, 'build', '.web');
    if (!stampIs(webStamp, web) || !existsSync(join(root, 'build/web/index.html'))) {
      const codegen = ['node_modules/@graphql-codegen/cli/esm/bin.js', '--config', 'codegen.ts', '--silent'];
      must('the typed documents', node, codegen, { env });
      must(
        'the build of the browser application',
        node,
        ['node_modules/vite/bin/vite.js', 'build', '--logLevel=warn'],
        { env },
      );
      writeFileSync(webStamp, web);
    }
  }
} catch (error) {
  fail(`the folder of the project cannot be used: ${error.message}`);
}

const [script, ...args] = process.argv.slice(2);
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
