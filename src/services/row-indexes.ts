import type { ReadOptions } from '../processing/options/read-options.ts';
import { RowIndex } from '../processing/row-index.ts';

/** Datasets of which places of rows are kept, some 100 KiB each; the one that was read longest ago is dropped. */
const MOST = 64;

/** Where rows begin in the files that were read last: a later page of a file begins near it, not with the file. */
export class RowIndexes {
  readonly #byDataset = new Map<string, RowIndex>(); // least recently used first

  /**
   * The index of a dataset's file, which never changes: other bytes are another dataset. With other options its rows
   * begin elsewhere.
   */
  of(id: string, options?: ReadOptions): RowIndex {
    const key = options ? `${id} ${JSON.stringify(options)}` : id;
    const index = this.#byDataset.get(key) ?? new RowIndex();
    this.#byDataset.delete(key);
    this.#byDataset.set(key, index);
    const [oldest] = this.#byDataset.keys();
    if (this.#byDataset.size > MOST && oldest !== undefined) this.#byDataset.delete(oldest);
    return index;
  }
}
