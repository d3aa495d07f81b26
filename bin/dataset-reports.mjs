#!/usr/bin/env node
// The command. Plain JavaScript, because Node 20 cannot strip types. Where Node 24 runs and set-up was made, the command is
// imported right here: two look-ups are all it costs. Otherwise tools/bootstrap.mjs sets up and starts it.
import module from 'node:module'; // whole: Node 20 does not have the name that is used

// not imported: an import reads all that the module exports, and so loads streams, which cost the command some milliseconds
const { existsSync } = module.createRequire(import.meta.url)('node:fs');

const inProject = (path) => new URL(`../${path}`, import.meta.url);
const needed = ['node_modules/.installed', 'src/processing/kernel/generated/wasm.ts'];

if (Number.parseInt(process.versions.node, 10) >= 24 && needed.every((path) => existsSync(inProject(path)))) {
  module.enableCompileCache(); // keeps the stripped types too
  await import('../src/cli.ts');
} else {
  const { fileURLToPath } = await import('node:url');
  process.argv.splice(2, 0, fileURLToPath(inProject('src/cli.ts')));
  await import('../tools/bootstrap.mjs');
}
