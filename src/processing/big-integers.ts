import { EXAMPLES } from './limits.ts';

interface BigInteger {
  value: number;
  row: number;
  exact: bigint;
}

/**
 * Integers beyond 2^53 with all their digits, as far as they can be shown: the smallest and the largest, and those whose rows may be
 * among the ten largest or smallest values. Keeps at most 64.
 */
export class BigIntegers {
  #kept: BigInteger[] = [];
  #smallest: bigint | undefined;
  #largest: bigint | undefined;

  /** @param value its nearest double */
  add(value: number, row: number, text: string): void {
    const exact = BigInt(text.startsWith('+') ? text.slice(1) : text);
    if (this.#smallest === undefined || exact < this.#smallest) this.#smallest = exact;
    if (this.#largest === undefined || exact > this.#largest) this.#largest = exact;
    this.#kept.push({ value, row, exact });
    if (this.#kept.length < 64) return;
    const byValue = this.#kept.toSorted((a, b) => b.value - a.value || a.row - b.row);
    const byLowest = this.#kept.toSorted((a, b) => a.value - b.value || a.row - b.row);
    this.#kept = [...new Set([...byValue.slice(0, EXAMPLES), ...byLowest.slice(0, EXAMPLES)])];
  }
  /** The digits of the column's smallest value, when it is one of these. */
  smallest(value: number): bigint | undefined {
    return this.#smallest !== undefined && Number(this.#smallest) === value ? this.#smallest : undefined;
  }
  largest(value: number): bigint | undefined {
    return this.#largest !== undefined && Number(this.#largest) === value ? this.#largest : undefined;
  }
  ofRow(row: number): bigint | undefined {
    return this.#kept.find((integer) => integer.row === row)?.exact;
  }
}
