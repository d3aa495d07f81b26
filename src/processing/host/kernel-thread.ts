import {
  ColumnSummary,
  DIGITS_TEXT,
  EXAMPLE_GROUP,
  EXAMPLE_LENGTH,
  EXAMPLE_ROW,
  EXAMPLE_TEXT,
  type JobShape,
} from '../kernel/border/layout.ts';
import { TOKEN_BYTES } from '../kernel/border/limits.ts';
import type { ReadOptions } from '../options/read-options.ts';
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
import { bytesOf, readStruct, writeStruct } from './structs.ts';
import { addTexts } from './value-rules.ts';

export interface Example {
  group: number;
  row: number;
  /** One character per byte, cut where it is shown cut. */
  value: string;
}

/** Records are walked by the job's first thread alone. */
const NO_JSON: JsonListener = { repeatedKey() {}, repeatedNestedKey() {} };

/** @param text one character per byte: what is not ASCII stands in strings and is valid there in any encoding */
function isNestedJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

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
      isNested: (text, length) => (isNestedJson(this.text(text, length)) ? 1 : 0),
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
  begin(shape: JobShape, options?: ReadOptions): void {
    const { kernel } = this;
    writeStruct(shape, (count) => this.doubles(kernel.shapeAt(), count));
    kernel.prepare();
    let at = kernel.tokenTable();
    for (const token of TOKENS) {
      this.view(at, TOKEN_BYTES).write(token, 'latin1');
      at += TOKEN_BYTES;
    }
    if (shape.hasRules !== 0) addTexts(this, options!, shape.isJson !== 0);
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
    this.#out = this.kernel.allocate(bytesOf(ColumnSummary));
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
  /** Bytes as one character per byte. */
  text(at: number, length: number): string {
    return this.#upTo(at + length).toString('latin1', at, at + length);
  }
  doubles(at: number, count: number): Float64Array {
    return new Float64Array(this.#upTo(at + count * 8).buffer, at, count);
  }
  words(at: number, count: number): Uint32Array {
    return new Uint32Array(this.#upTo(at + count * 4).buffer, at, count);
  }

  /**
   * The examples of a column that are of some groups, in the order of their rows, from the list of
   * kernel/columns/watch.ts.
   */
  examples({ examples }: ColumnSummary, isWanted: (group: number) => boolean): Example[] {
    const list: Example[] = []; // at most ten per group
    for (let at = examples; at !== 0; ) {
      const bytes = this.#upTo(at + EXAMPLE_TEXT).subarray(at);
      const group = bytes.readUInt32LE(EXAMPLE_GROUP);
      const value = () => this.text(at + EXAMPLE_TEXT, bytes.readUInt32LE(EXAMPLE_LENGTH));
      if (isWanted(group)) list.push({ group, row: bytes.readDoubleLE(EXAMPLE_ROW), value: value() });
      at = bytes.readUInt32LE();
    }
    return list.sort((a, b) => a.row - b.row);
  }
  /** The integer whose digits were kept there; undefined for none. */
  integer(record: number): bigint | undefined {
    if (record === 0) return undefined;
    const digits = this.text(record + DIGITS_TEXT, this.words(record, 1)[0]!);
    return BigInt(digits.startsWith('+') ? digits.slice(1) : digits);
  }
  /** Visits the stored numbers of a column, chunk by chunk, until `visit` returns false. */
  forEachChunk(column: number, { parts }: ColumnSummary, visit: (values: Float64Array) => boolean): void {
    for (let part = 0; part < parts; part++) {
      const from = this.kernel.numbersPart(column, part);
      if (!visit(this.doubles(from, (this.kernel.numbersPartEnd() - from) / 8))) return;
    }
  }

  /** What the kernel knows of a column, when all its rows are taken. */
  describe(column: number): ColumnSummary {
    this.kernel.describe(column, this.#out);
    return this.struct(ColumnSummary, this.#out);
  }
  /** A row of doubles, by the names of its class (kernel/border/layout.ts). */
  struct<T extends object>(layout: new () => T, at: number): T {
    return readStruct(layout, (count) => this.doubles(at, count));
  }
}
