import { MAX_RECORD_BYTES } from '../../limits.ts';
import type { LeafCursor } from './leaf-cursor.ts';

/** Bytes of an entry in memory beside its text. */
const ENTRY_BYTES = 32;
/** Bytes of JSON that an entry without a value has at the least: a comma, and more for a null. */
const LEAST_BYTES = 2;

/** What a leaf may hold in memory: bytes, and rows. */
export interface Room {
  /** Pages and dictionary that are kept between two batches of rows; larger ones are read again. */
  kept: number;
  /** Texts that are taken from a page before those of other leaves are. */
  ahead: number;
  /** Rows that are read at all. */
  rows: number;
}

/**
 * Entries of a nested leaf by rows: a row has as many as its lists have elements, and may go on in the next page.
 * Memory: what its room states, or one row, whose JSON is at most MAX_RECORD_BYTES.
 */
export class LeafQueue {
  readonly cursor: LeafCursor;
  readonly #room: Room;
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

  constructor(cursor: LeafCursor, room: Room) {
    this.cursor = cursor;
    this.#room = room;
  }
  /**
   * Holds some whole rows, up to `most`, or more where its page is too large to be kept until the next call; none
   * behind the last one.
   */
  async fill(most: number): Promise<void> {
    const { cursor } = this;
    if (!this.#wants(most) || (this.rows > 0 && cursor.isReleased)) return;
    while (await cursor.open()) {
      const isLarge = cursor.heldBytes > this.#room.kept;
      const rows = isLarge ? this.#room.rows : most;
      this.#takePage(rows);
      if (this.#wants(rows)) continue;
      if (isLarge) cursor.release();
      return;
    }
    if (this.#isOpen) this.rows++;
    this.#isOpen = false;
  }
  #wants(most: number): boolean {
    return this.rows === 0 || (this.rows < most && this.#held < this.#room.ahead);
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
      this.#held += ENTRY_BYTES + (text?.length ?? 0);
      this.#bytes += LEAST_BYTES + (text?.length ?? 0);
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
    for (const text of this.#texts.splice(0, this.#at)) this.#held -= ENTRY_BYTES + (text?.length ?? 0);
    this.#at = 0;
  }
}
