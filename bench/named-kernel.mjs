// Loaded into every thread that is profiled (node --import): puts a kernel whose functions have names in place of the usual one.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const named = process.env.BENCH_NAMED_KERNEL;
if (named)
  registerHooks({
    load(url, context, next) {
      if (!url.endsWith('/kernel/generated/wasm.ts')) return next(url, context);
      const source = readFileSync(named, 'utf8').replace('wasmText: string', 'wasmText');
      return { format: 'module', source, shortCircuit: true };
    },
  });
