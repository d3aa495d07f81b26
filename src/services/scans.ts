import { AppError } from '../core/errors.ts';
import { Slots } from '../core/slots.ts';

/** Scans of one process that read and compare at the same time; the others take turns with them, block by block. */
const AT_ONCE = 4;
/** Reports that are held whole at the same time: that of a table with very many columns takes hundreds of megabytes. */
const REPORTS_AT_ONCE = 1;
/** Scans of one process that are open: those above, those that wait for a turn, those whose client reads slowly. */
const MAX_OPEN = 32;

/**
 * Bounds the scans of files in one process. A scan takes a turn for each block and gives it back before it waits for
 * its client: a slow reader keeps its place in the file, and no other scan waits for it. Turns go round, so a short
 * scan ends soon beside long ones.
 */
export class Scans {
  readonly #turns = new Slots(AT_ONCE);
  readonly #reports = new Slots(REPORTS_AT_ONCE);
  #open = 0;

  /**
   * Counts a scan as open until the result is disposed of.
   * @throws AppError UNAVAILABLE when as many are open as one process allows
   */
  open(): Disposable {
    if (this.#open >= MAX_OPEN)
      throw new AppError(
        'UNAVAILABLE',
        `${MAX_OPEN} requests for rows are being answered already. Try again in a few seconds.`,
      );
    this.#open++;
    let isOpen = true;
    return {
      [Symbol.dispose]: () => {
        if (isOpen) this.#open--;
        isOpen = false;
      },
    };
  }

  /** Does what needs a whole report in memory, one after the other. @throws the signal's reason when it is aborted */
  async withReport<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    using _turn = await this.#reports.take(signal);
    return await work();
  }

  /** The blocks of a scan, each made within a turn. @throws the signal's reason when it is aborted */
  async *inTurns<Block>(blocks: AsyncIterator<Block>, signal: AbortSignal): AsyncGenerator<Block> {
    try {
      for (;;) {
        const turn = await this.#turns.take(signal);
        let next: IteratorResult<Block>;
        try {
          next = await blocks.next();
        } finally {
          turn[Symbol.dispose]();
        }
        if (next.done) return;
        yield next.value;
      }
    } finally {
      await blocks.return?.();
    }
  }
}
