import { figure } from '../formatting.ts';

/** A mark on an axis. */
export interface Tick {
  /** Place on the axis, from 0 (left or bottom) to 1. */
  at: number;
  label: string;
  /** The label ends at the right end of the axis instead of being centred: there is no room for half of it beyond. */
  isLast?: boolean;
}

/** Place of a value on a linear axis, from 0 to 1; the middle where the axis has no length. */
export function linear(min: number, max: number): (value: number) => number {
  const range = max - min;
  if (!(range > 0)) return () => 0.5;
  const share = (value: number) =>
    // by halves where the range overflows
    Number.isFinite(range) ? (value - min) / range : (value / 2 - min / 2) / (max / 2 - min / 2);
  return (value) => Math.max(0, Math.min(1, share(value)));
}

/** Place of a value on a logarithmic axis, from 0 to 1; both ends are above 0. */
export function logarithmic(min: number, max: number): (value: number) => number {
  const place = linear(Math.log(min), Math.log(max));
  return (value) => place(Math.log(Math.max(value, min)));
}

/** Of the ends of an axis: marks have twelve digits. */
const LEAST_RANGE = 1e-9;

/**
 * Round numbers between two others: multiples of 1, 2 or 5 times a power of ten.
 * @param most of them
 * @param step that is the least between two, such as 1 for whole numbers
 */
export function roundNumbers(min: number, max: number, most: number, step = 0): number[] {
  const range = max - min;
  // of a range that is a rounding error of its ends, marks would be too
  const isNarrow = range <= LEAST_RANGE * Math.max(Math.abs(min), Math.abs(max));
  if (!(range > 1e-300) || !Number.isFinite(range) || isNarrow) return [min + 0]; // not -0
  let width = 10 ** Math.floor(Math.log10(range / most));
  for (const factor of [2, 2.5, 2, 2]) if (range / width > most || width < step) width *= factor;
  if (!(width > 0) || width < step) width = Math.max(step, range);
  const first = Math.ceil(min / width);
  const found: number[] = [];
  for (let i = first; i * width <= max && found.length <= most; i++) found.push(Number((i * width).toPrecision(12)));
  return found;
}

/** Marks of an axis from 0 for counts: round numbers, of which the last is at or above the greatest count. */
export function countMarks(greatest: number): number[] {
  const marks = roundNumbers(0, Math.max(greatest, 1), 3, 1);
  const last = marks.at(-1)!;
  if (last >= greatest) return marks;
  const step = last - marks.at(-2)!;
  return [...marks, Number((last + step).toPrecision(12))];
}

/** Of an axis with labels in the size of the charts. */
const CHARACTERS = 46;
/** By which the last label may pass the end of the axis, and that labels keep from each other. */
const BEYOND = 1.5;
const GAP = 1.5;

/**
 * Marks with the ends of the data among them: without these, a reader does not learn where the bars begin and end.
 * Marks whose labels would touch those of the ends are left out.
 */
export function withEnds(ticks: Tick[], first: Tick, last: Tick): Tick[] {
  const half = ({ label }: Tick) => label.length / 2 + GAP / 2;
  const from = first.at * CHARACTERS + half(first);
  const to = Math.min(last.at * CHARACTERS - half(last), CHARACTERS + BEYOND - last.label.length - GAP / 2);
  const isFree = (tick: Tick) => tick.at * CHARACTERS - half(tick) >= from && tick.at * CHARACTERS + half(tick) <= to;
  // all values may be equal, or the two labels long
  const ends = first.label === last.label || to < from - GAP ? [first] : [first, { ...last, isLast: true }];
  return [...ticks.filter(isFree), ...ends].sort((a, b) => a.at - b.at);
}

/** Round numbers for a logarithmic axis: powers of ten, or 1, 2 and 5 times them where those are too few. */
export function roundRatios(min: number, max: number, most: number): number[] {
  const [first, last] = [Math.floor(Math.log10(min)), Math.ceil(Math.log10(max))];
  const powers = Array.from({ length: last - first + 1 }, (_, i) => first + i); // at most 640: exponents of doubles
  const every = (factors: number[]) =>
    powers
      .flatMap((power) => factors.map((factor) => Number(`${factor}e${power}`)))
      .filter((v) => v >= min && v <= max);
  const tens = every([1]);
  if (tens.length <= 2) {
    const finer = every([1, 2, 5]);
    if (finer.length <= most) return finer;
  }
  const step = Math.ceil(tens.length / most);
  return tens.filter((_, i) => i % step === 0);
}

const SUFFIXES: [number, string][] = [
  [1e12, ' tn'],
  [1e9, ' bn'],
  [1e6, ' M'],
];
/** A round number at an axis, short: "2.5 M", "10,000", "1e+20". @param plain without separators, as years are */
export function tickLabel(value: number, plain = false): string {
  const size = Math.abs(value);
  const [unit, suffix] = SUFFIXES.find(([least]) => size >= least && size < 1e15) ?? [1, ''];
  if (plain && size < 1e6) return String(value);
  return `${figure(value / unit)}${suffix}`;
}
