import { JobShape } from '../kernel/border/layout.ts';
import { MAX_PLACES } from '../kernel/border/limits.ts';
import { ALONE_BYTES, MAX_DISTINCT } from '../limits.ts';
import type { ProfileOptions, ProfileStage } from '../profile-options.ts';
import type { Profile } from '../profile-types.ts';
import type { TextReading } from '../text/text-reading.ts';
import { endStep, factsOf } from './end-step.ts';
import type { KernelExports } from './kernel-module.ts';
import type { KernelThread } from './kernel-thread.ts';
import type { RowFilter } from './row-filter.ts';
import type { JobOnThreads, UnnamedFacts } from './threads.ts';
import { nullTokens, valueRules } from './value-rules.ts';

/** What grows with the rows stays in memory up to here when it can be spilled, and value tables of wide files. */
const MEMORY_BUDGET = 64 * 1024 * 1024;
/** Of that, for wide files: their tables and open chunks take the rest. */
const WIDE_SHARE = 0.75;
const TABLE_BUDGET = 32 * 1024 * 1024;
/**
 * With this many columns or more, fields are deferred (kernel/columns/deferred.ts): the tables of fewer columns are in
 * the cache anyway.
 */
const WIDE = 65;
const MOST_UNIT_ROWS = 2_048;
/** Fields of a unit: with more columns it has fewer rows. */
const UNIT_CELLS = 1 << 16;
/** Bytes of the kernel's blocks, whose rows are taken together; of wide files larger ones hold more rows. */
const KERNEL_BLOCK_BYTES = 256 * 1024;
const WIDE_KERNEL_BLOCK_BYTES = 1024 * 1024;
/**
 * Blocks and units under way: with others there is always something to do, alone the same few stay in the processor's
 * cache.
 */
const PLACES_ALONE = 2;
/** Pieces of work between two readings of the clock. */
const PIECES = 4;
const TURN_MILLISECONDS = 5;

/** Of what grows with the rows: each column has an open chunk or two. */
const chunkBytes = (columns: number) =>
  columns < WIDE ? 32_768 : columns <= 512 ? 16_384 : columns <= 2_048 ? 8_192 : 4_096;

/** Options of a job: of a profile, or of a filter. */
export interface JobOptions extends Omit<ProfileOptions, 'format'> {
  format?: string;
  /** Tests the rows instead of counting them; without other threads. */
  filter?: RowFilter;
}

/**
 * A job's rows on their way through the kernel: blocks are published, and this thread works on them, alone for the
 * first ALONE_BYTES, then with other threads, which are worth their start by then.
 */
export class KernelJob {
  readonly thread: KernelThread;
  readonly kernel: KernelExports;
  readonly ring: number;
  readonly #shape: JobShape;
  readonly #isJson: boolean;
  readonly #options: JobOptions;
  readonly #published: number[] = []; // lengths by the number in the ring
  readonly #facts: UnnamedFacts[] = [];
  readonly #finished = Promise.withResolvers<void>();
  #isClosed = false;
  #bytes = 0;
  #turned = performance.now();
  #threads: JobOnThreads | undefined;
  #wake = Promise.withResolvers<void>();
  #failure: Error | undefined;

  /** @param thread opened for this job, which is its owner from now on */
  constructor(
    table: { columns: number; delimiter: string; isJson: boolean },
    options: JobOptions,
    thread: KernelThread,
  ) {
    this.#options = options;
    const wide = options.tuning?.wideColumns ?? WIDE;
    this.#isJson = table.isJson;
    this.#shape = Object.assign(new JobShape(), {
      columns: table.columns,
      delimiter: table.delimiter.charCodeAt(0),
      isJson: table.isJson ? 1 : 0,
      bound: options.distinctBound ?? MAX_DISTINCT,
      threads: 1 + (options.threads?.count ?? 0),
      budget: (options.memoryBudget ?? MEMORY_BUDGET) * (table.columns < wide ? 1 : WIDE_SHARE),
      tableBudget: options.tableBudget ?? TABLE_BUDGET,
      spills: options.spill ? 1 : 0,
      blockBytes: options.tuning?.blockBytes ?? (table.columns < wide ? KERNEL_BLOCK_BYTES : WIDE_KERNEL_BLOCK_BYTES),
      chunkBytes: options.tuning?.chunkBytes ?? chunkBytes(table.columns),
      wideColumns: wide,
      unitRows: options.tuning?.unitRows ?? MOST_UNIT_ROWS,
      unitCells: options.tuning?.unitCells ?? UNIT_CELLS,
      places: options.threads ? MAX_PLACES : PLACES_ALONE,
      isFilter: options.filter ? 1 : 0,
      ...valueRules(options.readOptions),
    } satisfies JobShape);
    this.thread = thread;
    try {
      thread.begin(this.#shape, options.readOptions);
      options.filter?.begin(thread);
    } catch (error) {
      thread.close();
      throw error;
    }
    this.kernel = this.thread.kernel;
    this.ring = this.kernel.blockRing();
    this.#finished.promise.catch(() => {}); // whoever waits reports a failure
    options.signal?.addEventListener('abort', this.#aborted, { once: true });
  }
  readonly #aborted = () => {
    this.kernel.stop();
    this.#wake.resolve();
    this.#finished.reject(this.#options.signal?.reason);
  };

  /**
   * A block that was enlarged for one row is made small again when its rows are taken: there is one such block at a
   * time.
   */
  async shrink(block: number): Promise<void> {
    if (this.kernel.blockCapacity(block) <= this.#shape.blockBytes) return;
    await this.settled();
    if (this.kernel.isFaulty() !== 0) return; // it is read once more to describe the error
    this.kernel.shrinkBlock(block, this.#shape.blockBytes);
  }
  get filter(): RowFilter | undefined {
    return this.#options.filter;
  }
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
    await this.#handedOn(length, () => this.kernel.published() - this.kernel.freed() < this.ring);
  }
  /**
   * Hands on what was walked into a unit, `bytes` of the block, and waits until the next unit has a place.
   * @param isLast of the block
   */
  async emit(rows: number, bytes: number, isLast: boolean): Promise<void> {
    this.kernel.emitUnit(rows, isLast);
    await this.#handedOn(bytes, () => this.kernel.hasUnit() !== 0);
  }
  /** Waits until a block is free. */
  async freeBlock(): Promise<void> {
    await this.#handedOn(0, () => this.kernel.published() - this.kernel.freed() < this.ring);
  }
  async #handedOn(bytes: number, isSo: () => boolean): Promise<void> {
    this.#bytes += bytes;
    if (!this.#threads && this.#options.threads && this.#bytes > (this.#options.tuning?.aloneBytes ?? ALONE_BYTES))
      this.#openThreads(this.#options.threads);
    this.#threads?.wake();
    await this.#workUntil(isSo);
  }
  /** All published rows are taken, or splitting has met a fault. */
  async settled(): Promise<void> {
    await this.#workUntil(() => this.kernel.published() === this.kernel.freed());
  }
  /** Works with the threads, or alone; without any this is the only one that does. */
  async #workUntil(isSo: () => boolean): Promise<void> {
    const { kernel } = this;
    const isOver = () => {
      if (this.#failure) throw this.#failure;
      return isSo() || kernel.isFaulty() !== 0;
    };
    // alone, a block is taken at once, while it is in the cache
    while (!this.#threads || !isOver()) {
      this.#options.signal?.throwIfAborted();
      if (kernel.work(PIECES) > 0) {
        if (this.#threads && kernel.isReady() !== 0) this.#threads.wake();
        await this.#turn();
        continue;
      }
      if (!this.#threads) return;
      this.#wake = Promise.withResolvers();
      kernel.setWaiting();
      if (!isOver()) await this.#wake.promise;
    }
  }
  /** Gives the event loop a turn every TURN_MILLISECONDS. */
  async #turn(): Promise<void> {
    if (performance.now() - this.#turned < TURN_MILLISECONDS) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#options.signal?.throwIfAborted();
    this.#turned = performance.now();
  }
  #openThreads(threads: NonNullable<JobOptions['threads']>): void {
    this.#threads = threads.open(this.thread.memory, this.#options.spill, {
      onFreed: () => this.#wake.resolve(),
      onFacts: (column, facts) => {
        this.#facts[column] = facts;
      },
      onFinished: () => this.#finished.resolve(),
      onLeft: () => this.thread.close(),
      onFailure: (error) => {
        this.#failure ??= error;
        this.#wake.resolve();
        this.#finished.reject(error);
      },
    });
  }
  /** After the last row of a filter job: a bit for each row, from row 0 on, set where it repeats an earlier one. */
  async repeatedRows(): Promise<Buffer> {
    const { kernel } = this;
    const at = kernel.markRepeated();
    while (kernel.findDuplicates(kernel.claimPartition()) !== 0) await this.#turn();
    return Buffer.from(this.view(at, kernel.repeatedBytes()));
  }
  /** Reports a stage to the caller. @throws the reason of the signal when it was aborted before or meanwhile */
  async reached(stage: ProfileStage): Promise<void> {
    const { signal, onStage } = this.#options;
    signal?.throwIfAborted();
    await onStage?.(stage);
    signal?.throwIfAborted();
  }
  /** The facts of a column all of whose rows were taken, when other columns' are still to come: its memory is free. */
  async finishColumn(column: number, encoding: TextReading): Promise<void> {
    this.#facts[column] = factsOf(this.thread, column, this.#reading(encoding), this.#isJson);
    await this.#turn();
  }
  /** After the last row: the facts of all columns in their order, and the duplicates. */
  async finish(encoding: TextReading): Promise<{ columns: UnnamedFacts[]; duplicates: Profile['duplicates'] }> {
    const reading = this.#reading(encoding);
    await this.reached('statistics');
    this.#threads?.finish(reading);
    for (;;) {
      const step = endStep(this.thread, reading, this.#isJson, (column) => this.#facts[column] !== undefined);
      if (!step) break;
      if (step.facts) this.#facts[step.column!] = step.facts;
      await this.#turn();
    }
    if (this.#threads) await this.#finished.promise;
    await this.reached('anomalies');
    const { kernel } = this;
    const pairs = this.thread.words(kernel.examplesAt(), kernel.duplicateExamples() * 2);
    const examples = Array.from({ length: pairs.length / 2 }, (_, i) => ({
      row: pairs[i * 2]!,
      firstRow: pairs[i * 2 + 1]!,
    }));
    return { columns: this.#facts, duplicates: { count: kernel.duplicateCount(), examples } };
  }
  #reading(encoding: TextReading): TextReading {
    const { readOptions } = this.#options;
    return readOptions ? { ...encoding, nullTokens: nullTokens(readOptions, this.#isJson) } : encoding;
  }
  /** Releases the threads or the memory, once: a memory given back twice would serve two jobs at a time. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#options.signal?.removeEventListener('abort', this.#aborted);
    this.kernel.stop();
    if (this.#threads) this.#threads.close();
    else this.thread.close();
  }
}
