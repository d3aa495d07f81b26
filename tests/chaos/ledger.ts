import type { Content } from './contents.ts';

/** How a subscriber saw the job end. */
interface End {
  state: string;
  error: string | null;
  /** Milliseconds since 1970. */
  at: number;
}

/** A job that an API accepted with 202, as its client and its subscriber know it. */
export interface AcceptedJob {
  id: string;
  datasetId: string;
  content: Content;
  /** Milliseconds since 1970. */
  acceptedAt: number;
  /** `confirmed`: a cancel was answered with 202, so that the job must not succeed any more. */
  cancel: 'no' | 'asked' | 'confirmed';
  end: End | undefined;
  /** Of its subscriber: when it was connected to which API and cut off. */
  trail: { at: number; what: string }[];
}

/** A dataset that an API answered with 200 or 201. */
export interface StoredDataset {
  id: string;
  content: Content;
  /** Options of reading that it was ever asked to be read with, as JSON; `null` for none. */
  asked: Set<string>;
}

const MOST_SENTENCES = 200;

/** What the campaign did and saw: the load and the faults write, the invariants and the table read. */
export class Ledger {
  readonly jobs = new Map<string, AcceptedJob>();
  readonly datasets = new Map<string, StoredDataset>();
  /** Datasets whose DELETE was sent: their rows may be gone, and once it was answered they must be. */
  readonly deletes = new Map<string, 'asked' | 'confirmed'>();
  /** The first sentences; `violationCount` has the number of all. */
  readonly violations: string[] = [];
  violationCount = 0;
  /** The histories of the jobs that took longest. */
  slowest: string[] = [];
  /** The history of the subscriber that was notified last, and how long after the end (milliseconds). */
  notifiedLast = { after: 0, history: '' };
  readonly #counts = new Map<string, number>();

  violate(sentence: string): void {
    this.violationCount++;
    if (this.violations.length >= MOST_SENTENCES) return;
    this.violations.push(sentence);
    console.log(`VIOLATION ${sentence}`);
  }
  count(what: string, by = 1): void {
    this.#counts.set(what, this.counted(what) + by);
  }
  counted(what: string): number {
    return this.#counts.get(what) ?? 0;
  }
}
