import { expect, test } from 'vitest';
import { newKernel } from '../../../src/processing/kernel-module.ts';
import { KernelThread } from '../../../src/processing/kernel-thread.ts';

const shape = {
  columns: 2,
  delimiter: ',',
  isJson: false,
  bound: 100,
  threads: 2,
  budget: 0,
  tableBudget: 0,
  spills: false,
  blockBytes: 4_096,
  chunkBytes: 1_024,
  wideColumns: 65,
  unitRows: 16,
  unitCells: 1_000,
};
const host = { parseNumber: () => 0, spillOut: () => 0, spillIn() {}, repeatedKey() {}, repeatedNestedKey() {} };

test('a thread that gets no memory leaves the lock to the others', () => {
  const memory = new WebAssembly.Memory({ initial: 64, maximum: 64, shared: true });
  const { kernel } = KernelThread.begin(memory, shape, undefined);
  const other = newKernel(memory, host);
  expect(() => kernel.allocate(64 * 65_536)).toThrow(WebAssembly.RuntimeError);
  expect(other.allocate(64)).toBeGreaterThan(0);
});

test('what would go beyond 4 GiB is refused, and nothing is handed out twice', () => {
  const memory = new WebAssembly.Memory({ initial: 64, maximum: 65_536, shared: true });
  const { kernel } = KernelThread.begin(memory, shape, undefined);
  const first = kernel.allocate(64);
  for (const bytes of [2 ** 32 - 1, 2 ** 32 - 64, 2 ** 32 - first]) expect(() => kernel.allocate(bytes)).toThrow();
  expect(kernel.allocate(64)).toBe(first + 64);
});
