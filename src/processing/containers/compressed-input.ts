import { Turns } from './turns.ts';

/**
 * The bytes of a compressed file, in order, with their places. Memory: the piece of the source, or what was gathered.
 */
export class CompressedInput {
  /** The place of the next byte. */
  position: number;
  readonly #pieces: AsyncIterator<Uint8Array>;
  readonly #signal: AbortSignal | undefined;
  #rest: Uint8Array = new Uint8Array();
  /** Small parts are taken without any wait for a thread or the disk. */
  readonly #turns: Turns;

  /** @param signal ends the reading within some 20 ms, whatever the bytes are: also where nothing of them is text */
  constructor(bytes: AsyncIterable<Uint8Array>, position = 0, signal?: AbortSignal) {
    this.#pieces = bytes[Symbol.asyncIterator]();
    this.position = position;
    this.#signal = signal;
    this.#turns = new Turns(signal);
  }

  /**
   * The bytes at hand, at least one; undefined at the end. They stay until they are skipped.
   * @throws the signal's reason
   */
  async peek(): Promise<Uint8Array | undefined> {
    if (this.#turns.isDue) await this.#turns.take();
    while (this.#rest.length === 0) {
      this.#signal?.throwIfAborted();
      const { done, value } = await this.#pieces.next();
      if (done) return undefined;
      this.#rest = value;
    }
    return this.#rest;
  }
  /** At least so many bytes at hand, fewer at the end: what there is, and the next pieces. They stay as of `peek`. */
  async gather(count: number): Promise<Uint8Array> {
    if (this.#rest.length < count) this.#rest = await this.#joined(count);
    return this.#rest;
  }
  /** Leaves bytes behind that are at hand. */
  skip(count: number): void {
    this.#rest = this.#rest.subarray(count);
    this.position += count;
  }
  /** @returns so many bytes, fewer at the end; a copy */
  async take(count: number): Promise<Buffer> {
    const bytes = this.#rest.length >= count ? this.#rest.subarray(0, count) : await this.gather(count);
    const taken = Buffer.from(bytes.subarray(0, count));
    this.skip(taken.length);
    return taken;
  }
  async close(): Promise<void> {
    await this.#pieces.return?.();
  }

  async #joined(count: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    for (let have = 0; have < count; ) {
      const bytes = await this.peek();
      if (!bytes) break;
      parts.push(Uint8Array.from(bytes)); // the piece does not outlive the next one
      have += bytes.length;
      this.#rest = bytes.subarray(bytes.length);
    }
    return Buffer.concat(parts);
  }
}
