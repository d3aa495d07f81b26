import { GLIMPSE_FIELDS } from '../../processing/limits.ts';
import type { Glimpse } from '../../processing/profile-types.ts';
import { whole } from '../formatting.ts';
import { dataRows, isDate, isSpelledNumber, isYear, named, type Suggest } from './suggestion.ts';

const LEAST_ROWS = 3;
const MOST_ABOVE = 30;
const LEAST_SHARE = 0.9;
const LEAST_VALUES = 0.6;
type Row = Glimpse['first'][number];

const isValue = (field: string) => isSpelledNumber(field) || isDate(field);
const filledOf = ({ fields }: Row) => fields.filter((field) => field !== '').length;
/** A title, or a name and what is said of it, from the first field on. */
const isTitle = ({ fields }: Row) =>
  fields[0] !== '' && fields.every((field, i) => field === '' || fields[i - 1] !== '');

/** A line that is proposed to be passed over as a comment. */
const isComment = (row: Row) => filledOf(row) === 1 && /^(?:#|%|\/\/)/.test(row.fields[0]!);

/** Different texts in all fields but the last, which a delimiter at the end of the line makes; years are texts here. */
function areNames({ fields }: Row): boolean {
  const names = fields.at(-1) === '' ? fields.slice(0, -1) : fields;
  const areTexts = names.every((name) => name !== '' && (!isValue(name) || isYear(Number(name))));
  return areTexts && names.length >= 3 && new Set(names).size >= names.length * 0.8;
}

/** Whether the table begins at a row: wider than those above, which are titles, and above rows that are like it. */
function beginsAt(first: readonly Row[], titleRows: number, at: number): boolean {
  const names = first[at]!;
  const above = first.slice(titleRows, at);
  const width = filledOf(names);
  const widest = Math.max(...above.map(filledOf));
  const isApart = names.line > above.at(-1)!.line + 1;
  if (width < (isApart ? widest + 1 : widest * 2) || !above.every(isTitle) || !areNames(names)) return false;
  const below = first.slice(at + 1).filter((row) => !isComment(row));
  if (below.length < LEAST_ROWS) return false;
  const fitting = below.filter(({ fields }) => fields.length === names.fields.length);
  if (fitting.length < below.length * LEAST_SHARE) return false;
  return names.fields.some((name, i) => {
    const values = fitting.map(({ fields }) => fields[i]!).filter((value) => value !== '');
    // units may stand in the first of them, and words for no value anywhere
    const areValues = values.filter(isValue).length >= Math.max(values.length * LEAST_VALUES, LEAST_ROWS);
    return areValues && (!isValue(name) || isYear(Number(name)));
  });
}

/** A row of names further down, wider than the lines above it, as banks and statistical offices write their files. */
export const headerRow: Suggest = ({ report, glimpse }) => {
  const { header, skip_rows, columns } = report.options ?? {};
  if (!glimpse || [header, skip_rows, columns].some((option) => option !== undefined)) return [];
  const { first, titleRows } = glimpse;
  const most = Math.min(dataRows(glimpse).length, MOST_ABOVE);
  for (let at = titleRows + 1; at <= titleRows + most; at++) {
    if (!beginsAt(first, titleRows, at)) continue;
    const { line, fields } = first[at]!;
    const count = fields.length < GLIMPSE_FIELDS ? filledOf(first[at]!) : report.columns.length;
    const names = Array.from({ length: count }, (_, i) => ({ name: fields[i] ?? '' }));
    return [
      {
        code: 'header_row',
        message:
          `Line ${whole(line)} has the names of the columns (${named(names)}), above rows that are as wide → ` +
          'the lines above it are passed over',
        columns: [],
        evidence: { line, columns: count },
        options: { skip_rows: line - 1 },
      },
    ];
  }
  return [];
};
