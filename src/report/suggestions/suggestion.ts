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

export const named = (columns: readonly { name: string }[]): string => {
  const some = columns.slice(0, 3).map(({ name }) => `\`${name}\``);
  return some.join(', ') + (columns.length > 3 ? ` and ${whole(columns.length - 3)} more` : '');
};
/** "1 column becomes a number", "2 columns become numbers". */
export const become = (columns: readonly unknown[], one: string, many: string): string =>
  columns.length === 1 ? `1 column becomes ${one}` : `${whole(columns.length)} columns become ${many}`;

/** The rows below the header of the glimpse's beginning. */
export const dataRows = (glimpse: Glimpse): Glimpse['first'] => glimpse.first.slice(glimpse.titleRows + 1);

/** The most frequent values of a column and those that the glimpse shows. */
export function samples({ glimpse }: Source, column: ColumnReport): string[] {
  const shown = glimpse ? dataRows(glimpse).map(({ fields }) => fields[column.position - 1] ?? '') : [];
  return [...column.top_values.map(({ value }) => value.trim()), ...shown].filter((value) => value !== '');
}
