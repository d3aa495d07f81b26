import { EXAMPLES } from '../../../src/processing/limits.ts';
import type { Profile } from '../../../src/processing/profile-types.ts';

/** Rows that an earlier one is equal to, by whole keys. */
export class DuplicateRows {
  readonly found: Profile['duplicates'] = { count: 0, examples: [] };
  readonly #rows = new Map<string, number>();

  /** @param values what is compared, in the order of the columns */
  add(values: (string | undefined)[], row: number): void {
    const key = JSON.stringify(values);
    const firstRow = this.#rows.get(key);
    if (firstRow === undefined) {
      this.#rows.set(key, row);
      return;
    }
    this.found.count++;
    if (this.found.examples.length < EXAMPLES) this.found.examples.push({ row, firstRow });
  }
}
