import type { Spill } from './host/spill.ts';
import type { Threads } from './host/threads.ts';
import { PREVIEW_BYTES } from './limits.ts';
import type { ReadOptions } from './options/read-options.ts';
import type { ReadBudget } from './read-budget.ts';

export type ProfileStage = 'parsed' | 'statistics' | 'anomalies';

interface Tuning {
  /** Bytes of a block, a power of two. */
  blockBytes?: number;
  /** Bytes after which the threads are called. */
  aloneBytes?: number;
  /** Largest chunk of what grows with the rows, a power of two from 1,024 on. */
  chunkBytes?: number;
  /** With this many columns or more, fields are deferred. */
  wideColumns?: number;
  /** Most rows of a unit, and most fields. */
  unitRows?: number;
  unitCells?: number;
  /** Most rows of a Parquet file that are taken column by column. */
  groupRows?: number;
  /** Bytes of a page of a Parquet file that is taken in parts, and of such a part. */
  largePageBytes?: number;
  pagePartBytes?: number;
}

export interface ProfileOptions {
  /** The name of one of formats/formats.ts. */
  format: string;
  /** The file's name, with or without its folder: a compressed file's says what is in it. */
  filename?: string | undefined;
  /** The file's name states that it holds one record per line: a single JSON object on one line is then a row. */
  isOfLines?: boolean;
  /** A person's own say on how the file is read. */
  readOptions?: ReadOptions | undefined;
  /**
   * For a preview: reads no further than about this many rows, or PREVIEW_BYTES of text (`isEnough`). What comes
   * behind them, and the end of the file, is neither validated nor counted.
   */
  rowLimit?: number;
  /** For a preview: how far its first row is looked for. */
  budget?: ReadBudget | undefined;
  /** Bytes that a compressed file may have when it is unpacked. */
  maxUnpackedBytes?: number;
  /** Checked between chunks: the profile then rejects with its reason. */
  signal?: AbortSignal;
  onProgress?: (progress: { bytes: number; rows: number }) => void;
  /** Awaited at each stage: after the last byte, after types and statistics, after duplicates and outliers. */
  onStage?: (stage: ProfileStage) => void | Promise<void>;
  /** Threads to work on a large file; without them the calling thread does everything. */
  threads?: Threads;
  /** Distinct values of a column that are counted exactly; 10,000 when not given. */
  distinctBound?: number;
  /** Where what grows with the rows goes beyond `memoryBudget` bytes. Without it, it stays in memory. */
  spill?: Spill;
  /** Bytes of what grows with the rows, and of value tables of a wide file, that stay in memory. */
  memoryBudget?: number;
  tableBudget?: number;
  /** Sizes that change no fact: tests make them small to reach every edge case. */
  tuning?: Tuning;
}

/** What bounds a preview. */
export type PreviewLimits = Pick<ProfileOptions, 'rowLimit' | 'budget' | 'signal'>;

/**
 * Whether a preview needs no more of a file than these rows, which came from so many bytes. Tells its budget of them.
 */
export function isEnough({ rowLimit, budget }: PreviewLimits, rows: number, bytes: number): boolean {
  if (rowLimit === undefined || rows === 0) return false;
  if (budget) budget.hasRows = true;
  return rows >= rowLimit || bytes >= PREVIEW_BYTES;
}
