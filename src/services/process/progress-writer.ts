import type { Logger } from '../../core/log.ts';
import { MILESTONES } from '../../core/states.ts';
import type { Database } from '../../infra/postgres/database.ts';
import { type Owned, writeProgress } from '../../infra/postgres/rows/attempts.ts';
import type { ProfileStage } from '../../processing/profile-options.ts';

/** How often progress within a stage is written. */
const PROGRESS_MILLISECONDS = 500;
/**
 * A milestone is written only when it lasts for this time: a tiny job has ended before, and would pay for two commits
 * that no one sees.
 */
const MILESTONE_MILLISECONDS = 25;

/**
 * Writes an attempt's progress to its row: one write at a time, which the work does not wait for. A database that is
 * slow gets the latest once it can take more.
 */
export class ProgressWriter implements Disposable {
  readonly #database: Database;
  readonly #log: Logger;
  readonly #owned: Owned;
  /** Bytes of the file. */
  readonly #total: number;
  readonly #began = performance.now();
  #shownAt = this.#began;
  #read = { bytes: 0, rows: 0 };
  #percent: number = MILESTONES.started;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #isLost = false;

  constructor({ database, log }: { database: Database; log: Logger }, owned: Owned, totalBytes: number) {
    this.#database = database;
    this.#log = log;
    this.#owned = owned;
    this.#total = totalBytes;
  }

  /** Whether a write found that the attempt no longer owns its job. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** How far the file is read. */
  read(read: { bytes: number; rows: number }): void {
    this.#read = read;
    if (performance.now() - this.#shownAt < PROGRESS_MILLISECONDS) return;
    this.#shownAt = performance.now();
    const share = Math.min(read.bytes / Math.max(this.#total, 1), 1);
    this.#show(MILESTONES.started + Math.floor(share * (MILESTONES.parsed - MILESTONES.started)));
  }

  /** The attempt has completed a stage: its milestone is the least that is shown from now on. */
  reached(stage: ProfileStage): void {
    this.#show(MILESTONES[stage]);
  }

  /** Resolves when no write is under way and none will follow. */
  async close(): Promise<void> {
    this[Symbol.dispose]();
    await this.#writing;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #show(percent: number): void {
    this.#percent = percent;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#writing ??= this.#writeLatest();
    }, MILESTONE_MILLISECONDS);
  }

  async #writeLatest(): Promise<void> {
    for (let shown = -1; shown !== this.#percent; ) {
      shown = this.#percent;
      const progress = { percent: shown, ...this.#read, secondsLeft: this.#secondsLeft() };
      try {
        if (!(await writeProgress(this.#database, this.#owned, progress))) this.#isLost = true;
      } catch (error) {
        // no reason to fail: the lease shows whether the job is still ours
        this.#log.warn({ err: error }, 'progress could not be written');
      }
    }
    this.#writing = undefined;
  }

  /** Until the whole file is read, at the pace so far. */
  #secondsLeft(): number | undefined {
    const share = this.#total > 0 ? Math.min(this.#read.bytes / this.#total, 1) : 1;
    const elapsed = (performance.now() - this.#began) / 1_000;
    return share > 0 ? (elapsed * (1 - share)) / share : undefined;
  }
}
