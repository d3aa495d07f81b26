import { CARDINALITY_METHOD, cardinality } from './cardinality.ts';
import { ownText } from './own-text.ts';
import type { ColumnFacts } from './profile-types.ts';
import { RowHash } from './row-hash.ts';
import { topValues } from './top-values.ts';

const REGISTERS = 4_096;
const INDEX_BITS = 12;
/** Characters of a value that are kept; the rest of a longer one counts by its hash. More than is ever shown. */
const KEPT = 1_024;

/**
 * The values of a column with how often each came: exact up to a bound of distinct values. Past it, the values seen until then go
 * on being counted, and a HyperLogLog estimates how many there are. Memory: at most `bound` texts of 1,024 characters, 4 KiB.
 */
export class ValueCounter {
  readonly #bound: number;
  readonly #counts = new Map<string, number>();
  readonly #hash = new RowHash();
  #registers: Uint8Array | undefined;

  constructor(bound: number) {
    this.#bound = bound;
  }
  add(text: string): void {
    const key = text.length > KEPT ? `${text.slice(0, KEPT)}\u0000${this.#hashOf(text).join()}` : text;
    const count = this.#counts.get(key);
    if (count !== undefined) this.#counts.set(key, count + 1);
    else if (this.#counts.size < this.#bound) this.#counts.set(ownText(key), 1);
    else if (!this.#registers) {
      this.#registers = new Uint8Array(REGISTERS);
      for (const earlier of this.#counts.keys()) this.#register(earlier);
    }
    if (this.#registers) this.#register(key);
  }
  distinct(): ColumnFacts['distinct'] {
    const { size } = this.#counts;
    if (!this.#registers) return { count: size, exact: true };
    return { count: cardinality(this.#registers, size + 1), exact: false, method: CARDINALITY_METHOD };
  }
  /** @param bytes what values of one count are sorted by */
  top(bytes: (text: string) => Buffer): { count: number; bytes: Buffer }[] {
    const texts = [...this.#counts.keys()];
    return topValues({ counts: Float64Array.from(this.#counts.values()), bytes: (index) => bytes(texts[index]!) });
  }
  #hashOf(text: string): Int32Array {
    this.#hash.reset();
    this.#hash.addText(text);
    this.#hash.finish();
    return this.#hash.h;
  }
  /** The register keeps the longest run of zeros before a one, of the hashes that fall to it. */
  #register(key: string): void {
    const h = this.#hashOf(key);
    const index = h[0]! >>> (32 - INDEX_BITS);
    const rank = Math.clz32(h[1]!) + 1;
    if (rank > this.#registers![index]!) this.#registers![index] = rank;
  }
}
