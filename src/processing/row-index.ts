/** A place in a file at which its rows can be read on: the rows before it are behind. */
export interface RowPlace {
  /** How many rows are before it. */
  row: number;
  /** The first byte to read. */
  byte: number;
  /** Where the file is opened for it; at `byte` when not given. Formats that are read by ranges have 0. */
  opensAt?: number;
  /** What the format's reader needs beside, small. */
  state: unknown;
}

/** Bytes between two places at the least, and how many places there are at the most. */
const LEAST_SPACING = 1 << 20;
const MOST_PLACES = 1_024;

/**
 * Where rows begin in a file, sparsely: filled while rows are read, so that later readings of the same file begin near
 * the row that they are after. Memory: 1,024 places; of a larger file they are farther apart.
 */
export class RowIndex {
  /** What the format's reader needs at all places: the dialect of a CSV, the keys of JSON. */
  table: unknown;
  #places: RowPlace[] = [];
  #spacing: number;
  readonly #most: number;

  constructor(spacing = LEAST_SPACING, most = MOST_PLACES) {
    this.#spacing = spacing;
    this.#most = most;
  }
  /** Whether a place at this byte would be kept. */
  wants(byte: number): boolean {
    return byte >= (this.#places.at(-1)?.byte ?? 0) + this.#spacing;
  }
  add(place: RowPlace): void {
    if (!this.wants(place.byte)) return;
    this.#places.push(place);
    if (this.#places.length <= this.#most) return;
    this.#places = this.#places.filter((_, i) => i % 2 === 1);
    this.#spacing *= 2;
  }
  /** The last place that is not behind this row's end; undefined when reading begins with the file. */
  before(row: number): RowPlace | undefined {
    return this.#places.findLast((place) => place.row <= row);
  }
}
