/** Of small pieces together: each piece of text costs its way through the reading. */
const PIECE_BYTES = 64 * 1024;

/** Joins small pieces of text to some of PIECE_BYTES and more. Memory: one of these. */
export class SmallPieces {
  readonly #pieces: Buffer[] = [];
  #bytes = 0;

  /** @returns whether there are enough */
  add(piece: Buffer): boolean {
    if (piece.length > 0) this.#pieces.push(piece);
    this.#bytes += piece.length;
    return this.#bytes >= PIECE_BYTES;
  }
  /** All of them, in no piece or one. */
  *take(): Generator<Buffer> {
    if (this.#bytes === 0) return;
    this.#bytes = 0;
    yield Buffer.concat(this.#pieces.splice(0));
  }
}
