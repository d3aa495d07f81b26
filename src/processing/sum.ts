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
  /** The sum divided by n, rounded once: the quotient's remainder is computed exactly (Dekker's product). */
  dividedBy(n: number): number {
    const quotient = this.value / n;
    const product = quotient * n;
    const [a, b] = split(quotient);
    const [c, d] = split(n);
    const error = a * c - product + a * d + b * c + b * d;
    const corrected = quotient + (this.#high - product - error + this.#low) / n;
    return Number.isFinite(corrected) ? corrected : quotient; // splitting overflows beyond 1e300
  }
}

/** A double as two halves of 26 bits (Veltkamp). */
function split(value: number): [number, number] {
  const scaled = value * 134_217_729;
  const high = scaled - (scaled - value);
  return [high, value - high];
}

/** The arithmetic mean of finite doubles, finite also where their sum is not. */
export function meanOf(values: Float64Array, sum: Sum): number {
  if (Number.isFinite(sum.value)) return sum.dividedBy(values.length);
  const scaled = new Sum();
  const SCALE = 2 ** -64;
  for (const value of values) scaled.add(value * SCALE);
  return scaled.value / values.length / SCALE;
}
