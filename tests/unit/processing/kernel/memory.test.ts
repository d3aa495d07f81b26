import binaryen from 'assemblyscript/binaryen';
import { expect, test } from 'vitest';
import {
  giveJobKernel,
  JobKernel,
  kernelBytes,
  kernelCode,
  newKernel,
  takeJobKernel,
} from '../../../../src/processing/host/kernel-module.ts';
import { KernelThread } from '../../../../src/processing/host/kernel-thread.ts';
import { JobShape } from '../../../../src/processing/kernel/border/layout.ts';
import { profileText } from '../../../support/profile-text.ts';

const shape = Object.assign(new JobShape(), {
  columns: 2,
  delimiter: ','.charCodeAt(0),
  bound: 100,
  threads: 2,
  budget: 0,
  tableBudget: 0,
  blockBytes: 4_096,
  chunkBytes: 1_024,
  wideColumns: 65,
  unitRows: 16,
  unitCells: 1_000,
  places: 8,
});
const host = {
  parseNumber: () => 0,
  isNested: () => 0,
  spillOut: () => 0,
  spillIn() {},
  repeatedKey() {},
  repeatedNestedKey() {},
};

function begun(memory: WebAssembly.Memory): KernelThread {
  giveJobKernel(new JobKernel(memory));
  const thread = KernelThread.open();
  expect(thread.memory).toBe(memory);
  thread.begin(shape);
  return thread;
}

test('a thread that gets no memory leaves the lock to the others', () => {
  const memory = new WebAssembly.Memory({ initial: 64, maximum: 64, shared: true });
  const { kernel } = begun(memory);
  const other = newKernel(memory, host);
  expect(() => kernel.allocate(64 * 65_536)).toThrow(WebAssembly.RuntimeError);
  expect(other.allocate(64)).toBeGreaterThan(0);
});

test('what would go beyond 4 GiB is refused, and nothing is handed out twice', () => {
  const memory = new WebAssembly.Memory({ initial: 64, maximum: 65_536, shared: true });
  const { kernel } = begun(memory);
  const first = kernel.allocate(64);
  for (const bytes of [2 ** 32 - 1, 2 ** 32 - 64, 2 ** 32 - first]) expect(() => kernel.allocate(bytes)).toThrow();
  expect(kernel.allocate(64)).toBe(first + 64);
});

test('the memory of a job is used by the next one, also when it has become large', () => {
  const job = takeJobKernel();
  job.memory.grow(2_400 - job.memory.buffer.byteLength / 65_536); // 150 MiB, of which nothing is touched
  giveJobKernel(job);
  expect(takeJobKernel()).toBe(job);
});

test('no variable of the kernel is left from the job before', async () => {
  const module = binaryen.readBinary(kernelBytes());
  const variables = Array.from({ length: module.getNumGlobals() }, (_, i) =>
    binaryen.getGlobalInfo(module.getGlobalByIndex(i)),
  ).filter(({ mutable }) => mutable);
  const exported = WebAssembly.Module.exports(kernelCode()).filter(({ kind }) => kind === 'global');
  expect(exported.length).toBe(variables.length);

  const job = takeJobKernel();
  const globals = Object.values(job.kernel).filter((each) => (each as unknown) instanceof WebAssembly.Global);
  const values = () => (globals as unknown as WebAssembly.Global[]).map(({ value }) => value);
  const { kernel: fresh } = new JobKernel();
  const first = Object.values(fresh)
    .filter((each) => (each as unknown) instanceof WebAssembly.Global)
    .map((each) => (each as unknown as WebAssembly.Global).value);
  giveJobKernel(job);
  await profileText('a,b\n1,"x ""y"""\n2,z', 'csv', []);
  expect(values()).not.toEqual(first);
  expect(takeJobKernel()).toBe(job);
  job.serve(host);
  expect(values()).toEqual(first);
});

test('many columns of different values take no tables before they are known to be past the bound', async () => {
  const line = (row: number) => Array.from({ length: 300 }, (_, i) => `-0.${row * 7 + 100_000 + i}`).join(',');
  const text = [
    Array.from({ length: 300 }, (_, i) => `c${i}`).join(','),
    ...Array.from({ length: 3_000 }, (_, row) => line(row)),
  ].join('\n');
  takeJobKernel(); // whatever other tests have left
  takeJobKernel();
  await profileText(text, 'csv', []);
  // 9 bytes of text and 2 of length a field, twice that for what chunks have to spare: 19 MiB beside blocks and units
  expect(takeJobKernel().memory.buffer.byteLength).toBeLessThan(50 * 2 ** 20);
});
