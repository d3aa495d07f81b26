import { wasmDigest, wasmText } from '../kernel/generated/wasm.ts';

/**
 * What the kernel exports, as its compiler lists it; pointers and sizes are in bytes. kernel/kernel.ts describes each.
 */
export type KernelExports = Omit<typeof import('../kernel/generated/kernel.js'), 'memory'>;
/** What the kernel asks for, as its own declarations have it. */
export type KernelHost = typeof import('../kernel/host.ts');
/** What the walker of JSON reports. */
export type JsonListener = typeof import('../kernel/json/host.ts');

const INITIAL_PAGES = 64;
/** 4 GiB of address space; how much of it a job may take is limited where the job takes it. */
const MAXIMUM_PAGES = 65_536;

let compiled: WebAssembly.Module | undefined;

/** The kernel as it was built, and the SHA-256 of it. */
export const kernelBytes = (): Uint8Array<ArrayBuffer> => Buffer.from(wasmText, 'base64');
export { wasmDigest as kernelDigest };

/** The kernel's code, compiled once per process and passed to its threads. */
export function kernelCode(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(kernelBytes());
  return compiled;
}
/** Code that was compiled by another thread, or by another process (infra/engine/kernel-cache.ts). */
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
 * A memory and the kernel's code over it, for the first thread of one job after another: an instance costs as much as a
 * small file. What is in the memory is whatever was there before.
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
      isNested: (text, length) => this.#host!.isNested(text, length),
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
 * Kernels of jobs that are over, for the next ones. A memory that is left to the garbage collector stays until it has
 * run in every thread, and threads of the engine make hardly any garbage: the next job's memory would come on top.
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
