import { dataRows, isNumber, type Suggest } from './suggestion.ts';

const TOTAL =
  /^(?:(?:grand |sub)?totals?|sum|summe|gesamt|insgesamt|gesamtsumme|total general|totaal|итого|合計)\s*:?$/i;
/** What notes below a table begin with; others are told by the blank line above them. */
const NOTE =
  /^(?:[*†‡©(-]|(?:data )?sources?\b|notes?\b|quellen?\b|hinweis|fuente|exported|generated|(?:last )?updated)/i;
const LEAST_ROWS = 3;
const MOST_FOOTER = 10;

/** The last row is the sum of the others: it says so. */
export const totalRow: Suggest = ({ report, glimpse }) => {
  const last = glimpse?.last.at(-1);
  if (
    !glimpse ||
    !last ||
    report.row_count < LEAST_ROWS ||
    report.columns.length < 2 ||
    report.options?.skip_footer !== undefined
  )
    return [];
  const first = last.fields.find((field) => field !== '');
  if (
    first === undefined ||
    !last.fields.slice(1).some(isNumber) ||
    !(TOTAL.test(first) || isSum(glimpse, report.row_count))
  )
    return [];
  return [
    {
      code: 'total_row',
      message: `The last row, row ${report.row_count}, is a total (${first}) → it is left out`,
      columns: [],
      evidence: { fields: last.fields.slice(0, 10) },
      options: { skip_footer: 1 },
    },
  ];
};

/** Where all rows are seen: at least two columns of the last row are the sums of theirs, and no number is not. */
function isSum(glimpse: NonNullable<Parameters<Suggest>[0]['glimpse']>, rowCount: number): boolean {
  const rows = dataRows(glimpse);
  if (rows.length !== rowCount || rows.length <= LEAST_ROWS) return false;
  const total = rows.at(-1)!.fields;
  if (isNumber(total[0])) return false;
  const numeric = total.map((_, i) => i).filter((i) => isNumber(total[i]));
  const sum = (i: number) => rows.slice(0, -1).reduce((all, { fields }) => all + Number(fields[i] || 0), 0);
  return (
    numeric.length >= 2 &&
    numeric.every(
      (i) => Number(total[i]) !== 0 && Math.abs(sum(i) - Number(total[i])) <= Math.abs(Number(total[i])) * 1e-9,
    )
  );
}

/** Lines of one field at the end of a table of several columns: notes and sources. */
export const footerLines: Suggest = ({ report, glimpse }) => {
  const width = report.columns.length;
  if (!glimpse || width < 2 || report.row_count < LEAST_ROWS || report.options?.skip_footer !== undefined) return [];
  const rows = glimpse.last;
  let count = 0;
  while (count < rows.length && rows.at(-1 - count)!.fields.length === 1) count++;
  const above = rows.slice(0, rows.length - count);
  if (
    count === 0 ||
    count > MOST_FOOTER ||
    above.length < LEAST_ROWS ||
    above.some(({ fields }) => fields.length === 1)
  )
    return [];
  const text = rows[rows.length - count]!.fields[0]!;
  const isApart = rows[rows.length - count]!.line > above.at(-1)!.line + 1;
  if (!isApart && !NOTE.test(text)) return [];
  if (isNumber(text) || text.length < 4 || !/\s|:/.test(text)) return [];
  return [
    {
      code: 'footer_lines',
      message:
        `The last ${count === 1 ? 'line is' : `${count} lines are`} text below the table ("${text.slice(0, 60)}") → ` +
        `${count === 1 ? 'it is' : 'they are'} left out`,
      columns: [],
      evidence: { lines: count, first: text },
      options: { skip_footer: count },
    },
  ];
};

/** Lines that begin with # or % among the rows. */
export const commentLines: Suggest = ({ report, glimpse }) => {
  if (!glimpse || report.options?.comment !== undefined) return [];
  const rows = glimpse.first.slice(glimpse.titleRows);
  for (const mark of ['#', '%', '//']) {
    const those = rows.filter(({ fields }) => fields[0]!.startsWith(mark));
    const inside = those.filter((row) => row !== rows[0]);
    const others = rows.length - those.length;
    if (inside.length === 0 || others < 2 || those.length > others) continue;
    if (rows[0] && those.includes(rows[0])) continue; // the names would not be read
    if (
      inside.some(
        ({ fields }) => !new RegExp(`^${mark}\\s`).test(fields[0]!) && fields.length === report.columns.length,
      )
    )
      continue;
    return [
      {
        code: 'comment_lines',
        message:
          `${those.length === 1 ? '1 line begins' : `${those.length} lines begin`} with ${mark}, the first is line ` +
          `${those[0]!.line} → they are not read`,
        columns: [],
        evidence: { lines: those.slice(0, 5).map(({ line }) => line) },
        options: { comment: mark },
      },
    ];
  }
  return [];
};
