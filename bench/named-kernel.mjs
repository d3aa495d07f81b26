// Loaded into every thread that is profiled (node --import): puts a kernel whose functions have names instead of the
// usual one, and gives the waiting of a thread a name.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const named = process.env.BENCH_NAMED_KERNEL;
if (named)
  registerHooks({
    load(url, context, next) {
      if (!url.endsWith('/kernel/generated/wasm.ts')) return next(url, context);
      const source = readFileSync(named, 'utf8').replaceAll(': string', '');
      return { format: 'module', source, shortCircuit: true };
    },
  });

// V8 counts the time of a blocked thread as its caller's work: with a frame of its own it can be distinguished
const { wait } = Atomics;
Atomics.wait = function blocked(...args) {
  return wait(...args);
};
