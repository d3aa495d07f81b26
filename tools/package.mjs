// npm pack, before it packs: the bundle and the types of what src/index.ts exports.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const TYPES = resolve('build/package/types');

function run(...args) {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** The declaration files that are reached from one, itself among them. */
function reached(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*["'](\.[^"']+)\.ts["']/g))
    reached(join(dirname(file), `${path}.d.ts`), found);
  return found;
}

run('tools/bundle.mjs');
run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.package.json');
const wanted = reached(join(TYPES, 'index.d.ts'));
for (const { parentPath, name } of readdirSync(TYPES, { recursive: true, withFileTypes: true }))
  if (name.endsWith('.d.ts') && !wanted.has(join(parentPath, name))) rmSync(join(parentPath, name));
