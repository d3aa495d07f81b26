// Compiles src/processing/kernel to WebAssembly. Into generated/ go wasm.ts, a module that has the code as text, so
// that the engine reads no file, and kernel.d.ts, the compiler's own list of what the kernel exports, which the host is
// checked against. build-kernel.mjs [FOLDER [FLAG …]]: into another folder, with more flags of the compiler
// (bench/where.ts wants names).
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';
import binaryen from 'assemblyscript/binaryen';

const [target = 'src/processing/kernel/generated', ...moreFlags] = process.argv.slice(2);
const source = 'src/processing/kernel';
const FLAGS = [
  ...['-O3', '--noAssert', '--runtime', 'stub'],
  ...['simd', 'bulk-memory', 'threads', 'nontrapping-f2i'].flatMap((feature) => ['--enable', feature]),
  ...['--importMemory', '--sharedMemory', '--initialMemory', '64', '--maximumMemory', '65536'],
  // 201: a pointer in an unsigned integer of 32 bits, which is what it is here
  ...['--disableWarning', '201'],
];
/** Top-level functions with decorators are not TypeScript: in the sources they are comments on a line of their own. */
const DECORATOR = /^\/\/ (@(?:inline|unmanaged|external\(.*\)))$/gm;

/** The compiler wants no extension behind the name of a module. */
const IMPORT = /^((?:import|\}|export) .*from '\..*)\.ts'/gm;

const files = new Map();
const { error, stderr } = await asc.main(
  [`${source}/kernel.ts`, '-o', 'kernel.wasm', '--bindings', 'esm', ...FLAGS, ...moreFlags],
  { readFile, writeFile: (name, contents) => void files.set(name, contents) },
);
if (error) {
  console.error(stderr.toString());
  process.exit(1);
}
const wasm = withGlobals(files.get('kernel.wasm'));
mkdirSync(target, { recursive: true });
const text = Buffer.from(wasm).toString('base64');
const digest = createHash('sha256').update(wasm).digest('hex');
write('wasm.ts', `export const wasmDigest: string = '${digest}';\nexport const wasmText: string =\n  '${text}';\n`);
// a bool leaves WebAssembly as a number
write('kernel.d.ts', files.get('kernel.d.ts').replaceAll('): boolean;', '): 0 | 1;'));

/** A file that is right keeps its time: the command's bundle (bin/bundled.mjs) would pass for an old one. */
function write(name, text) {
  const file = join(target, name);
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
}

/** @returns null for what is not there: the compiler looks for a module in several places */
function readFile(name) {
  try {
    return readFileSync(name, 'utf8').replace(DECORATOR, '$1').replace(IMPORT, "$1'");
  } catch {
    return null;
  }
}

/**
 * Exports what the modules of the kernel remember, each variable by a number: an instance can be made as new for the
 * next job.
 */
function withGlobals(bytes) {
  const module = binaryen.readBinary(bytes);
  module.setFeatures(binaryen.Features.All);
  for (let i = 0; i < module.getNumGlobals(); i++) {
    const { name, mutable, base } = binaryen.getGlobalInfo(module.getGlobalByIndex(i));
    if (mutable && !base) module.addGlobalExport(name, `${i}`);
  }
  return module.emitBinary();
}
