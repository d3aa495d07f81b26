const { constants, createZstdDecompress } = process.getBuiltinModule('node:zlib');

/** Of the stream's own output, which is not used: what zlib demands at least. */
const LEAST_CHUNK_BYTES = 64;

/** The parts of Node's decompressor that its synchronous functions use. They are not documented. */
interface Inner {
  destroyed: boolean;
  destroy(): void;
  _handle?: {
    reset?(): void;
    writeSync?(flush: number, from: Buffer, at: number, bytes: number, into: Buffer, first: number, room: number): void;
  } | null;
  /** Bytes of the output and of the input that were not used. */
  _writeState?: Uint32Array;
}

/**
 * `zstdDecompressSync` for one page after another, into memory that is there. That function makes a stream for each
 * page, and a buffer, which the system clears and the caller copies: a tenth of the time of a file.
 */
export class ZstdPages {
  readonly #behind = Buffer.alloc(1);
  #stream: Inner | undefined;

  /**
   * @param place as long as the page must be
   * @returns false for wrong bytes, another length, and a Node that has other parts: any bytes are in `place` then
   */
  into(bytes: Buffer, place: Buffer): boolean {
    const stream = this.#opened();
    const { _handle: handle, _writeState: left } = stream;
    if (!handle?.reset || !handle.writeSync || !left) return false;
    handle.reset();
    const write = (count: number, into: Buffer) => {
      handle.writeSync!(constants.ZSTD_e_end, bytes, 0, count, into, 0, into.length);
      return stream.destroyed ? [] : [...left];
    };
    const [room, rest] = write(bytes.length, place);
    if (room !== 0 || rest !== 0) return false;
    // there may be more of the page, or no end of it
    const [roomBehind] = write(0, this.#behind);
    return roomBehind === 1;
  }
  /** Frees what zstd keeps between pages: as much as the greatest window of them. */
  close(): void {
    this.#stream?.destroy();
    this.#stream = undefined;
  }

  #opened(): Inner {
    if (this.#stream && !this.#stream.destroyed) return this.#stream;
    const stream = createZstdDecompress({ chunkSize: LEAST_CHUNK_BYTES });
    stream.on('error', () => {}); // wrong bytes: it is destroyed, which `into` sees
    this.#stream = stream as unknown as Inner;
    return this.#stream;
  }
}
