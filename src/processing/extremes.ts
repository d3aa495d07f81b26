import { EXAMPLES } from './limits.ts';
import type { Value } from './profile-types.ts';

export interface Extreme {
  row: number;
  value: number;
  /** The value with all its digits. */
  exact: Value;
}

/**
 * The ten largest (or smallest) values with their rows, the earlier row first of equals. The ten farthest outliers are
 * among the ten largest and the ten smallest. O(1) for a value that is none of them.
 */
export class Extremes {
  readonly entries: Extreme[] = [];
  readonly #sign: 1 | -1;
  constructor(which: 'largest' | 'smallest') {
    this.#sign = which === 'largest' ? 1 : -1;
  }
  /** Whether the value would be taken; rows come in rising order, so an equal one is too late. */
  wants(value: number): boolean {
    return this.entries.length < EXAMPLES || (value - this.entries[EXAMPLES - 1]!.value) * this.#sign > 0;
  }
  add(entry: Extreme): void {
    let at = this.entries.length;
    while (at > 0 && (entry.value - this.entries[at - 1]!.value) * this.#sign > 0) at--;
    this.entries.splice(at, 0, entry);
    if (this.entries.length > EXAMPLES) this.entries.pop();
  }
}
