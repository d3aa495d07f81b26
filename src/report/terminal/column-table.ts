import type { Value } from '../../processing/profile-types.ts';
import { type ColumnReport, outliersOf, type ReportDocument } from '../document.ts';
import { figure, whole } from '../formatting.ts';
import { cutToWidth, displayWidth, printable } from './display-width.ts';

/** The cells of one line, padded to their columns, the gaps between them included. */
export type Cells = string[];

type Key = 'name' | 'type' | 'nulls' | 'distinct' | 'min' | 'mean' | 'max' | 'outliers';
interface Field {
  key: Key;
  align: 'left' | 'right';
  /** Columns of the terminal that it may take at most. */
  most: number;
  /** The cell in `width` columns; what is still too wide is cut. */
  cell(column: ColumnReport, report: ReportDocument, width: number): string;
}

const FIELDS: readonly Field[] = [
  { key: 'name', align: 'left', most: 40, cell: ({ name }) => printable(name) },
  { key: 'type', align: 'left', most: 8, cell: ({ type }) => type },
  { key: 'nulls', align: 'right', most: 7, cell: ({ null_count }, { row_count }) => share(null_count, row_count) },
  {
    key: 'distinct',
    align: 'right',
    most: 15,
    cell: ({ distinct }) => (distinct ? `${distinct.exact ? '' : '≈ '}${whole(distinct.count)}` : ''),
  },
  { key: 'min', align: 'right', most: 20, cell: (column, _, width) => limit(column, 'min', width) },
  { key: 'mean', align: 'right', most: 14, cell: (column, _, width) => limit(column, 'mean', width) },
  { key: 'max', align: 'right', most: 20, cell: (column, _, width) => limit(column, 'max', width) },
  {
    key: 'outliers',
    align: 'right',
    most: 11,
    cell: ({ name }, report) => {
      const outliers = outliersOf(report, name);
      return outliers ? whole(outliers.count) : '';
    },
  },
];

/**
 * Steps that make the table narrower, the least harmful first: a field is reduced to a width, or left out (0). `gap` is
 * the space between all fields.
 */
const SAVINGS: readonly (readonly [Key | 'gap', number])[] = [
  ['name', 24],
  ['max', 16],
  ['min', 16],
  ['mean', 10],
  ['max', 10],
  ['min', 10],
  ['gap', 1],
  ['name', 12],
  ['mean', 0],
  ['distinct', 0],
  ['min', 0],
  ['max', 0],
  ['outliers', 0],
  ['nulls', 0],
];

/**
 * A line per column of the dataset: its name, type and figures, in at most `width` columns of a terminal where that is
 * possible. Of a text the lengths are shown (`len 3`), of dates the earliest and latest.
 */
export function columnTable(report: ReportDocument, width: number): { header: Cells; rows: Cells[] } {
  const widths = new Map<Key | 'gap', number>([['gap', 2]]);
  for (const { key, most, cell } of FIELDS) {
    const cells = report.columns.map((column) => displayWidth(cell(column, report, most)));
    const widest = cells.reduce((widest, width) => Math.max(widest, width), key.length);
    widths.set(key, Math.min(widest, most));
  }
  const total = () => {
    const shown = FIELDS.filter(({ key }) => widths.get(key)! > 0);
    return shown.reduce((sum, { key }) => sum + widths.get(key)!, (shown.length - 1) * widths.get('gap')!);
  };
  for (const [key, least] of SAVINGS) {
    const over = total() - width;
    if (over <= 0) break;
    const now = widths.get(key)!;
    widths.set(key, least === 0 ? 0 : Math.min(now, Math.max(least, key === 'gap' ? 0 : now - over)));
  }
  const shown = FIELDS.filter(({ key }) => widths.get(key)! > 0);
  const row = (cellOf: (field: Field, width: number) => string): Cells =>
    shown.map((field, i) => {
      const width = widths.get(field.key)!;
      const text = cutToWidth(cellOf(field, width), width);
      const space = ' '.repeat(width - displayWidth(text));
      const gap = i === shown.length - 1 ? '' : ' '.repeat(widths.get('gap')!);
      return field.align === 'left' ? `${text}${space}${gap}` : `${space}${text}${gap}`;
    });
  return {
    header: row(({ key }) => key),
    rows: report.columns.map((column) => row(({ cell }, width) => cell(column, report, width))),
  };
}

/** A percentage in few characters that never rounds to all or nothing. */
function share(part: number, all: number): string {
  if (all === 0) return '';
  const percent = (100 * part) / all;
  if (percent > 0 && percent < 0.1) return '<0.1 %';
  if (percent < 100 && percent > 99.9) return '>99.9 %';
  return `${Number(percent.toFixed(1))} %`;
}

function limit({ type, length, ...column }: ColumnReport, key: 'min' | 'mean' | 'max', width: number): string {
  if (type === 'text') return length ? `len ${figure(Number(length[key].toFixed(1)))}` : '';
  const value = column[key];
  if (value === undefined) return '';
  return typeof value === 'string' ? instant(printable(value).trim(), width) : number(value, width);
}

/** A date or time as it stands in the file; where it does not fit, without its seconds, else only the day. */
function instant(text: string, width: number): string {
  if (text.length <= width) return text;
  return text.slice(0, width >= 16 ? 16 : 10);
}

/** A number rounded to as many digits as fit: with digits cut off it would be another number. */
function number(value: Value, width: number): string {
  const text = figure(value);
  if (text.length <= width) return text;
  const double = Number(value);
  for (let digits = 17; digits > 1; digits--) {
    const plain = digits === 17 ? String(value) : String(Number(double.toPrecision(digits)));
    // zeros instead of digits would look exact
    const honest = digits === 17 || !Number.isInteger(double);
    if (honest && plain.length <= width) return plain;
    const scientific = double.toExponential(digits - 1);
    if (scientific.length <= width) return scientific;
  }
  return double.toExponential(0);
}
