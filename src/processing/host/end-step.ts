import type { TextReading } from '../text/text-reading.ts';
import { columnFacts } from './column-facts.ts';
import type { KernelThread } from './kernel-thread.ts';
import type { UnnamedFacts } from './threads.ts';

/** The facts of a column; asked once, after its last row. Its memory is free then. */
export function factsOf(thread: KernelThread, column: number, reading: TextReading, isJson: boolean): UnnamedFacts {
  const state = thread.describe(column);
  thread.kernel.loadNumbers(column);
  const facts = columnFacts(thread, column, state, reading, isJson);
  thread.kernel.dropColumn(column);
  return facts;
}

/**
 * One piece of what is to be done after the last row, on any thread: a column's facts, or duplicates.
 * @param isDone whether a column's facts were asked before
 * @returns undefined when nothing is left for this thread
 */
export function endStep(
  thread: KernelThread,
  reading: TextReading,
  isJson: boolean,
  isDone: (column: number) => boolean = () => false,
): { column?: number; facts?: UnnamedFacts } | undefined {
  const { kernel } = thread;
  const columns = kernel.columnCount();
  let column = kernel.claimColumn();
  while (column < columns && isDone(column)) column = kernel.claimColumn();
  if (column < columns) return { column, facts: factsOf(thread, column, reading, isJson) };
  return kernel.findDuplicates(kernel.claimPartition()) !== 0 ? {} : undefined;
}
