const finite = (value: number) => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));

/** `q + factor * (q3 - q1)`, by quarters where the range overflows: scaling by a power of two is exact there. */
function fence(q: number, factor: number, q1: number, q3: number): number {
  const direct = q + factor * (q3 - q1);
  return Number.isFinite(direct) ? direct : finite((q / 4 + factor * (q3 / 4 - q1 / 4)) * 4);
}

/** Tukey's fences: 1.5 interquartile ranges outside the quartiles. */
export function fences(q1: number, q3: number): { lowerFence: number; upperFence: number } {
  return { lowerFence: fence(q1, -1.5, q1, q3), upperFence: fence(q3, 1.5, q1, q3) };
}
