import { wasmText } from './kernel/generated/wasm.ts';

/** What the kernel exports; kernel/kernel.ts describes each. Pointers and sizes are unsigned, in bytes. */
export interface KernelExports {
  memory: WebAssembly.Memory;
  prepare(
    total: number,
    from: number,
    own: number,
    delimiter: number,
    bound: number,
    batchRows: number,
    chunkBytes: number,
  ): void;
  tokenTable(): number;
  allocate(bytes: number): number;
  tableBytes: WebAssembly.Global;
  take(bytes: number): number;
  give(piece: number, bytes: number): void;
  index(block: number, length: number, delimiter: number, afterCr: boolean | number): number;
  indexLines(): number;
  indexEndings(): number;
  indexEndsInCr(): number;
  indexInQuotes(): number;
  indexSawNonAscii(): number;
  indexSawNul(): number;
  takeRows(block: number, length: number): void;
  totalRows(): number;
  widestRow(): number;
  describe(column: number, out: number): void;
  entries(column: number, out: number): number;
  partitionEnd(partition: number): number;
  beginPartition(records: number): void;
  addRecords(from: number, to: number): void;
  duplicateCount(): number;
  duplicateExamples(): number;
  examplesAt(): number;
}
/** What the kernel asks for; kernel/host.ts describes each. */
export interface KernelHost {
  example(column: number, group: number, row: number, text: number, length: number): void;
  bigInteger(column: number, value: number, row: number, text: number, length: number): void;
  parseNumber(text: number, length: number): number;
  nextChunk(kind: number, owner: number, full: number): number;
  badRow(row: number, at: number, width: number): void;
}

let compiled: WebAssembly.Module | undefined;

/** A kernel with a memory of its own. The code is compiled once a process. */
export function newKernel(host: KernelHost): KernelExports {
  compiled ??= new WebAssembly.Module(Buffer.from(wasmText, 'base64'));
  const abort = () => {
    throw new Error('The kernel is out of memory');
  };
  const { exports } = new WebAssembly.Instance(compiled, { host: { ...host }, env: { abort } });
  return exports as unknown as KernelExports;
}
