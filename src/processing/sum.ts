/**
 * A sum of doubles in double-double arithmetic (Dekker, Numer. Math. 18, 1971; Knuth's two-sum): some 106 bits, so the
 * mean holds 14 digits also on values with a large offset. O(1) memory.
 */
export class Sum {
  #high = 0;
  #low = 0;
  #magnitude = 0; // sum of the absolute values

  add(value: number): void {
    this.#magnitude += Math.abs(value);
    const sum = this.#high + value;
    const shared = sum - this.#high;
    this.#low += this.#high - (sum - shared) + (value - shared);
    this.#high = sum;
  }
  /** Whether cancellation may have cost digits: error bound n² u² Σ|x| (u = 2^-53) against 1e-16 of the sum. */
  isDoubtful(n: number): boolean {
    return n * n * 2 ** -106 * this.#magnitude > 1e-16 * Math.abs(this.value);
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

/** The sum without any rounding but the last: growing expansions (Shewchuk, 1997), at most some 40 parts. O(n · parts). */
function exactSum(values: Float64Array): number {
  const parts: number[] = [];
  for (const value of values) {
    let rest = value;
    let kept = 0;
    for (const part of parts) {
      const [large, small] = Math.abs(rest) < Math.abs(part) ? [part, rest] : [rest, part];
      const sum = large + small;
      const error = small - (sum - large);
      if (error !== 0) parts[kept++] = error;
      rest = sum;
    }
    parts.length = kept;
    parts.push(rest);
  }
  return parts.reduceRight((sum, part) => sum + part, 0);
}

/** The arithmetic mean of finite doubles, finite also where their sum is not. */
export function meanOf(values: Float64Array, sum: Sum): number {
  if (Number.isFinite(sum.value))
    return sum.isDoubtful(values.length) ? exactSum(values) / values.length : sum.dividedBy(values.length);
  const scaled = new Sum();
  const SCALE = 2 ** -64;
  for (const value of values) scaled.add(value * SCALE);
  return scaled.value / values.length / SCALE;
}
