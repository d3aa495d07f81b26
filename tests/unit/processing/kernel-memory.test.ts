import { expect, test } from 'vitest';
import { giveJobMemory, jobMemory, newKernel } from '../../../src/processing/kernel-module.ts';
import { KernelThread } from '../../../src/processing/kernel-thread.ts';
import { profileText } from '../../support/profile-text.ts';

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

function begun(memory: WebAssembly.Memory): KernelThread {
  giveJobMemory(memory);
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
  const memory = jobMemory();
  memory.grow(2_400 - memory.buffer.byteLength / 65_536); // 150 MiB, of which nothing is touched
  giveJobMemory(memory);
  expect(jobMemory()).toBe(memory);
});

test('many columns of different values take no tables before they are known to be past the bound', async () => {
  const line = (row: number) => Array.from({ length: 300 }, (_, i) => `-0.${row * 7 + 100_000 + i}`).join(',');
  const text = [
    Array.from({ length: 300 }, (_, i) => `c${i}`).join(','),
    ...Array.from({ length: 3_000 }, (_, row) => line(row)),
  ].join('\n');
  jobMemory(); // whatever other tests have left
  await profileText(text, 'csv', []);
  // 9 bytes of text and 2 of length a field, twice that for what chunks have to spare: 19 MiB beside blocks and units
  expect(jobMemory().buffer.byteLength).toBeLessThan(50 * 2 ** 20);
});
