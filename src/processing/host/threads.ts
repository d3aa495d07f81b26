import type { ColumnFacts } from '../profile-types.ts';
import type { TextReading } from '../text/text-reading.ts';
import type { Spill } from './spill.ts';

/** The facts of a column without its name, which is known where the header was read. */
export type UnnamedFacts = Omit<ColumnFacts, 'name'>;

/**
 * Threads that work for jobs, beside the one that calls them: started once, used by one job after another and by
 * several at a time.
 */
export interface Threads {
  /** How many there are. */
  readonly count: number;
  /** Lets them take part in the job whose kernel was prepared in this memory. */
  open(memory: WebAssembly.Memory, spill: Spill | undefined, listener: ThreadListener): JobOnThreads;
}
export interface JobOnThreads {
  /** A block was published. */
  wake(): void;
  /** No more blocks will come: the facts of the columns and the duplicates are wanted. */
  finish(reading: TextReading): void;
  /** The job is over or abandoned. */
  close(): void;
}
/** What threads report of a job; after `close` only that they have left it. */
export interface ThreadListener {
  /** A block is free that the host waits for, or splitting met a row that the host must examine. */
  onFreed(): void;
  onFacts(column: number, facts: UnnamedFacts): void;
  /** Every thread has nothing more to do. */
  onFinished(): void;
  onFailure(error: Error): void;
  /** After `close`: none of them touches the job's memory any more. */
  onLeft(): void;
}
