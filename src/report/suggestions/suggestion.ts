import type { Glimpse, Suggestion } from '../../processing/profile-types.ts';
import type { ColumnReport, ReportFacts } from '../document.ts';
import { whole } from '../formatting.ts';

/** What suggestions follow from. */
export interface Source {
  report: ReportFacts;
  glimpse: Glimpse | undefined;
}
export type Suggest = (source: Source) => Suggestion[];

export const isNumber = (text: string | undefined): boolean =>
  text !== undefined && /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text);

export const isYear = (n: number): boolean => Number.isInteger(n) && n >= 1800 && n <= 2100;

const DATE = /^(?:\d{4}[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.](?:\d\d){1,2})(?:[ T]|$)/;
/** A date in any order. */
export const isDate = (text: string): boolean => DATE.test(text);

const GROUPED = /^[-+]?(?:\d{1,3}(?:([,.' \u00a0\u202f])\d{3})(?:\1\d{3})*(?:[.,]\d+)?|\d+,\d+)$/;
/** A number in any spelling that an option reads: 1.234,5 and 1,234.5 too. */
export const isSpelledNumber = (text: string | undefined): boolean =>
  isNumber(text) || (text !== undefined && GROUPED.test(text));

/** The value of a number, of which a comma is the decimal separator or stands between groups. */
export function numberOf(text: string, hasDecimalComma: boolean): number {
  const plain = text.replace(/['\u00a0\u202f ]/g, '');
  return Number(hasDecimalComma ? plain.replaceAll('.', '').replace(',', '.') : plain.replaceAll(',', ''));
}
/** The value of a number of a column, as somebody has said that numbers are written. */
export function readNumber({ options = {} }: ReportFacts, text: string): number {
  const { decimal, thousands } = options;
  if (decimal === undefined && thousands === undefined) return Number(text);
  return numberOf(text.trim(), decimal === ',' || thousands === '.');
}
/** Values of which one shows that the comma is the decimal separator. */
export const showDecimalComma = (values: readonly string[]): boolean =>
  values.some((value) => /^[-+]?[\d.]+,(?:\d{1,2}|\d{4,})$/.test(value) || /^[-+]?(?:0|\d{4,}),\d+$/.test(value));

export const named = (columns: readonly { name: string }[]): string => {
  const some = columns.slice(0, 3).map(({ name }) => `\`${name}\``);
  return some.join(', ') + (columns.length > 3 ? ` and ${whole(columns.length - 3)} more` : '');
};
/** "1 column becomes a number", "2 columns become numbers". */
export const become = (columns: readonly unknown[], one: string, many: string): string =>
  columns.length === 1 ? `1 column becomes ${one}` : `${whole(columns.length)} columns become ${many}`;

/** The rows below the header of the glimpse's beginning. */
export const dataRows = (glimpse: Glimpse): Glimpse['first'] => glimpse.first.slice(glimpse.titleRows + 1);

/** Lines of a row beside its first. */
export const extraLines = ({ fields }: Glimpse['first'][number]): number => fields.join('').split('\n').length - 1;

/** Whether the glimpse has all rows of the table. */
export const seesAll = ({ report, glimpse }: Source): boolean =>
  glimpse !== undefined && dataRows(glimpse).length === report.row_count;

/** The values of a column that the glimpse shows, of the beginning and of the end. */
export function shownValues({ glimpse }: Source, { position }: ColumnReport): string[] {
  if (!glimpse) return [];
  return [...dataRows(glimpse), ...glimpse.last].map(({ fields }) => fields[position - 1] ?? '');
}

/** The most frequent values of a column and those that the glimpse shows. */
export function samples(source: Source, column: ColumnReport): string[] {
  const shown = source.glimpse ? dataRows(source.glimpse).map(({ fields }) => fields[column.position - 1] ?? '') : [];
  return [...column.top_values.map(({ value }) => value.trim()), ...shown].filter((value) => value !== '');
}
