import type { Encoding } from './encoding.ts';
import { jobMemory, type KernelExports } from './kernel-module.ts';
import { type JobShape, KernelThread } from './kernel-thread.ts';
import { ALONE_BYTES, MAX_DISTINCT } from './limits.ts';
import type { Profile, ProfileOptions, ProfileStage } from './profile-types.ts';
import type { JobOnThreads, UnnamedFacts } from './threads.ts';

/** What grows with the rows stays in memory up to here when it can be spilled, and value tables of wide files. */
const MEMORY_BUDGET = 64 * 1024 * 1024;
const TABLE_BUDGET = 32 * 1024 * 1024;
/** Columns from which on fields are deferred (kernel/deferred.ts): fewer have their tables in the cache anyway. */
const WIDE = 65;
const MOST_UNIT_ROWS = 4_096;
const BLOCK_BYTES = 256 * 1024;
const WIDE_BLOCK_BYTES = 1024 * 1024;
/** Pieces of work between two looks at the clock. */
const PIECES = 4;
const TURN_MILLISECONDS = 5;

/** Of what grows with the rows: each column has an open chunk or two. */
const chunkBytes = (columns: number) =>
  columns < WIDE ? 32_768 : columns <= 512 ? 16_384 : columns <= 2_048 ? 8_192 : 4_096;

/**
 * A job's rows on their way through the kernel: blocks are published, and this thread works on them itself until so many bytes have
 * come that other threads are worth their start.
 */
export class KernelJob {
  readonly thread: KernelThread;
  readonly kernel: KernelExports;
  readonly ring: number;
  readonly #memory = jobMemory();
  readonly #shape: JobShape;
  readonly #options: ProfileOptions;
  readonly #published: number[] = []; // lengths by the number in the ring
  readonly #facts: UnnamedFacts[] = [];
  readonly #finished = Promise.withResolvers<void>();
  #bytes = 0;
  #threads: JobOnThreads | undefined;
  #wake = Promise.withResolvers<void>();
  #failure: Error | undefined;

  constructor(table: Pick<JobShape, 'columns' | 'delimiter' | 'isJson'>, options: ProfileOptions) {
    this.#options = options;
    const wide = options.tuning?.wideColumns ?? WIDE;
    this.#shape = {
      ...table,
      bound: options.distinctBound ?? MAX_DISTINCT,
      threads: options.threads?.count ?? 1,
      budget: options.memoryBudget ?? MEMORY_BUDGET,
      tableBudget: options.tableBudget ?? TABLE_BUDGET,
      spills: options.spill !== undefined,
      blockBytes: options.tuning?.blockBytes ?? (table.columns < wide ? BLOCK_BYTES : WIDE_BLOCK_BYTES),
      chunkBytes: options.tuning?.chunkBytes ?? chunkBytes(table.columns),
      isWide: table.columns >= wide,
      unitRows: options.tuning?.unitRows ?? MOST_UNIT_ROWS,
    };
    this.thread = KernelThread.begin(this.#memory, this.#shape, options.spill);
    this.kernel = this.thread.kernel;
    this.ring = this.kernel.blockRing();
    this.#finished.promise.catch(() => {}); // a failure is told by whoever waits
    options.signal?.addEventListener('abort', this.#aborted, { once: true });
  }
  readonly #aborted = () => {
    this.kernel.stop();
    this.#wake.resolve();
    this.#finished.reject(this.#options.signal?.reason);
  };

  view(at: number, length: number): Buffer {
    return this.thread.view(at, length);
  }
  /** Bytes of rows in a published block. */
  published(block: number): number {
    return this.#published[block % this.ring]!;
  }

  /** Hands the first bytes of a block on and waits until the next block is free. */
  async publish(block: number, length: number, line: number, afterCr: boolean): Promise<void> {
    this.#published[block % this.ring] = length;
    this.kernel.publish(block, length, line, afterCr ? 1 : 0);
    this.#bytes += length;
    if (!this.#threads && this.#options.threads && this.#bytes > (this.#options.tuning?.aloneBytes ?? ALONE_BYTES))
      this.#openThreads(this.#options.threads);
    if (this.#threads) {
      this.#threads.wake();
      await this.#until(() => this.kernel.published() - this.kernel.freed() < this.ring);
    } else await this.#workAlone();
  }
  /** All published rows are taken, or splitting has met a fault. */
  async settled(): Promise<void> {
    if (this.#threads) await this.#until(() => this.kernel.published() === this.kernel.freed());
    else await this.#workAlone();
  }
  async #workAlone(): Promise<void> {
    let began = performance.now();
    while (this.kernel.work(PIECES) > 0) {
      if (performance.now() - began < TURN_MILLISECONDS) continue;
      await new Promise((resolve) => setImmediate(resolve));
      this.#options.signal?.throwIfAborted();
      began = performance.now();
    }
  }
  #openThreads(threads: NonNullable<ProfileOptions['threads']>): void {
    this.#threads = threads.open(this.#memory, this.#options.spill, {
      onFreed: () => this.#wake.resolve(),
      onFacts: (column, facts) => {
        this.#facts[column] = facts;
      },
      onFinished: () => this.#finished.resolve(),
      onFailure: (error) => {
        this.#failure ??= error;
        this.#wake.resolve();
        this.#finished.reject(error);
      },
    });
  }
  async #until(isSo: () => boolean): Promise<void> {
    for (;;) {
      this.#options.signal?.throwIfAborted();
      if (this.#failure) throw this.#failure;
      if (isSo() || this.kernel.isFaulty()) return;
      this.#wake = Promise.withResolvers();
      this.kernel.setWaiting();
      if (isSo() || this.kernel.isFaulty()) return;
      await this.#wake.promise;
    }
  }

  /** After the last row: the facts of all columns in their order, and the duplicates. */
  async finish(
    encoding: Encoding,
    onStage: (stage: ProfileStage) => void | Promise<void>,
  ): Promise<{ columns: UnnamedFacts[]; duplicates: Profile['duplicates'] }> {
    await onStage('statistics');
    if (this.#threads) {
      this.#threads.finish(encoding);
      await this.#finished.promise;
    } else {
      let began = performance.now();
      for (;;) {
        const step = this.thread.endStep(encoding, this.#shape.isJson);
        if (!step) break;
        if (step.facts) this.#facts[step.column!] = step.facts;
        if (performance.now() - began < TURN_MILLISECONDS) continue;
        await new Promise((resolve) => setImmediate(resolve));
        this.#options.signal?.throwIfAborted();
        began = performance.now();
      }
    }
    await onStage('anomalies');
    const { kernel } = this;
    const pairs = this.thread.words(kernel.examplesAt(), kernel.duplicateExamples() * 2);
    const examples = Array.from({ length: pairs.length / 2 }, (_, i) => ({
      row: pairs[i * 2]!,
      firstRow: pairs[i * 2 + 1]!,
    }));
    return { columns: this.#facts, duplicates: { count: kernel.duplicateCount(), examples } };
  }
  /** Lets go of the threads. */
  close(): void {
    this.#options.signal?.removeEventListener('abort', this.#aborted);
    this.kernel.stop();
    this.#threads?.close();
  }
}
