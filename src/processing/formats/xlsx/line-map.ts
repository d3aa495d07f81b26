import { DatasetError } from '../../errors.ts';

/** Places where lines and rows go apart: 32 MiB. */
const MOST_PLACES = 2 ** 21;

/**
 * The sheet's row of each line of the text that is made of it: a text over several lines in a cell puts them apart.
 * Memory: 16 bytes for each row behind which they lie farther apart.
 */
export class LineMap {
  #lines = new Float64Array(64);
  #offsets = new Float64Array(64);
  #count = 0;

  /** @throws DatasetError beyond MOST_PLACES */
  add(line: number, row: number): void {
    const offset = row - line;
    if (offset === (this.#offsets[this.#count - 1] ?? 0)) return;
    if (this.#count === MOST_PLACES)
      throw new DatasetError(
        `More than ${MOST_PLACES.toLocaleString('en')} rows have texts of several lines`,
        { row },
        'Save the sheet as CSV.',
      );
    if (this.#count === this.#lines.length) {
      this.#lines = grown(this.#lines);
      this.#offsets = grown(this.#offsets);
    }
    this.#lines[this.#count] = line;
    this.#offsets[this.#count++] = offset;
  }
  /** The sheet's row of a line at which a row begins. */
  rowOf(line: number): number {
    let [low, high] = [0, this.#count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#lines[middle]! <= line) low = middle + 1;
      else high = middle;
    }
    return line + (low > 0 ? this.#offsets[low - 1]! : 0);
  }
}

function grown(numbers: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}
