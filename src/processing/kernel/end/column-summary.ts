// What the host reads of a column after the last row.
import { ColumnSummary } from '../border/layout.ts';
import { settleBound } from '../columns/column-pass.ts';
import { columnAt, countsOf, highestOf, lowestOf, nullsOf, numbersOf, stringsOf } from '../columns/column-state.ts';
import { fillGap, takeLog } from '../columns/deferred.ts';
import { settleLengths } from '../columns/text-lengths.ts';
import { slotsOf } from '../columns/value-table.ts';
import { shared } from '../memory/shared.ts';

/** Takes the deferred fields of column i and writes its ColumnSummary at `out`. Once per column, by one thread. */
export function describe(i: u32, out: usize): void {
  const c = columnAt(i);
  takeLog(c);
  fillGap(c, shared().rowCount);
  settleBound(c);
  settleLengths(c);
  const s = changetype<ColumnSummary>(out);
  s.mode = <f64>c.mode;
  s.distinct = <f64>c.distinct;
  s.registers = <f64>c.registers;
  s.parts = <f64>numbersOf(c).count;
  s.pairs = <f64>c.pairs;
  s.pairCount = <f64>c.pairCount;
  s.pointsMin = <f64>c.pointsMin;
  s.pointsMax = <f64>c.pointsMax;
  s.pointsSum = <f64>c.pointsSum;
  s.bytesMin = <f64>c.bytesMin;
  s.bytesMax = <f64>c.bytesMax;
  s.bytesSum = <f64>c.bytesSum;
  s.times = <f64>c.times;
  s.earliestLength = <f64>c.earliestLength;
  s.latestLength = <f64>c.latestLength;
  s.highest = <f64>highestOf(c);
  s.highCount = <f64>c.highCount;
  s.lowest = <f64>lowestOf(c);
  s.lowCount = <f64>c.lowCount;
  s.counts = <f64>countsOf(c);
  s.nulls = <f64>nullsOf(c);
  s.slots = <f64>slotsOf(c);
  s.examples = <f64>c.examples;
  s.smallest = <f64>c.smallest;
  s.largest = <f64>c.largest;
  s.kinds = <f64>c.kinds;
  s.strings = <f64>stringsOf(c);
  s.bound = <f64>shared().bound;
  s.notes = <f64>c.notes;
  s.lengths = <f64>c.lengths;
  s.pointed = <f64>c.pointed;
  s.declared = <f64>c.declared;
}
