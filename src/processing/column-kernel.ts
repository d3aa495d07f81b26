import { BigIntegers } from './big-integers.ts';
import { ChunkStore } from './chunk-store.ts';
import type { DecodedSource } from './encoding.ts';
import { columnFacts } from './kernel-facts.ts';
import { type KernelExports, newKernel } from './kernel-module.ts';
import { MAX_DISTINCT } from './limits.ts';
import { TOKENS } from './null-tokens.ts';
import type { ColumnFacts, Profile, ProfileOptions } from './profile-types.ts';

const PARTITIONS = 64;
const HASHES = 0;
const VALUES = 1;
const MEMORY_BUDGET = 96 * 1024 * 1024;
/** Of wide files: there the state of the columns takes the rest. */
const WIDE_MEMORY_BUDGET = 48 * 1024 * 1024;
/** Bytes of an example that are kept: 257 code points of UTF-8. */
const SHOWN_BYTES = 1028;
const GROUPS = 4;

/** What `describe` of the kernel writes, in its order. */
const FIELDS = [
  'mode',
  'distinct',
  'registers',
  'candidates',
  'valueEnd',
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
] as const;
export type KernelColumn = Record<(typeof FIELDS)[number], number>;

export interface Example {
  row: number;
  /** One character a byte, cut where it is shown cut. */
  value: string;
}

interface KernelPart {
  /** Columns of the file; `own` of them, from column `from` on, are this kernel's. */
  total: number;
  from: number;
  own: number;
  delimiter: string;
  facts: DecodedSource['facts'];
  options: ProfileOptions;
  onBadRow: (row: number, at: number, fields: number) => void;
}

/** One kernel with its memory: what it asks for while rows come in, and what it knows at the end. */
export class ColumnKernel {
  readonly exports: KernelExports;
  readonly #part: KernelPart;
  readonly #chunks: ChunkStore;
  readonly #examples: Example[][] = [];
  readonly #integers = new Map<number, BigIntegers>();
  #bytes: Buffer = Buffer.alloc(0);
  #out = 0;
  #entries = 0;
  #entrySlots = 0;

  constructor(part: KernelPart) {
    this.#part = part;
    const { total, from, own, delimiter, options } = part;
    const chunkBytes = total <= 64 ? 32_768 : total <= 512 ? 8_192 : 4_096;
    this.#chunks = new ChunkStore(
      chunkBytes,
      options.memoryBudget ?? (total <= 64 ? MEMORY_BUDGET : WIDE_MEMORY_BUDGET),
      options.spill,
    );
    this.exports = newKernel({
      example: (column, group, row, text, length) => {
        const at = column * GROUPS + group;
        this.#examples[at] ??= [];
        this.#examples[at].push({ row, value: this.text(text, Math.min(length, SHOWN_BYTES)) });
      },
      bigInteger: (column, value, row, text, length) => {
        let integers = this.#integers.get(column);
        if (!integers) {
          integers = new BigIntegers();
          this.#integers.set(column, integers);
        }
        integers.add(value, row, this.text(text, length));
      },
      parseNumber: (text, length) => Number(this.text(text, length)),
      nextChunk: (kind, owner, full) =>
        this.#chunks.next(
          { kind, owner, full, taken: this.exports.tableBytes.value },
          this.exports.memory,
          this.exports.allocate,
        ),
      badRow: part.onBadRow,
    });
    const { distinctBound = MAX_DISTINCT } = options;
    this.exports.prepare(total, from, own, delimiter.charCodeAt(0), distinctBound, total <= 64 ? 256 : 64, chunkBytes);
    const table = this.exports.tokenTable();
    [...TOKENS].forEach((token, i) => {
      this.bytes.write(token, table + i * 8, 'latin1');
    });
    this.#out = this.exports.allocate(FIELDS.length * 8);
  }

  /** The kernel's memory; valid until it grows. */
  get bytes(): Buffer {
    const { buffer } = this.exports.memory;
    if (this.#bytes.buffer !== buffer) this.#bytes = Buffer.from(buffer);
    return this.#bytes;
  }
  /** Bytes as one character a byte. */
  text(at: number, length: number): string {
    return this.bytes.toString('latin1', at, at + length);
  }
  doubles(at: number, count: number): Float64Array {
    return new Float64Array(this.exports.memory.buffer, at, count);
  }
  words(at: number, count: number): Uint32Array {
    return new Uint32Array(this.exports.memory.buffer, at, count);
  }
  examples(column: number, group: number): Example[] {
    return this.#examples[column * GROUPS + group] ?? [];
  }
  integers(column: number): BigIntegers | undefined {
    return this.#integers.get(column);
  }
  /** Where the counted values of a column are described, 32 bytes each, and how many there are. */
  entries(column: number, slots: number): { at: number; count: number } {
    if (slots > this.#entrySlots) {
      this.#entrySlots = slots;
      this.#entries = this.exports.allocate(slots * 32);
    }
    return { at: this.#entries, count: this.exports.entries(column, this.#entries) };
  }
  storedBytes(column: number, end: number): number {
    return this.#chunks.bytes(VALUES, column, end);
  }
  /** Visits the stored numbers of a column, chunk by chunk. */
  forEachChunk(column: number, end: number, visit: (values: Float64Array) => void): void {
    const { exports } = this;
    this.#chunks.forEach(
      VALUES,
      column,
      end,
      () => exports.memory,
      exports.allocate,
      (from, to) => visit(this.doubles(from, (to - from) / 8)),
    );
  }

  column(i: number, name: string): ColumnFacts {
    this.exports.describe(i, this.#out);
    const values = this.doubles(this.#out, FIELDS.length);
    const state = Object.fromEntries(FIELDS.map((field, at) => [field, values[at]!])) as KernelColumn;
    return columnFacts(this, i, state, name, this.#part.facts.encoding);
  }
  duplicates(): Profile['duplicates'] {
    const { exports } = this;
    for (let i = 0; i < PARTITIONS; i++) {
      const end = exports.partitionEnd(i);
      const bytes = this.#chunks.bytes(HASHES, i, end);
      if (bytes === 0) continue;
      exports.beginPartition(bytes / 16);
      this.#chunks.forEach(HASHES, i, end, () => exports.memory, exports.allocate, exports.addRecords);
    }
    const pairs = this.words(exports.examplesAt(), exports.duplicateExamples() * 2);
    const examples = Array.from({ length: pairs.length / 2 }, (_, i) => ({
      row: pairs[i * 2]!,
      firstRow: pairs[i * 2 + 1]!,
    }));
    return { count: exports.duplicateCount(), examples };
  }
}
