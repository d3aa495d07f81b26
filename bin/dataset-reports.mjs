#!/usr/bin/env node
// The command. Plain JavaScript, because Node 20 cannot strip types. Where Node 24 runs and set-up was made, the command is
// imported right here: two look-ups are all it costs. Otherwise tools/bootstrap.mjs sets up and starts it.
import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const needed = ['node_modules/.installed', 'src/processing/kernel/generated/wasm.ts'];

if (Number.parseInt(process.versions.node, 10) >= 24 && needed.every((path) => existsSync(join(root, path)))) {
  enableCompileCache(); // keeps the stripped types too
  await import('../src/cli.ts');
} else {
  process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'node-compile-cache');
  process.argv.splice(2, 0, join(root, 'src/cli.ts'));
  await import('../tools/bootstrap.mjs');
}
