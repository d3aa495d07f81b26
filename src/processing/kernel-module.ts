import { wasmText } from './kernel/generated/wasm.ts';

/** What the kernel exports; kernel/kernel.ts describes each. Pointers and sizes are in bytes. */
export interface KernelExports {
  prepare(
    columns: number,
    delimiter: number,
    bound: number,
    threads: number,
    budget: number,
    tableBudget: number,
    spills: number,
    isJson: number,
    blockBytes: number,
    chunkBytes: number,
    isWide: number,
    unitRows: number,
  ): void;
  attach(thread: number): void;
  tokenTable(): number;
  allocate(bytes: number): number;
  blockRing(): number;
  blockBytes(block: number): number;
  blockCapacity(block: number): number;
  enlargeBlock(block: number, have: number): void;
  index(block: number, length: number, afterCr: number): number;
  indexLines(): number;
  indexEndings(): number;
  indexEndsInCr(): number;
  indexInQuotes(): number;
  indexSawNonAscii(): number;
  indexSawNul(): number;
  publish(block: number, length: number, line: number, afterCr: number): void;
  published(): number;
  freed(): number;
  work(most: number): number;
  isReady(): number;
  isFaulty(): number;
  faultyBlock(): number;
  rowsBeforeFault(): number;
  totalRows(): number;
  stop(): void;
  heldBytes(): number;
  setWaiting(): void;
  clearWaiting(): number;
  claimColumn(): number;
  claimPartition(): number;
  isJson(): number;
  columnCount(): number;
  badRows(): number;
  badExamples(): number;
  badExamplesAt(): number;
  describe(column: number, out: number): void;
  entries(column: number, out: number): number;
  numbersPart(column: number, part: number): number;
  numbersPartEnd(): number;
  dropColumn(column: number): void;
  resultsAt(): number;
  sumNumbers(column: number, scale: number): void;
  sumSquares(column: number, scale: number, mean: number, rest: number): void;
  bucketsAt(): number;
  countBuckets(column: number, half: number, scale: number, count: number): void;
  gatherBuckets(column: number, half: number, scale: number, count: number, total: number): number;
  spreadNumbers(column: number, scale: number, lowerFence: number, upperFence: number): void;
  findDuplicates(partition: number): number;
  duplicateCount(): number;
  duplicateExamples(): number;
  examplesAt(): number;
}
/** What the kernel asks for; kernel/host.ts describes each. */
export interface KernelHost {
  parseNumber(text: number, length: number): number;
  spillOut(from: number, bytes: number): number;
  spillIn(offset: number, into: number, bytes: number): void;
}

const INITIAL_PAGES = 64;
/** 4 GiB: an address space, no promise; what a job may take is bounded where it is taken. */
const MAXIMUM_PAGES = 65_536;

let compiled: WebAssembly.Module | undefined;

/** A memory for one job, which all its threads share. */
export function jobMemory(): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: MAXIMUM_PAGES, shared: true });
}

/** The kernel's code over a job's memory, for one thread. The code is compiled once a thread. */
export function newKernel(memory: WebAssembly.Memory, host: KernelHost): KernelExports {
  compiled ??= new WebAssembly.Module(Buffer.from(wasmText, 'base64'));
  const abort = () => {
    throw new Error('The kernel is out of memory');
  };
  const { exports } = new WebAssembly.Instance(compiled, { host: { ...host }, env: { abort, memory } });
  return exports as unknown as KernelExports;
}
