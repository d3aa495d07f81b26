#!/usr/bin/env node
// The command. Plain JavaScript, because Node 20 cannot strip types. An installed package has everything built; in a
// checkout that is set up, Node 24 runs what tools/bundle.mjs made of the sources, or the sources themselves where one
// of them has changed since; else tools/bootstrap.mjs sets up the checkout and starts the command.
import module from 'node:module'; // whole: Node 20 does not have the name that is used
import { isBundled } from './bundled.mjs';

// not imported: an import reads all that the module exports, and so loads streams, which cost some milliseconds
const { existsSync } = module.createRequire(import.meta.url)('node:fs');

const inProject = (path) => new URL(`../${path}`, import.meta.url);
const exists = (path) => existsSync(inProject(path));
const NEEDED = ['node_modules/.installed', 'src/processing/kernel/generated/wasm.ts'];
const isNode24 = Number.parseInt(process.versions.node, 10) >= 24;

if (!exists('src/cli.ts')) {
  if (isNode24) {
    module.enableCompileCache();
    await import('../build/package/cli.js');
  } else {
    process.stderr.write(`dataset-reports needs Node 24 or later, this is ${process.version}.\n`);
    process.exitCode = 2;
  }
} else if (isNode24 && NEEDED.every(exists)) {
  module.enableCompileCache(); // keeps the stripped types too
  if (isBundled()) await import('../build/command/cli.js');
  else await import('../src/cli.ts');
} else {
  const { fileURLToPath } = await import('node:url');
  process.argv.splice(2, 0, fileURLToPath(inProject('src/cli.ts')));
  await import('../tools/bootstrap.mjs');
}
