import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The kernel with more exports: those of a file of AssemblyScript. Compiling takes some seconds. */
export async function kernelWith(file: string): Promise<WebAssembly.Module> {
  const folder = mkdtempSync(join(tmpdir(), 'dataset-reports-kernel-'));
  try {
    execFileSync(process.execPath, ['tools/build-kernel.mjs', folder, file]);
    const { wasmText } = (await import(join(folder, 'wasm.ts'))) as { wasmText: string };
    return new WebAssembly.Module(Buffer.from(wasmText, 'base64'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
