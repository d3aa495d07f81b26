/** A sum as two doubles, the second what rounding lost of the first ("double-double" arithmetic). */
export interface DoubleDouble {
  high: number;
  low: number;
}

/** Adds to a sum of two doubles (Knuth's two-sum). */
export function addTo(sum: DoubleDouble, value: number): void {
  const high = sum.high + value;
  const part = high - sum.high;
  sum.low += sum.high - (high - part) + (value - part);
  sum.high = high;
}

/** A double as two halves of 26 bits (Veltkamp). */
function halves(value: number): [number, number] {
  const scaled = value * 134_217_729;
  const high = scaled - (scaled - value);
  return [high, value - high];
}

/** value * count, and what rounding lost of it (Dekker's product, 1971). */
export function product(value: number, count: number): [number, number] {
  const direct = value * count;
  const [a, b] = halves(value);
  const [c, d] = halves(count);
  const error = a * c - direct + a * d + b * c + b * d;
  return [direct, Number.isFinite(error) ? error : 0]; // splitting overflows beyond 1e300
}
