// npm run codegen: writes what is made by a program and committed all the same, so that starting the product needs no
// generator or compiler: the kernel, the database client from prisma/schema.prisma, the printed GraphQL schema, the
// page's typed documents.
// Also what tests alone use and is not committed: their typed documents, a client of the REST API.
// With --check nothing that is committed changes: it ends with 1 where a file is not what the program writes.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const COMMITTED = [
  'src/processing/kernel/generated/wasm.ts',
  'src/processing/kernel/generated/kernel.d.ts',
  'src/infra/generated',
  'src/api/graphql/generated',
  'src/api/graphql/schema.graphql',
  'src/web/generated',
];
const STEPS = [
  ['the kernel', 'tools/build-kernel.mjs'],
  ['the database client', 'node_modules/prisma/build/index.js', 'generate'],
  ['the printed GraphQL schema', 'tools/print-schema.ts'],
  ['the typed documents', 'node_modules/@graphql-codegen/cli/esm/bin.js', '--config', 'codegen.ts', '--silent'],
  ['the client of the REST API', 'tests/support/generate-rest-client.ts'],
];

/** Text by path of all committed files. */
function committed() {
  const files = COMMITTED.filter((path) => existsSync(path)).flatMap((path) =>
    statSync(path).isFile() ? [path] : readdirSync(path, { recursive: true }).map((name) => join(path, name)),
  );
  return new Map(files.filter((path) => statSync(path).isFile()).map((path) => [path, readFileSync(path, 'utf8')]));
}
function restore(before, now) {
  for (const path of now.keys()) if (!before.has(path)) rmSync(path);
  for (const [path, text] of before) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

// Prisma starts its generators by name
const PATH = [join(process.cwd(), 'node_modules/.bin'), process.env.PATH].join(delimiter);
const before = committed();
for (const [what, ...args] of STEPS) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, PATH },
  });
  if (status === 0) continue;
  console.error(`${stdout}${stderr}\n${what} could not be written`);
  process.exit(1);
}
if (process.argv.includes('--check')) {
  // bootstrap.mjs has compiled the kernel where its sources had changed: of a clean checkout, CI sees that here
  const { status } = process.env.CI
    ? spawnSync('git', ['diff', '--exit-code', '--stat', '--', 'src/processing/kernel/generated'], { stdio: 'inherit' })
    : { status: 0 };
  if (status !== 0) {
    console.error('The compiled kernel is not that of its sources: run npm run codegen and commit it.');
    process.exit(1);
  }
  const now = committed();
  const different = [...new Set([...before.keys(), ...now.keys()])].filter(
    (path) => before.get(path) !== now.get(path),
  );
  if (different.length > 0) {
    restore(before, now);
    console.error(`Out of date: ${different.join(', ')}.\nRun npm run codegen and look at the difference.`);
    process.exitCode = 1;
  }
}
