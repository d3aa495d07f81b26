import { EXAMPLES } from './limits.ts';
import type { RowHash } from './row-hash.ts';

/**
 * Counts rows whose 96-bit hash an earlier row had. An open-addressing table, at most half full: 32 to 64 bytes for each
 * distinct row, the one structure here that grows with the rows besides the numbers.
 */
export class Duplicates {
  count = 0;
  readonly examples: { row: number; firstRow: number }[] = [];
  #slots = 1 << 12;
  #table = new Int32Array(this.#slots * 4);
  #used = 0;

  /** @param row from 1, below 2^32 */
  add({ h }: RowHash, row: number): void {
    const first = this.#insert(h[0]!, h[1]!, h[2]!, row);
    if (first === 0) {
      if (++this.#used * 2 > this.#slots) this.#grow();
      return;
    }
    this.count++;
    if (this.examples.length < EXAMPLES) this.examples.push({ row, firstRow: first });
  }

  /** @returns the row that was there, 0 when the hash is new */
  #insert(a: number, b: number, c: number, row: number): number {
    const table = this.#table;
    const mask = this.#slots - 1;
    for (let slot = a & mask; ; slot = (slot + 1) & mask) {
      const at = slot * 4;
      if (table[at + 3] === 0) {
        table[at] = a;
        table[at + 1] = b;
        table[at + 2] = c;
        table[at + 3] = row;
        return 0;
      }
      if (table[at] === a && table[at + 1] === b && table[at + 2] === c) return table[at + 3]! >>> 0;
    }
  }
  #grow(): void {
    const old = this.#table;
    this.#slots *= 2;
    this.#table = new Int32Array(this.#slots * 4);
    for (let at = 0; at < old.length; at += 4)
      if (old[at + 3] !== 0) this.#insert(old[at]!, old[at + 1]!, old[at + 2]!, old[at + 3]!);
  }
}
