/**
 * A sum of doubles in double-double arithmetic (Dekker, Numer. Math. 18, 1971; Knuth's two-sum): some 106 bits, so the
 * mean holds 14 digits also on values with a large offset. O(1) memory.
 */
export class Sum {
  #high = 0;
  #low = 0;

  add(value: number): void {
    const sum = this.#high + value;
    const shared = sum - this.#high;
    this.#low += this.#high - (sum - shared) + (value - shared);
    this.#high = sum;
  }
  get value(): number {
    return this.#high + this.#low;
  }
}

/** The arithmetic mean of finite doubles, finite also where their sum is not. */
export function meanOf(values: Float64Array, sum: Sum): number {
  if (Number.isFinite(sum.value)) return sum.value / values.length;
  const scaled = new Sum();
  const SCALE = 2 ** -64;
  for (const value of values) scaled.add(value * SCALE);
  return scaled.value / values.length / SCALE;
}
