import { TOKENS } from '../text/null-tokens.ts';
import {
  giveJobKernel,
  type JobKernel,
  type JsonListener,
  type KernelExports,
  type KernelHost,
  newKernel,
  takeJobKernel,
} from './kernel-module.ts';
import type { Spill } from './spill.ts';

/** What `describe` of the kernel writes, in its order. */
const FIELDS = [
  'mode',
  'distinct',
  'registers',
  'parts',
  'pairs',
  'pairCount',
  'min',
  'max',
  'pointsMin',
  'pointsMax',
  'pointsSum',
  'bytesMin',
  'bytesMax',
  'bytesSum',
  'times',
  'earliestLength',
  'latestLength',
  'highCount',
  'lowCount',
  'highest',
  'lowest',
  'counts',
  'nulls',
  'slots',
  'examples',
  'smallest',
  'largest',
  'kinds',
  'strings',
  'bound',
  'notes',
  'lengths',
  'pointed',
] as const;
export type KernelColumn = Record<(typeof FIELDS)[number], number>;

export interface Example {
  group: number;
  row: number;
  /** One character a byte, cut where it is shown cut. */
  value: string;
}

/** Of a new job; see `prepare` in kernel/kernel.ts. */
export interface JobShape {
  columns: number;
  delimiter: string;
  isJson: boolean;
  /** Distinct values of a column that are counted exactly. */
  bound: number;
  /** Threads at the most. */
  threads: number;
  /** Bytes of what grows with the rows, and of value tables, that stay in memory. */
  budget: number;
  tableBudget: number;
  spills: boolean;
  blockBytes: number;
  chunkBytes: number;
  wideColumns: number;
  unitRows: number;
  unitCells: number;
  /** Blocks, and units, that may be under way: a power of two, at most 8. */
  places: number;
}

/** Records are walked by the job's first thread alone. */
const NO_JSON: JsonListener = { repeatedKey() {}, repeatedNestedKey() {} };

/** One thread's view of a job in the kernel's memory. */
export class KernelThread {
  readonly kernel: KernelExports;
  readonly memory: WebAssembly.Memory;
  #bytes: Buffer = Buffer.alloc(0);
  #out = 0;

  /** Of the job's first thread. */
  readonly #job: JobKernel | undefined;

  private constructor(kernel: JobKernel | WebAssembly.Memory, spill: Spill | undefined, json: JsonListener = NO_JSON) {
    const host: KernelHost & JsonListener = {
      parseNumber: (text, length) => Number(this.text(text, length)),
      spillOut: (from, bytes) => spill!.write(this.view(from, bytes)),
      spillIn: (offset, into, bytes) => spill!.read(offset, this.view(into, bytes)),
      repeatedKey: (row, column) => json.repeatedKey(row, column),
      repeatedNestedKey: (row, column, key, length) => json.repeatedNestedKey(row, column, key, length),
    };
    if (kernel instanceof WebAssembly.Memory) {
      this.memory = kernel;
      this.kernel = newKernel(kernel, host);
    } else {
      this.#job = kernel;
      this.memory = kernel.memory;
      this.kernel = kernel.serve(host);
    }
  }
  /** The first thread of a job to come, in a memory of its own: a head may be read in it before the job begins. */
  static open(spill?: Spill, json?: JsonListener): KernelThread {
    return new KernelThread(takeJobKernel(), spill, json);
  }
  /** Begins the job: nothing that was in its memory is left. */
  begin(shape: JobShape): void {
    const { kernel } = this;
    kernel.prepare(
      shape.columns,
      shape.delimiter.charCodeAt(0),
      shape.bound,
      shape.threads,
      shape.budget,
      shape.tableBudget,
      shape.spills ? 1 : 0,
      shape.isJson ? 1 : 0,
      shape.blockBytes,
      shape.chunkBytes,
      shape.wideColumns,
      shape.unitRows,
      shape.unitCells,
      shape.places,
    );
    const table = kernel.tokenTable();
    let at = table;
    for (const token of TOKENS) {
      this.view(at, 8).write(token, 'latin1');
      at += 8;
    }
    this.#attach(0);
  }
  /** After `open`, when no job was begun or no other thread works for it: the memory serves the next one. */
  close(): void {
    giveJobKernel(this.#job!);
  }
  /** Takes part in a job that another thread began. */
  static join(memory: WebAssembly.Memory, number: number, spill: Spill | undefined): KernelThread {
    const thread = new KernelThread(memory, spill);
    thread.#attach(number);
    return thread;
  }
  #attach(number: number): void {
    this.kernel.attach(number);
    this.#out = this.kernel.allocate(FIELDS.length * 8);
  }

  /** Bytes of the job's memory, as they are now. */
  view(at: number, length: number): Buffer {
    return this.#upTo(at + length).subarray(at, at + length);
  }
  /** The memory, which may have grown since, by another thread too. */
  #upTo(end: number): Buffer {
    if (end > this.#bytes.length) {
      const { buffer } = this.memory;
      if (buffer.byteLength < end) throw new Error('The kernel points outside its memory');
      this.#bytes = Buffer.from(buffer);
    }
    return this.#bytes;
  }
  /** Bytes as one character a byte. */
  text(at: number, length: number): string {
    return this.#upTo(at + length).toString('latin1', at, at + length);
  }
  doubles(at: number, count: number): Float64Array {
    return new Float64Array(this.#upTo(at + count * 8).buffer, at, count);
  }
  words(at: number, count: number): Uint32Array {
    return new Uint32Array(this.#upTo(at + count * 4).buffer, at, count);
  }

  /** The examples of a column that are of some groups, in the order of their rows, from the list of kernel/watch.ts. */
  examples({ examples }: KernelColumn, isWanted: (group: number) => boolean): Example[] {
    const list: Example[] = []; // at most ten a group
    for (let at = examples; at !== 0; ) {
      const bytes = this.#upTo(at + 20);
      const group = bytes.readUInt32LE(at + 4);
      if (isWanted(group))
        list.push({ group, row: bytes.readDoubleLE(at + 8), value: this.text(at + 20, bytes.readUInt32LE(at + 16)) });
      at = bytes.readUInt32LE(at);
    }
    return list.sort((a, b) => a.row - b.row);
  }
  /** The integer whose digits were kept there; undefined for none. */
  integer(record: number): bigint | undefined {
    if (record === 0) return undefined;
    const digits = this.text(record + 4, this.words(record, 1)[0]!);
    return BigInt(digits.startsWith('+') ? digits.slice(1) : digits);
  }
  /** Visits the stored numbers of a column, chunk by chunk. */
  forEachChunk(column: number, { parts }: KernelColumn, visit: (values: Float64Array) => void): void {
    for (let part = 0; part < parts; part++) {
      const from = this.kernel.numbersPart(column, part);
      visit(this.doubles(from, (this.kernel.numbersPartEnd() - from) / 8));
    }
  }

  /** What the kernel knows of a column, when all its rows are taken. */
  describe(column: number): KernelColumn {
    this.kernel.describe(column, this.#out);
    const values = this.doubles(this.#out, FIELDS.length);
    const state: Partial<KernelColumn> = {};
    for (let at = 0; at < FIELDS.length; at++) state[FIELDS[at]!] = values[at]!;
    return state as KernelColumn;
  }
}
