import { MAX_RECORD_BYTES } from '../../limits.ts';
import type { LeafCursor } from './leaf-cursor.ts';

/** Entries that are held when there are whole rows among them. */
const MOST_ENTRIES = 16_384;
/** Characters of their JSON, likewise. */
const MOST_HELD = 1 << 20;
/** Bytes of JSON that an entry without a value has at the least: a comma, and more for a null. */
const LEAST_BYTES = 2;

/**
 * Entries of a nested leaf by rows: a row has as many as its lists have elements, and may go on in the next page.
 * Memory: MOST_ENTRIES of MOST_HELD characters, or one row, whose JSON is at most MAX_RECORD_BYTES.
 */
export class LeafQueue {
  readonly cursor: LeafCursor;
  #repetition: number[] = [];
  #definition: number[] = [];
  #texts: (string | undefined)[] = [];
  #at = 0;
  /** The last row is not known to be whole. */
  #isOpen = false;
  /** Of the last row, and of all. */
  #bytes = 0;
  #held = 0;
  /** Whole rows. */
  rows = 0;

  constructor(cursor: LeafCursor) {
    this.cursor = cursor;
  }
  /** Holds some whole rows, up to `most`; none behind the last one. */
  async fill(most: number): Promise<void> {
    while (this.#wants(most)) {
      if (await this.cursor.open()) {
        this.#takePage(most);
        continue;
      }
      if (this.#isOpen) this.rows++;
      this.#isOpen = false;
      return;
    }
  }
  #wants(most: number): boolean {
    if (this.rows === 0) return true;
    return this.rows < most && this.#definition.length < MOST_ENTRIES && this.#held < MOST_HELD;
  }
  #takePage(most: number): void {
    const { cursor } = this;
    while (cursor.left > 0 && this.#wants(most)) {
      const { repetition, definition } = cursor;
      if (repetition === 0) {
        if (this.#isOpen) this.rows++;
        this.#isOpen = true;
        this.#bytes = 0;
      }
      cursor.ahead(1, 0); // a value that is too large is not made
      const text = cursor.take();
      const bytes = LEAST_BYTES + (text?.length ?? 0);
      this.#held += bytes;
      this.#bytes += bytes;
      if (this.#bytes > MAX_RECORD_BYTES) cursor.tooLarge();
      this.#repetition.push(repetition);
      this.#definition.push(definition);
      this.#texts.push(text);
    }
  }
  /** Levels of the next entry; -1 behind the last one. */
  get definition(): number {
    return this.#definition[this.#at] ?? -1;
  }
  get repetition(): number {
    return this.#repetition[this.#at] ?? -1;
  }
  /** The JSON of the next entry; undefined where it is no value. Takes it. @throws Error when there is none */
  take(): string | undefined {
    if (this.#at >= this.#definition.length) throw new Error('The lists of its columns have different lengths');
    return this.#texts[this.#at++];
  }
  /** A row was taken. @throws Error when entries of it are left */
  endRow(): void {
    if (this.repetition > 0) throw new Error('The lists of its columns have different lengths');
    this.rows--;
  }
  /** Forgets what was taken. */
  shift(): void {
    this.#repetition.splice(0, this.#at);
    this.#definition.splice(0, this.#at);
    for (const text of this.#texts.splice(0, this.#at)) this.#held -= LEAST_BYTES + (text?.length ?? 0);
    this.#at = 0;
  }
}
