/** The bytes of a compressed file, in order, with their places. Memory: the piece of the source. */
export class CompressedInput {
  /** The place of the next byte. */
  position: number;
  readonly #pieces: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array();

  constructor(bytes: AsyncIterable<Uint8Array>, position = 0) {
    this.#pieces = bytes[Symbol.asyncIterator]();
    this.position = position;
  }

  /** The bytes at hand, at least one; undefined at the end. They stay until they are skipped. */
  async peek(): Promise<Uint8Array | undefined> {
    while (this.#rest.length === 0) {
      const { done, value } = await this.#pieces.next();
      if (done) return undefined;
      this.#rest = value;
    }
    return this.#rest;
  }
  /** Leaves bytes behind that are at hand. */
  skip(count: number): void {
    this.#rest = this.#rest.subarray(count);
    this.position += count;
  }
  /** @returns so many bytes, fewer at the end; a copy */
  async take(count: number): Promise<Buffer> {
    const parts: Uint8Array[] = [];
    for (let left = count; left > 0; ) {
      const bytes = await this.peek();
      if (!bytes) break;
      const part = bytes.subarray(0, left);
      parts.push(Uint8Array.from(part)); // the piece does not outlive the next one
      this.skip(part.length);
      left -= part.length;
    }
    return Buffer.concat(parts);
  }
  async close(): Promise<void> {
    await this.#pieces.return?.();
  }
}
