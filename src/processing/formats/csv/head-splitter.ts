import type { KernelThread } from '../../host/kernel-thread.ts';
import { COMPLETE, FAULT, GOES_ON } from '../../kernel/border/statuses.ts';

/** What dialect detection needs of a row: its width, and where its last field with something in it is. */
export interface HeadRow {
  width: number;
  /** Fields up to the last that is not empty after trimming. */
  filled: number;
}

/** The state of a reading. */
export const READING = { goesOn: GOES_ON, complete: COMPLETE, fault: FAULT };

/** Splits a head under several delimiters at once, in the kernel and the memory of a job that has not begun. */
export class HeadSplitter {
  readonly #thread: KernelThread;
  readonly #delimiters: readonly string[];
  readonly #piece: Buffer;

  constructor(thread: KernelThread, delimiters: readonly string[]) {
    const { kernel } = thread;
    this.#thread = thread;
    this.#delimiters = delimiters;
    this.#piece = thread.view(kernel.headPiece(delimiters.length), kernel.headPieceBytes());
    for (let reading = 0; reading < delimiters.length; reading++) kernel.openHead(reading);
  }
  /** Takes the next bytes, at most 1 MiB, under one delimiter. @returns one of READING */
  read(reading: number, bytes: Buffer): number {
    if (bytes.length > this.#piece.length) throw new RangeError('A piece of a head is longer than 1 MiB');
    this.#piece.subarray(0, bytes.length).fill(bytes); // set() is slow on shared memory
    const delimiter = this.#delimiters[reading]!.charCodeAt(0);
    return this.#thread.kernel.readHead(reading, this.#piece.byteOffset, bytes.length, delimiter);
  }
  /** The file has ended. */
  end(reading: number): number {
    return this.#thread.kernel.endHead(reading);
  }
  count(reading: number): number {
    return this.#thread.kernel.headRowCount(reading);
  }
  rows(reading: number): HeadRow[] {
    const words = this.#thread.words(this.#thread.kernel.headRows(reading), this.count(reading) * 2);
    return Array.from({ length: words.length / 2 }, (_, i) => ({ width: words[i * 2]!, filled: words[i * 2 + 1]! }));
  }
}
