import { kernelBytes, kernelDigest, useKernelCode } from '../../processing/host/kernel-module.ts';

// not imported: an import reads all that the module exports, and so loads streams, which cost the command some
// milliseconds
const { readFileSync, renameSync, writeFileSync } = process.getBuiltinModule('node:fs');
const { crc32 } = process.getBuiltinModule('node:zlib');
const { fileURLToPath } = process.getBuiltinModule('node:url');

/**
 * The kernel's machine code, kept across processes as `module.enableCompileCache` keeps that of JavaScript. V8 compiles
 * the kernel twice: quickly at the start, then again with optimisations while it runs, which costs a short run a good
 * part of its time. A process that loads the kept file starts with the optimised code of an earlier process. Node has
 * no function for it; V8 has, behind a flag that is set only while the function is created.
 *
 * V8 refuses code of another version, of other flags and for another processor. It does not check that the code belongs
 * to this very kernel and is undamaged (it runs what is damaged, and crashes): the file begins with the kernel's digest
 * and the size and CRC-32 of what follows.
 *
 * One file has what CSV and JSON use, another one what Parquet uses besides: to load that costs 2 ms.
 */
export const KEPT = {
  text: fileURLToPath(new URL('../../processing/kernel/generated/compiled.bin', import.meta.url)),
  parquet: fileURLToPath(new URL('../../processing/kernel/generated/compiled-parquet.bin', import.meta.url)),
} as const;
const DIGEST_BYTES = 64;
const HEADER_BYTES = DIGEST_BYTES + 8;

type Native = (...args: unknown[]) => unknown;
function native(name: string, parameters: string): Native {
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  setFlagsFromString('--allow-natives-syntax');
  try {
    return new Function(parameters, `return %${name}(${parameters})`) as Native;
  } finally {
    setFlagsFromString('--no-allow-natives-syntax');
  }
}

/** @returns whether there was code that fits; without it the kernel is compiled as usual */
export function useKeptKernel(file: string): boolean {
  try {
    const bytes = readFileSync(file);
    const code = new Uint8Array(bytes.subarray(HEADER_BYTES));
    if (bytes.toString('latin1', 0, DIGEST_BYTES) !== kernelDigest) return false;
    if (bytes.readUInt32LE(DIGEST_BYTES) !== code.length || bytes.readUInt32LE(DIGEST_BYTES + 4) !== crc32(code))
      return false;
    const module = native('DeserializeWasmModule', 'code, wire')(code.buffer, kernelBytes());
    if (!(module instanceof WebAssembly.Module)) return false;
    useKernelCode(module);
    return true;
  } catch {
    return false; // no such file, or a V8 without such a function
  }
}

/** Keeps what V8 has made of the kernel so far. @returns bytes of machine code */
export function keepKernel(module: WebAssembly.Module, file: string): number {
  const code = new Uint8Array(native('SerializeWasmModule', 'module')(module) as ArrayBuffer);
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(kernelDigest, 'latin1');
  header.writeUInt32LE(code.length, DIGEST_BYTES);
  header.writeUInt32LE(crc32(code), DIGEST_BYTES + 4);
  writeFileSync(`${file}.unfinished`, Buffer.concat([header, code]), { flush: true });
  renameSync(`${file}.unfinished`, file);
  return code.length;
}
