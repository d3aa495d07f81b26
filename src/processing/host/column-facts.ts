import {
  BOOLEAN,
  BOOLEANS,
  CLASSES,
  CODE,
  DATE,
  DATETIME,
  DECIMAL,
  HAS_OTHERS,
  HAS_STRINGS,
  INTEGER,
  NESTED,
  NESTED_VALUES,
  NULL_CLASSES,
  NUMBERS,
  STRING_CLASSES,
  TEXT,
  TEXTS,
  TIMES,
} from '../kernel/border/classes.ts';
import {
  type ColumnSummary,
  DATE_COUNTS,
  DATE_FIRST,
  DATE_UNIT,
  ENTRY_NULLS,
  ENTRY_SUMS,
  EntrySums,
  EXTREME_BYTES,
  EXTREME_DIGITS,
  EXTREME_ROW,
  IN_RECORD,
  PAIR_BYTES,
  RECORD_TEXT,
  TOP_BYTES,
  TOP_LENGTH,
  TOP_TEXT,
} from '../kernel/border/layout.ts';
import { MAX_TOKENS, REGISTERS, SHOWN_BYTES, TIME_BYTES } from '../kernel/border/limits.ts';
import { EXAMPLES } from '../limits.ts';
import type { Value } from '../profile-types.ts';
import { columnType } from '../statistics/column-type.ts';
import { DATE_UNITS, type DateHistogram, dateHistogram } from '../statistics/date-histogram.ts';
import { estimatedDistinct } from '../statistics/distinct.ts';
import { nullCounts } from '../statistics/null-counts.ts';
import type { NumberBag } from '../statistics/number-bag.ts';
import { numericFacts } from '../statistics/numeric-facts.ts';
import type { Extreme } from '../statistics/outliers.ts';
import { TOKENS } from '../text/null-tokens.ts';
import { type TextReading, textOf } from '../text/text-reading.ts';
import { cut } from '../text/trim.ts';
import { columnNotes } from './column-notes.ts';
import type { Example, KernelThread } from './kernel-thread.ts';
import { longestTexts } from './longest-texts.ts';
import { pointGroups, resemblance } from './resemblance.ts';
import { KernelNumbers, KernelPairs } from './stored-numbers.ts';
import { bytesOf } from './structs.ts';
import type { UnnamedFacts } from './threads.ts';
import { declaredType } from './value-rules.ts';

/** Code points of a value that are shown. */
const SHOWN = 256;

/** Totals of the counted values and of the values past the bound. */
interface Totals {
  /** By class. */
  classes: Float64Array;
  /** By token, 0: empty. */
  nulls: Float64Array;
  points: { min: number; max: number; sum: number };
  bytes: { min: number; max: number; sum: number };
  /** Where numbers with a count are, and how many. */
  pairs: { at: number; count: number };
  /** How many of the most frequent values are at `topsAt` of the kernel. */
  tops: number;
  /** Values counted apart that are the same text. */
  alike: number;
  /** Texts by length, kernel/columns/text-lengths.ts. */
  lengths: number;
}

/** The facts of a column from what the kernel knows of it, after the last row. */
export function columnFacts(
  kernel: KernelThread,
  index: number,
  state: ColumnSummary,
  reading: TextReading,
  isJson: boolean,
): UnnamedFacts {
  const totals = totalsOf(kernel, index, state, reading.nullTokens !== undefined);
  const { classes, nulls } = totals;
  const count = classes.subarray(NULL_CLASSES).reduce((a, b) => a + b, 0);
  const { type, matching } = columnType(
    {
      integers: classes[INTEGER]!,
      decimals: classes[DECIMAL]!,
      codes: classes[CODE]!,
      booleans: classes[BOOLEAN]!,
      dates: classes[DATE]!,
      datetimes: classes[DATETIME]!,
      nested: classes[NESTED]!,
      all: count,
    },
    declaredType(state.declared),
  );
  const shown = (binary: string) => cut(textOf(binary, reading), SHOWN);
  const own =
    type === 'integer' || type === 'decimal'
      ? NUMBERS
      : type === 'boolean'
        ? BOOLEANS
        : type === 'date' || type === 'datetime'
          ? TIMES
          : type === 'json'
            ? NESTED_VALUES
            : undefined;
  const exceptions: Example[] =
    own === undefined ? [] : kernel.examples(state, (group) => group !== own).slice(0, EXAMPLES);
  const numeric =
    type === 'integer' || type === 'decimal' ? numbersOf(kernel, index, state, totals, type === 'integer') : undefined;
  const counted = state.mode === 0;
  const length = reading.encoding === 'windows-1252' ? totals.bytes : totals.points;
  const time = (at: number, bytes: number) => shown(kernel.text(at, Math.min(bytes, TIME_BYTES)));
  return {
    type,
    count,
    ...nullCounts([isJson ? 'null' : '', ...(reading.nullTokens ?? (isJson ? [] : TOKENS))], nulls),
    evidence: {
      matching,
      exceptions: count - matching,
      ...(isJson ? { strings: stringsAmong(kernel, state, classes, own) } : {}),
      examples: exceptions.map(({ row, value }) => ({ row, value: shown(value) })),
    },
    distinct: counted
      ? { count: state.distinct - totals.alike, exact: true }
      : estimatedDistinct(kernel.view(state.registers, REGISTERS), state.bound, count),
    topValues: topValues(kernel, totals.tops).map(({ text, count }) => ({ value: shown(text), count })),
    numeric,
    range:
      type === 'date' || type === 'datetime'
        ? { min: time(state.times, state.earliestLength), max: time(state.times + TIME_BYTES, state.latestLength) }
        : undefined,
    dateHistogram: type === 'date' || type === 'datetime' ? datesOf(kernel, index, type) : undefined,
    length: type === 'text' ? { min: length.min, max: length.max, mean: length.sum / count } : undefined,
    resembles: type === 'text' ? resemblance(kernel, state, classes, shown) : undefined,
    // the kernel counts characters of UTF-8: in windows-1252 those are as many while none of several bytes came
    longest:
      type === 'text' &&
      totals.lengths !== 0 &&
      (reading.encoding !== 'windows-1252' || totals.bytes.sum === totals.points.sum)
        ? longestTexts(kernel, totals.lengths, length.max)
        : undefined,
    pointGroups: type === 'decimal' ? pointGroups(state, classes) : undefined,
    ...columnNotes(kernel, state, reading.encoding, shown),
  };
}

/** Strings of JSON among the values that make the type. */
function stringsAmong(kernel: KernelThread, state: ColumnSummary, classes: Float64Array, group: number | undefined) {
  if ((state.kinds & HAS_STRINGS) === 0) return 0;
  const isAll = state.kinds === HAS_STRINGS;
  const strings = isAll ? classes : kernel.words(state.strings, STRING_CLASSES);
  const spelled = isAll ? Array.from({ length: CLASSES - STRING_CLASSES }, (_, i) => STRING_CLASSES + i) : [];
  const groups: Record<number, number[]> = {
    [NUMBERS]: [INTEGER, DECIMAL, CODE],
    [BOOLEANS]: [BOOLEAN],
    [TIMES]: [DATE, DATETIME],
    [TEXTS]: [TEXT, ...spelled],
    [NESTED_VALUES]: [NESTED],
  };
  const matching = group === undefined ? Object.values(groups).flat() : groups[group]!;
  return matching.reduce((sum, each) => sum + strings[each]!, 0);
}

function totalsOf(kernel: KernelThread, index: number, state: ColumnSummary, hasOptions: boolean): Totals {
  const totals: Totals = {
    classes: Float64Array.from(kernel.words(state.counts, CLASSES)),
    nulls: Float64Array.from(kernel.words(state.nulls, MAX_TOKENS + 1)),
    points: { min: state.pointsMin, max: state.pointsMax, sum: state.pointsSum },
    bytes: { min: state.bytesMin, max: state.bytesMax, sum: state.bytesSum },
    pairs: { at: state.pairs, count: state.pairCount },
    tops: 0,
    alike: 0,
    lengths: state.lengths,
  };
  if (state.mode !== 0) {
    totals.tops = kernel.kernel.topCandidates(index);
    return totals;
  }
  const at = kernel.kernel.entryTotals(index);
  kernel.doubles(at, CLASSES).forEach((times, kind) => {
    totals.classes[kind]! += times;
  });
  kernel.doubles(at + ENTRY_NULLS, totals.nulls.length).forEach((times, token) => {
    totals.nulls[token]! += times;
  });
  const sums = kernel.struct(EntrySums, at + ENTRY_SUMS);
  totals.points = { min: sums.pointsMin, max: sums.pointsMax, sum: sums.pointsSum };
  totals.bytes = { min: sums.bytesMin, max: sums.bytesMax, sum: sums.bytesSum };
  totals.lengths = sum(totals.classes.subarray(TEXT)) > totals.classes[NESTED]! ? kernel.kernel.entryLengths() : 0;
  const pairsAt = at + ENTRY_SUMS + bytesOf(EntrySums);
  totals.pairs = { at: pairsAt, count: sums.numbers };
  const countsAt = pairsAt + state.slots * PAIR_BYTES;
  const textsAt = countsAt + state.slots * 8;
  const isMixed = hasOptions && state.kinds === (HAS_STRINGS | HAS_OTHERS); // 1.234 and "1.234" may be two numbers
  if (isMixed || (totals.classes[NESTED]! > 0 && totals.classes[NESTED] !== sum(totals.classes)))
    totals.alike = mergeAlike(kernel, kernel.doubles(countsAt, sums.values), kernel.words(textsAt, sums.values * 2));
  totals.tops = kernel.kernel.topEntries(countsAt, textsAt, sums.values);
  return totals;
}
const sum = (counts: Float64Array) => counts.reduce((a, b) => a + b, 0);

/**
 * In JSON the kernel counts `[1]` and `"[1]"` apart, since they are of two kinds; as text they are one value.
 * @returns how many counts have gone into others
 */
function mergeAlike(kernel: KernelThread, counts: Float64Array, texts: Uint32Array): number {
  const first = new Map<string, number>(); // at most as many as are counted
  let alike = 0;
  counts.forEach((count, i) => {
    const [at, length] = [texts[i * 2]!, texts[i * 2 + 1]!];
    const bytes = length === IN_RECORD ? Math.min(kernel.words(at, 1)[0]!, SHOWN_BYTES) : length;
    if (bytes === SHOWN_BYTES) return; // cut: others that begin like it are not the same
    const text = kernel.text(length === IN_RECORD ? at + RECORD_TEXT : at, bytes);
    const before = first.get(text);
    if (before === undefined) {
      first.set(text, i);
      return;
    }
    counts[before]! += count;
    counts[i] = 0;
    alike++;
  });
  return alike;
}
/** What kernel/end/top-values.ts found. */
function topValues(kernel: KernelThread, count: number): { text: string; count: number }[] {
  const tops = kernel.kernel.topsAt();
  return Array.from({ length: count }, (_, i) => {
    const top = tops + i * TOP_BYTES;
    const at = kernel.words(top + TOP_TEXT, 1)[0]!;
    const length = kernel.words(top + TOP_LENGTH, 1)[0]!;
    return { text: kernel.text(at, length), count: kernel.doubles(top, 1)[0]! };
  });
}

function numbersOf(
  kernel: KernelThread,
  index: number,
  state: ColumnSummary,
  { pairs, classes }: Totals,
  isWhole: boolean,
) {
  const exact = new Map<number, Value>(); // by row, of integers beyond 2^53
  const list = (from: number, count: number): Extreme[] =>
    Array.from({ length: count }, (_, i) => {
      const at = from + i * EXTREME_BYTES;
      const value = kernel.doubles(at, 1)[0]!;
      const row = kernel.doubles(at + EXTREME_ROW, 1)[0]!;
      const digits = kernel.integer(kernel.words(at + EXTREME_DIGITS, 1)[0]!);
      if (digits !== undefined) exact.set(row, digits);
      return { value, row };
    });
  const highest = list(state.highest, state.highCount);
  const lowest = list(state.lowest, state.lowCount);
  const min = lowest[0]!.value;
  const max = highest[0]!.value;
  const bag: NumberBag = {
    min,
    max,
    count: classes[INTEGER]! + classes[DECIMAL]!,
    pairs: new KernelPairs(kernel, pairs.at, pairs.count),
    isSorted: state.mode === 0,
    stored: new KernelNumbers(kernel, index, state),
  };
  /** The kept integer when it is what the double stands for: a decimal may be the same double. */
  const digitsOf = (value: number, record: number): Value => {
    const integer = kernel.integer(record);
    return integer !== undefined && Number(integer) === value ? integer : value;
  };
  const exactEnds = { min: digitsOf(min, state.smallest), max: digitsOf(max, state.largest) };
  const ofRow = (row: number) => exact.get(row);
  return numericFacts(bag, [...highest, ...lowest], { ...exactEnds, ofRow }, isWhole);
}

/** Dates by calendar unit; a date has no hours. */
function datesOf(kernel: KernelThread, index: number, type: 'date' | 'datetime'): DateHistogram {
  const at = kernel.kernel.datesFrom(index, DATE_UNITS.indexOf(type === 'date' ? 'day' : 'minute'));
  const [unit, count] = kernel.words(at + DATE_UNIT, 2);
  const first = Number(kernel.view(at + DATE_FIRST, 8).readBigInt64LE());
  return dateHistogram(DATE_UNITS[unit!]!, first, [...kernel.words(at + DATE_COUNTS, count!)]);
}
