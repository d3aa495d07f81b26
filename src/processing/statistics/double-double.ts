/** A double as two halves of 26 bits (Veltkamp). */
function halves(value: number): [number, number] {
  const scaled = value * 134_217_729;
  const high = scaled - (scaled - value);
  return [high, value - high];
}
/** value * count and what rounding lost of it (Dekker's product). */
export function product(value: number, count: number): [number, number] {
  const direct = value * count;
  const [a, b] = halves(value);
  const [c, d] = halves(count);
  const error = a * c - direct + a * d + b * c + b * d;
  return [direct, Number.isFinite(error) ? error : 0]; // splitting overflows beyond 1e300
}
