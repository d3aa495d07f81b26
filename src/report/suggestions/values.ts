import { whole } from '../formatting.ts';
import { type Source, type Suggest, seesAll } from './suggestion.ts';

/** A quote that was opened by mistake has taken rows into a value. */
export const quote: Suggest = ({ report, glimpse }) => {
  const column = report.columns.find(({ swallowed }) => swallowed !== undefined);
  if (!column || report.options?.quote !== undefined) return [];
  const { row, lines, count } = column.swallowed!;
  // where other fields are in quotes, these would be read as text as well
  const swallowing = report.columns.reduce((all, { swallowed }) => all + (swallowed?.count ?? 0), 0);
  if (glimpse && glimpse.quoted > swallowing) return [];
  return [
    {
      code: 'quote',
      message:
        `\`${column.name}\`: the value in row ${whole(row)} runs over ${whole(lines)} lines that look like rows, as ` +
        'a quote was not closed → quotes are read as text, and these lines as rows',
      columns: [column.name],
      evidence: { row, lines, count },
      options: { quote: null },
    },
  ];
};

/** All values of a row are of one kind, and those of no column are. */
export const transposed: Suggest = ({ report, glimpse }: Source) => {
  if (!glimpse || report.columns.length < 4) return [];
  const rows = glimpse.first.slice(glimpse.titleRows + 1);
  if (!seesAll({ report, glimpse }) || rows.length < 2 || rows.length > 20) return [];
  const values = rows.map(({ fields }) => fields.slice(1).filter((field) => field !== ''));
  const kinds = values.map((row) => new Set(row.map(isPlainNumber)));
  if (rows.some(({ fields }) => isPlainNumber(fields[0]!)) || kinds.some(({ size }) => size !== 1)) return [];
  if (values.some((row) => row.length * 2 < report.columns.length - 1)) return []; // a list of columns that few have
  const others = values.filter((_, i) => !kinds[i]!.has(true));
  const numeric = rows.length - others.length;
  if (numeric === 0 || others.length === 0) return [];
  // a lone row may stand for anything: absences, grades, a second row of names
  const isProperty = (row: readonly string[]) => row.length >= LEAST_VALUES && new Set(row).size === row.length;
  if ((numeric < 2 || others.length < 2) && !others.every(isProperty)) return [];
  if (others.length === 1 && !kinds[0]!.has(true)) return [];
  return [
    {
      code: 'transposed',
      message:
        'Each row has values of one kind and each column has several: the table may be written with its columns as ' +
        'rows. Exchange them and upload it again',
      columns: [],
      evidence: { rows: rows.length, columns: report.columns.length },
      options: {},
    },
  ];
};
const isPlainNumber = (text: string) => /^[-+]?\d+(?:\.\d+)?$/.test(text);
/** Values of a row that are all different, so that they may be a property of as many things. */
const LEAST_VALUES = 4;
