// Compiles src/processing/kernel to WebAssembly and writes it as a module that can be imported: the engine then needs no file.
// build-kernel.mjs [FOLDER [FLAG …]]: into another folder, with more flags of the compiler (bench/where.ts wants names).
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';
import binaryen from 'assemblyscript/binaryen';

const [target = 'src/processing/kernel/generated', ...moreFlags] = process.argv.slice(2);
const source = 'src/processing/kernel';
let wasm;
const { error, stderr } = await asc.main(
  // 201: a pointer in an unsigned integer of 32 bits, which is what it is here
  `${source}/kernel.ts -o kernel.wasm -O3 --noAssert --runtime stub --enable simd --enable bulk-memory --enable threads --enable nontrapping-f2i --importMemory --sharedMemory --initialMemory 64 --maximumMemory 65536 --disableWarning 201`
    .split(' ')
    .concat(moreFlags),
  {
    writeFile(name, contents) {
      if (name.endsWith('.wasm')) wasm = contents;
    },
  },
);
if (error || !wasm) {
  console.error(stderr.toString());
  process.exit(1);
}
wasm = withGlobals(wasm);
mkdirSync(target, { recursive: true });
const text = Buffer.from(wasm).toString('base64');
const digest = createHash('sha256').update(wasm).digest('hex');
writeFileSync(
  join(target, 'wasm.ts'),
  `export const wasmDigest: string = '${digest}';\nexport const wasmText: string =\n  '${text}';\n`,
);

/** Exports what the modules of the kernel remember, each variable by a number: an instance can be made as new for the next job. */
function withGlobals(bytes) {
  const module = binaryen.readBinary(bytes);
  module.setFeatures(binaryen.Features.All);
  for (let i = 0; i < module.getNumGlobals(); i++) {
    const { name, mutable, base } = binaryen.getGlobalInfo(module.getGlobalByIndex(i));
    if (mutable && !base) module.addGlobalExport(name, `${i}`);
  }
  return module.emitBinary();
}
