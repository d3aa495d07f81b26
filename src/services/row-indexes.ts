import { RowIndex } from '../processing/row-index.ts';

/** Datasets whose index is kept: some 100 KiB each at the most, but for JSON of very long keys. */
const MOST = 64;

/** Where rows begin in the files that were read last, so that a far page is read from a place near it. */
export class RowIndexes {
  readonly #indexes = new Map<string, RowIndex>(); // the one used last is the last

  /** The index of a dataset's file, empty at first. A file never changes: another one is another dataset. */
  of(datasetId: string): RowIndex {
    const index = this.#indexes.get(datasetId) ?? new RowIndex();
    this.#indexes.delete(datasetId);
    this.#indexes.set(datasetId, index);
    if (this.#indexes.size > MOST) this.#indexes.delete(this.#indexes.keys().next().value!);
    return index;
  }
}
