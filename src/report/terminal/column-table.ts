import type { Value } from '../../processing/profile-types.ts';
import { DESCRIBE_KEYS, type DescribeKey, describeColumn, isTextCell } from '../describe-table.ts';
import type { ColumnReport, ReportDocument } from '../document.ts';
import { cutToWidth, displayWidth, printable } from './display-width.ts';

/** The cells of one line, padded to their columns, the gaps between them included. */
export type Cells = string[];

export interface ColumnTable {
  header: Cells;
  /** A line per column of the dataset. */
  rows: Cells[];
  /** What did not fit, in the order in which it was left out. */
  left: DescribeKey[];
  /** Columns of the terminal in which nothing is left out. */
  needed: number;
}

/** Columns of the terminal that a cell may take at most. */
const MOST: Record<DescribeKey, number> = {
  name: 40,
  kind: 8,
  nulls: 7,
  distinct: 15,
  min: 20,
  median: 19,
  mean: 19,
  max: 20,
  outliers: 15,
};

type Width = DescribeKey | 'gap';
/**
 * Steps that make the table narrower, the least harmful first: a cell, or the gap between cells, gets at most a width;
 * cells are left out (0). Numbers keep their digits until times and dates are as short as they can be.
 */
const SAVINGS: readonly (readonly [readonly Width[], number])[] = [
  [['name'], 24],
  [['min', 'max'], 16],
  [['gap'], 1],
  [['name'], 18],
  [['mean'], 0],
  [['median'], 0],
  [['min', 'max'], 11],
  [['name'], 12],
  [['outliers'], 0],
  [['min', 'max'], 0],
  [['kind'], 0],
  [['nulls'], 0],
  [['distinct'], 0],
];

/** The describe table in at most `width` columns of a terminal, where that is possible. */
export function columnTable(report: ReportDocument, width: number): ColumnTable {
  const lines = report.columns.map((column) => {
    const cells = describeColumn(column, report);
    for (const key of ['name', 'min', 'max'] as const) cells[key] = printable(cells[key]);
    return cells;
  });
  const widths = naturalWidths(lines);
  const { left, needed } = narrow(widths, width);
  const shown = DESCRIBE_KEYS.filter((key) => widths[key] > 0);
  const row = (cellOf: (key: DescribeKey, width: number) => string): Cells =>
    shown.map((key, i) => {
      const text = cutToWidth(cellOf(key, widths[key]), widths[key]);
      const space = ' '.repeat(widths[key] - displayWidth(text));
      const gap = i === shown.length - 1 ? '' : ' '.repeat(widths.gap);
      return isTextCell(key) ? `${text}${space}${gap}` : `${space}${text}${gap}`;
    });
  return {
    header: row((key) => key),
    rows: lines.map((cells, i) => row((key, width) => fitted(cells[key], key, report.columns[i]!, width))),
    left,
    needed,
  };
}

function naturalWidths(lines: Record<DescribeKey, string>[]): Record<Width, number> {
  const widths = { gap: 2 } as Record<Width, number>;
  for (const key of DESCRIBE_KEYS) {
    const widest = lines.reduce((widest, cells) => Math.max(widest, displayWidth(cells[key])), key.length);
    widths[key] = Math.min(widest, MOST[key]);
  }
  return widths;
}

/** Makes the widths smaller, step by step, until the table fits. */
function narrow(widths: Record<Width, number>, width: number): Pick<ColumnTable, 'left' | 'needed'> {
  const total = () => {
    const shown = DESCRIBE_KEYS.filter((key) => widths[key] > 0);
    return shown.reduce((sum, key) => sum + widths[key], (shown.length - 1) * widths.gap);
  };
  const left: DescribeKey[] = [];
  let needed = total();
  for (const [keys, least] of SAVINGS) {
    if (left.length === 0) needed = total();
    if (total() <= width) break;
    if (least === 0) {
      for (const key of keys) widths[key] = 0;
      left.push(...(keys as DescribeKey[]));
    } else while (total() > width && narrowed(widths, keys, least));
  }
  return { left, needed };
}

/** Takes one column of the terminal from the widest of some cells. @returns whether one was wider than `least` */
function narrowed(widths: Record<Width, number>, keys: readonly Width[], least: number): boolean {
  const widest = keys.reduce((widest, key) => (widths[key] > widths[widest] ? key : widest));
  if (widths[widest] <= least) return false;
  widths[widest]--;
  return true;
}

/** A cell in `width` columns; what is still too wide is cut. */
function fitted(text: string, key: DescribeKey, column: ColumnReport, width: number): string {
  if (displayWidth(text) <= width) return text;
  const value = key === 'median' ? column.quartiles?.median : key === 'min' || key === 'max' ? column[key] : undefined;
  if (value === undefined) return text;
  return typeof value === 'string' ? instant(text.trim(), width) : number(value, width);
}

/** A date or time as it stands in the file; where it does not fit, without its seconds, else only the day. */
function instant(text: string, width: number): string {
  if (text.length <= width) return text;
  return text.slice(0, width >= 16 ? 16 : 10);
}

const UNITS: [number, string][] = [
  [1e12, ' tn'],
  [1e9, ' bn'],
  [1e6, ' M'],
];

/** Rounded to so many digits, none of them taken from in front of the point. */
const inUnits = (value: number, digits: number): string =>
  Math.abs(value) >= 10 ** (digits - 1) ? value.toFixed(0) : String(Number(value.toPrecision(digits)));

/**
 * A number with as many digits as fit, from a million on by its unit ("2.77 bn"): with digits cut off it would be
 * another number, and without its separators it would look smaller than the number below it.
 */
function number(value: Value, width: number): string {
  const size = Math.abs(Number(value));
  const [unit, name] = UNITS.find(([least]) => size >= least) ?? [1, ''];
  const isPlain = unit > 1 && size < 999.5e12;
  for (let digits = 4; digits > 0; digits--) {
    const text = isPlain ? `${inUnits(Number(value) / unit, digits)}${name}` : Number(value).toExponential(digits - 1);
    if (text.length <= width) return text;
  }
  return Number(value).toExponential(0);
}
