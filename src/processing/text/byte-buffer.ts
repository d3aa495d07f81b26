/** Bytes put together from pieces; grows by doubling. The owner bounds its length. */
export class ByteBuffer {
  length = 0;
  #bytes: Buffer = Buffer.alloc(256);

  append(source: Buffer, start: number, end: number): void {
    const length = this.length + end - start;
    if (length > this.#bytes.length) {
      const larger = Buffer.alloc(Math.max(length, this.#bytes.length * 2));
      this.#bytes.copy(larger, 0, 0, this.length);
      this.#bytes = larger;
    }
    source.copy(this.#bytes, this.length, start, end);
    this.length = length;
  }
  clear(): void {
    this.length = 0;
  }
  /** The bytes as one character per byte; the buffer is empty afterwards. */
  take(): string {
    const text = this.#bytes.toString('latin1', 0, this.length);
    this.length = 0;
    return text;
  }
}
