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
  prepareRecords(batchRows: number, cells: number): void;
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
  touchedColumns(): number;
  touchedColumnCount(): number;
  isTouched(column: number): number;
  fieldBegins(): number;
  fieldEnds(): number;
  fieldKinds(): number;
  fieldStride(): number;
  countPlaces(from: number, length: number): void;
  placeLines(): number;
  placeCharacters(): number;
}
/** What the kernel asks for; kernel/host.ts describes each. */
export interface KernelHost {
  example(column: number, group: number, row: number, text: number, length: number): void;
  bigInteger(column: number, value: number, row: number, text: number, length: number): void;
  parseNumber(text: number, length: number): number;
  nextChunk(kind: number, owner: number, full: number): number;
  badRow(row: number, at: number, width: number): void;
}

/** What the JSON reader of the kernel asks for; kernel/json-host.ts describes each. */
export interface JsonHost {
  newColumn(key: number, length: number): number;
  repeatedKey(row: number, column: number): void;
  repeatedNestedKey(row: number, key: number, length: number): void;
}
const IMPORTS: (keyof KernelHost | keyof JsonHost)[] = [
  'example',
  'bigInteger',
  'parseNumber',
  'nextChunk',
  'badRow',
  'newColumn',
  'repeatedKey',
  'repeatedNestedKey',
];
const notHere = () => {
  throw new Error('The kernel asked for what its host does not have');
};

let compiled: WebAssembly.Module | undefined;

/** A kernel with a memory of its own; what its use never asks for need not be given. The code is compiled once a process. */
export function newKernel(host: Partial<KernelHost & JsonHost>): KernelExports {
  compiled ??= new WebAssembly.Module(Buffer.from(wasmText, 'base64'));
  const abort = () => {
    throw new Error('The kernel is out of memory');
  };
  const unused = Object.fromEntries(IMPORTS.map((name) => [name, notHere]));
  const { exports } = new WebAssembly.Instance(compiled, { host: { ...unused, ...host }, env: { abort } });
  return exports as unknown as KernelExports;
}
