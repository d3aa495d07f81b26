// The ten largest and the ten smallest numbers of a column with their rows, the earlier row first of equals. The ten
// farthest outliers are among them, so the file need not be read again. O(1) for a number that is none of them.
import { Column, EXAMPLES, highestOf, lowestOf } from './column-state';

/** Takes a number into the tens where it belongs. Rows may come in any order. */
export function addExtreme(c: Column, value: f64, row: f64): void {
  if (value >= c.high) {
    c.highCount = insert(highestOf(c), c.highCount, value, row, 1);
    if (c.highCount == EXAMPLES) c.high = load<f64>(highestOf(c) + (EXAMPLES - 1) * 16);
  }
  if (value <= c.low) {
    c.lowCount = insert(lowestOf(c), c.lowCount, value, row, -1);
    if (c.lowCount == EXAMPLES) c.low = load<f64>(lowestOf(c) + (EXAMPLES - 1) * 16);
  }
}

/** @returns how many entries there are now */
function insert(list: usize, n: u32, value: f64, row: f64, sign: f64): u32 {
  let at = n;
  for (; at > 0; at--) {
    const other = load<f64>(list + (at - 1) * 16), difference = (value - other) * sign;
    if (value == other ? row > load<f64>(list + (at - 1) * 16, 8) : difference < 0) break;
  }
  if (at == EXAMPLES) return n;
  const kept = min(n, EXAMPLES - 1);
  memory.copy(list + (at + 1) * 16, list + at * 16, (kept - at) * 16);
  store<f64>(list + at * 16, value);
  store<f64>(list + at * 16, row, 8);
  return kept + 1;
}
