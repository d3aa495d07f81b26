import { wasmDigest, wasmText } from '../kernel/generated/wasm.ts';

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
    wideColumns: number,
    unitRows: number,
    unitCells: number,
    places: number,
  ): void;
  attach(thread: number): void;
  headPiece(readings: number): number;
  headPieceBytes(): number;
  openHead(reading: number): void;
  readHead(reading: number, from: number, length: number, delimiter: number): number;
  endHead(reading: number): number;
  headRows(reading: number): number;
  headRowCount(reading: number): number;
  tokenTable(): number;
  allocate(bytes: number): number;
  blockRing(): number;
  blockBytes(block: number): number;
  blockCapacity(block: number): number;
  enlargeBlock(block: number, have: number): void;
  shrinkBlock(block: number, bytes: number): void;
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
  walk(block: number, from: number, length: number): number;
  walkedTo(): number;
  unitRows(): number;
  unitBegins(): number;
  recordCount(): number;
  expected(): number;
  isLines(): number;
  newlineSince(): number;
  recordSpansLines(): number;
  sawUnshowableString(): number;
  publishWalked(): void;
  emitUnit(rows: number, isLast: number): void;
  hasUnit(): number;
  keyText(column: number): number;
  keyLength(column: number): number;
  countPlaces(from: number, length: number): void;
  placeLines(): number;
  placeCharacters(): number;
  touchedColumns(): number;
  touchedColumnCount(): number;
  isTouched(column: number): number;
  fieldBegins(column: number): number;
  fieldEnds(column: number): number;
  fieldKinds(column: number): number;
  work(most: number): number;
  isReady(): number;
  isFaulty(): number;
  faultyBlock(): number;
  rowsBeforeFault(): number;
  totalRows(): number;
  stop(): void;
  setWaiting(): void;
  clearWaiting(): number;
  claimColumn(): number;
  claimPartition(): number;
  isJson(): number;
  columnCount(): number;
  badRows(): number;
  badExamples(): number;
  badExamplesAt(): number;
  emptyRows(): number;
  emptyLine(): number;
  setWrongBytes(): void;
  beginningsIn(from: number, length: number): number;
  describe(column: number, out: number): void;
  entryTotals(column: number): number;
  entryLengths(): number;
  numbersPart(column: number, part: number): number;
  numbersPartEnd(): number;
  dropColumn(column: number): void;
  resultsAt(): number;
  surveyNumbers(
    column: number,
    scale: number,
    bucketHalf: number,
    bucketScale: number,
    buckets: number,
    binScale: number,
  ): void;
  bucketsAt(): number;
  collectNumbers(
    column: number,
    scale: number,
    mean: number,
    rest: number,
    bucketHalf: number,
    bucketScale: number,
    buckets: number,
    total: number,
  ): number;
  countOutside(column: number, lowerFence: number, upperFence: number): number;
  loadNumbers(column: number): void;
  surveyPairs(
    pairs: number,
    count: number,
    scale: number,
    high: number,
    low: number,
    magnitude: number,
    binScale: number,
  ): void;
  spreadPairs(
    pairs: number,
    count: number,
    scale: number,
    mean: number,
    rest: number,
    high: number,
    low: number,
    distances: number,
  ): void;
  outsidePairs(pairs: number, count: number, lowerFence: number, upperFence: number): number;
  topsAt(): number;
  topEntries(counts: number, texts: number, count: number): number;
  topCandidates(column: number): number;
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

/** What the walker of JSON tells; kernel/json-host.ts describes each. */
export interface JsonListener {
  repeatedKey(row: number, column: number): void;
  repeatedNestedKey(row: number, column: number, key: number, length: number): void;
}
const INITIAL_PAGES = 64;
/** 4 GiB: an address space, no promise; what a job may take is bounded where it is taken. */
const MAXIMUM_PAGES = 65_536;

let compiled: WebAssembly.Module | undefined;

/** The kernel as it was built, and the SHA-256 of it. */
export const kernelBytes = (): Uint8Array<ArrayBuffer> => Buffer.from(wasmText, 'base64');
export { wasmDigest as kernelDigest };

/** The kernel's code, compiled once a process: threads are given it. */
export function kernelCode(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(kernelBytes());
  return compiled;
}
/** Code that was compiled by another thread, or by another process (infra/kernel-cache.ts). */
export function useKernelCode(code: WebAssembly.Module): void {
  compiled = code;
}

/** The kernel's code over a job's memory, for one thread. */
export function newKernel(memory: WebAssembly.Memory, host: KernelHost & JsonListener): KernelExports {
  return instantiate(memory, host) as unknown as KernelExports;
}
function instantiate(memory: WebAssembly.Memory, host: KernelHost & JsonListener): WebAssembly.Exports {
  const abort = () => {
    throw new Error('The kernel is out of memory');
  };
  return new WebAssembly.Instance(kernelCode(), { host: { ...host }, env: { abort, memory } }).exports;
}

/**
 * A memory and the kernel's code over it, for the first thread of one job after another: an instance costs as much as a small file.
 * What is in the memory is whatever was there before.
 */
export class JobKernel {
  readonly memory: WebAssembly.Memory;
  readonly kernel: KernelExports;
  /** All variables of the kernel (tools/build-kernel.mjs exports them), with what was in them at first. */
  readonly #variables: { variable: WebAssembly.Global; first: unknown }[];
  #host: (KernelHost & JsonListener) | undefined;

  constructor(memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: MAXIMUM_PAGES, shared: true })) {
    this.memory = memory;
    const exports = instantiate(memory, {
      parseNumber: (text, length) => this.#host!.parseNumber(text, length),
      spillOut: (from, bytes) => this.#host!.spillOut(from, bytes),
      spillIn: (offset, into, bytes) => this.#host!.spillIn(offset, into, bytes),
      repeatedKey: (row, column) => this.#host!.repeatedKey(row, column),
      repeatedNestedKey: (row, column, key, length) => this.#host!.repeatedNestedKey(row, column, key, length),
    });
    this.kernel = exports as unknown as KernelExports;
    this.#variables = Object.values(exports)
      .filter((each) => each instanceof WebAssembly.Global)
      .map((variable) => ({ variable, first: variable.value }));
  }
  /** For the next job the kernel is as new: a variable that points into the job before would corrupt this one. */
  serve(host: KernelHost & JsonListener): KernelExports {
    for (const { variable, first } of this.#variables) variable.value = first;
    this.#host = host;
    return this.kernel;
  }
  /** The job is over: nothing of it is held. */
  leave(): void {
    this.#host = undefined;
  }
}

/**
 * Kernels of jobs that are over, for the next ones. A memory that is left to the garbage collector stays until it has run in every
 * thread, and threads of the engine make hardly any garbage: the next job's memory would come on top.
 */
const idle: JobKernel[] = [];
const MOST_IDLE = 2;
/** A larger one, of a file with enormous rows, is left to the garbage collector all the same. */
const MOST_IDLE_BYTES = 192 * 1024 * 1024;

/** A kernel for one job, whose memory all its threads share. */
export function takeJobKernel(): JobKernel {
  return idle.pop() ?? new JobKernel();
}
/** The job is over, and no thread touches its memory any more: its pages need not be asked for again. */
export function giveJobKernel(job: JobKernel): void {
  job.leave();
  if (idle.length < MOST_IDLE && job.memory.buffer.byteLength <= MOST_IDLE_BYTES) idle.push(job);
}
