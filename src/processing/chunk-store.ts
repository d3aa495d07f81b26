/** Where full chunks go when memory is short: append, and read again by what `write` gave. Calls do not wait. */
export interface Spill {
  /** @returns the offset to read it again from */
  write(bytes: Uint8Array): number;
  read(offset: number, into: Uint8Array): void;
}

interface Chunks {
  /** Pointers of the chunks in memory, the last one still being filled. */
  held: number[];
  /** Offsets of the chunks that were moved out, each of them full. */
  spilled: number[];
}

/**
 * The chunks of one kernel: sequences of records that grow with the rows, row hashes and numbers. Beyond the budget a full
 * chunk is written out and its memory used again; without a spill everything stays.
 */
export class ChunkStore {
  readonly #chunkBytes: number;
  readonly #spill: Spill | undefined;
  readonly #chunks = new Map<number, Chunks>();
  /** Chunks in memory now, and how many there may be. */
  #held = 0;
  readonly #most: number;
  #io = 0;

  /** @param budget bytes that chunks may take; each sequence keeps one chunk whatever it says */
  constructor(chunkBytes: number, budget: number, spill: Spill | undefined) {
    this.#chunkBytes = chunkBytes;
    this.#most = Math.floor(budget / chunkBytes);
    this.#spill = spill;
  }
  #of(kind: number, owner: number): Chunks {
    const key = owner * 2 + kind;
    let chunks = this.#chunks.get(key);
    if (!chunks) {
      chunks = { held: [], spilled: [] };
      this.#chunks.set(key, chunks);
    }
    return chunks;
  }
  /**
   * @param full the chunk that is full, 0 for the first
   * @param taken bytes of the budget that other things take now
   * @param allocate gives a new chunk
   * @returns the chunk to write to
   */
  next(
    { kind, owner, full, taken }: { kind: number; owner: number; full: number; taken: number },
    memory: WebAssembly.Memory,
    allocate: (bytes: number) => number,
  ): number {
    const { held, spilled } = this.#of(kind, owner);
    const isOver = this.#held + taken / this.#chunkBytes >= this.#most;
    // a sequence that has begun to move out goes on: its chunks stay in order
    if (full !== 0 && this.#spill && (isOver || spilled.length > 0)) {
      spilled.push(this.#spill.write(new Uint8Array(memory.buffer, full, this.#chunkBytes)));
      return full;
    }
    this.#held++;
    const chunk = allocate(this.#chunkBytes);
    held.push(chunk);
    return chunk;
  }
  /** Bytes of a sequence whose last chunk is filled up to `end`. */
  bytes(kind: number, owner: number, end: number): number {
    const { held, spilled } = this.#of(kind, owner);
    if (held.length === 0) return 0;
    return (held.length - 1 + spilled.length) * this.#chunkBytes + end - held.at(-1)!;
  }
  /**
   * Gives the chunks of a sequence as ranges of the kernel's memory, one after another and not always in the order they
   * were filled: what was spilled lies between.
   */
  forEach(
    kind: number,
    owner: number,
    end: number,
    memory: () => WebAssembly.Memory,
    allocate: (bytes: number) => number,
    visit: (from: number, to: number) => void,
  ): void {
    const { held, spilled } = this.#of(kind, owner);
    const [last, ...full] = held.toReversed();
    for (const chunk of full.reverse()) visit(chunk, chunk + this.#chunkBytes);
    if (spilled.length > 0) this.#io ||= allocate(this.#chunkBytes);
    for (const offset of spilled) {
      this.#spill!.read(offset, new Uint8Array(memory().buffer, this.#io, this.#chunkBytes));
      visit(this.#io, this.#io + this.#chunkBytes);
    }
    if (last !== undefined && end > last) visit(last, end);
  }
}
