import { whole } from '../formatting.ts';
import {
  dataRows,
  extraLines,
  isSpelledNumber,
  numberOf,
  type Source,
  type Suggest,
  seesAll,
  showDecimalComma,
} from './suggestion.ts';

const TOTAL = new RegExp(
  `^(?:${[
    '(?:grand |sub|sub-)?totals?(?: general)?|sums?|all|overall',
    'summe|gesamt|insgesamt|gesamtsumme|total[e]?|totaux|total général|totaal|totalt|i alt|summa|suma|razem|celkem',
    'spolu|összesen|toplam|genel toplam|yhteensä|skupaj|ukupno|итого|всего|合計|合计|总计|總計|小計',
  ].join('|')})\\s*[:.]?$`,
  'i',
);
/** Names of rows that may be a category of their own, and are a total only where the numbers say so. */
const WEAK = /^(?:all|overall|sums?|gesamt)\s*[:.]?$/i;
/**
 * What notes below a table are like; others are told by the blank line above them. A row whose other fields are empty
 * begins with such words as well: "source system", "(no date yet) paint".
 */
const NOTE = new RegExp(
  `^(?:${[
    '[*†‡©]|[-_=]{3,}$',
    '\\([^()]*\\s[^()]*\\)$',
    '\\[[^\\[\\]]*\\s[^\\[\\]]*\\]$',
    '(?:data )?sources?\\s?:',
    '(?:foot)?notes?\\s?:',
    '(?:quellen?|datenquelle|hinweis|anmerkung(?:en)?|fuente|fonte|nota|bron)\\s?:',
    '(?:exported|generated|created|(?:last )?updated)\\b.*\\d',
    '\\(c\\) .*\\d',
  ].join('|')})`,
  'i',
);
const LEAST_ROWS = 3;
const MOST_FOOTER = 10;
type Row = NonNullable<Source['glimpse']>['last'][number];

const isBlank = (field: string) => field === '';
/** A row of which only the first field says something. */
const isLine = ({ fields }: Row) => fields[0] !== '' && fields.slice(1).every(isBlank);

/** How many lines of text stand below the table. */
function linesBelow({ report, glimpse }: Source): number {
  const width = report.columns.length;
  if (!glimpse || width < 2 || report.row_count < LEAST_ROWS) return 0;
  const header = glimpse.first[glimpse.titleRows]?.line ?? 0;
  const rows = glimpse.last.filter(({ line }) => line > header); // titles are lines of text as well
  let count = 0;
  while (count < rows.length && isLine(rows.at(-1 - count)!)) count++;
  const above = rows.slice(0, rows.length - count);
  if (count === 0 || count > MOST_FOOTER || above.length < LEAST_ROWS || above.some(isLine)) return 0;
  const first = rows[rows.length - count]!;
  const text = first.fields[0]!;
  const isApart = first.line > above.at(-1)!.line + 1 + extraLines(above.at(-1)!);
  if (!isApart && (!NOTE.test(text) || text.endsWith('?'))) return 0;
  return isSpelledNumber(text) || text.length < 4 || !/\s|:|^[-_=]+$/.test(text) ? 0 : count;
}

/** The last row of the table: a total by its name or its numbers. */
function totalOf(source: Source, below: number): { name: string; byName: boolean } | undefined {
  const { report, glimpse } = source;
  const last = glimpse?.last.at(-1 - below);
  if (!glimpse || !last || report.row_count - below < LEAST_ROWS || report.columns.length < 2) return undefined;
  const at = last.fields.findIndex((field) => field !== '');
  const name = last.fields[at];
  if (name === undefined || !last.fields.slice(at + 1).some(isSpelledNumber)) return undefined;
  const areSums = isSum(source, below);
  const others = [...dataRows(glimpse), ...glimpse.last].filter(({ line }) => line !== last.line);
  // where others have the name as well, it is a category
  const isCategory = () =>
    others.some(({ fields }) => TOTAL.test(fields[at] ?? '')) ||
    (report.columns[at]?.top_values.some(({ value, count }) => value.trim() === name && count > 1) ?? false);
  const byName = TOTAL.test(name) && (!WEAK.test(name) || areSums) && !isCategory() && canBeTotal(source, below);
  return byName || areSums ? { name, byName } : undefined;
}

/** A number of the last row, beside the numbers above it. */
interface Column {
  last: number;
  above: number[];
}
/** The columns of numbers of the last row of the table, where all rows are seen. */
function numbersOf({ glimpse }: Source, below: number): Column[] {
  const rows = dataRows(glimpse!).slice(0, below === 0 ? undefined : -below);
  const fields = rows.at(-1)?.fields ?? [];
  return fields.flatMap((field, i) => {
    if (!isSpelledNumber(field)) return [];
    const values = rows.map((row) => row.fields[i] ?? '').filter(isSpelledNumber);
    const hasComma = showDecimalComma(values);
    const above = values.slice(0, -1).map((value) => numberOf(value, hasComma));
    return [{ last: numberOf(field, hasComma), above }];
  });
}
const sumOf = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0);
const areNear = (one: number, other: number, share: number) => Math.abs(one - other) <= Math.abs(other) * share;

/** Where all rows are seen: at least two columns of the last row are the sums of theirs, and no number is not. */
function isSum(source: Source, below: number): boolean {
  const { glimpse } = source;
  if (!glimpse || !seesAll(source)) return false;
  if (isSpelledNumber(glimpse.last.at(-1 - below)?.fields[0])) return false;
  const columns = numbersOf(source, below);
  // the same numbers in two columns tell as much as one
  const different = new Set(columns.map(({ above }) => above.join()));
  return (
    different.size >= 2 &&
    columns.every(({ last, above }) => above.length >= LEAST_ROWS && last !== 0 && areNear(sumOf(above), last, 1e-9))
  );
}

/** Where all rows are seen: a number that is more than any other is no total if it is less than their sum. */
function canBeTotal(source: Source, below: number): boolean {
  if (!seesAll(source)) return true;
  return numbersOf(source, below).some(({ last, above }) => {
    const sum = sumOf(above);
    // parts of it may be in sums of their own
    const isSumOfAll = last >= sum || areNear(last, sum, 0.01) || areNear(last * 2, sum, 0.01);
    return isSumOfAll || last <= Math.max(...above) || above.some((each) => each < 0);
  });
}

const rowsAreLeftOut = (count: number) => (count === 1 ? 'it is left out' : 'they are left out');

/** The last row is the sum of the others: it says so, or its numbers do. Lines below it are left out with it. */
export const totalRow: Suggest = (source) => {
  const { report, glimpse } = source;
  if (!glimpse || report.options?.skip_footer !== undefined) return [];
  const below = linesBelow(source);
  const total = totalOf(source, below);
  if (!total) return [];
  const row = whole(report.row_count - below);
  const why = total.byName ? `is a total (${total.name})` : `has the sums of the others (${total.name})`;
  const lines = below === 0 ? '' : `, with ${below === 1 ? '1 line' : `${below} lines`} of text below it`;
  const end = below === 0 ? 'The last row' : 'The last row of the table';
  return [
    {
      code: 'total_row',
      message: `${end}, row ${row}, ${why}${lines} → ${rowsAreLeftOut(1 + below)}`,
      columns: [],
      evidence: { row: report.row_count - below, name: total.name, lines_below: below },
      options: { skip_footer: 1 + below },
    },
  ];
};

/** Lines of one field at the end of a table of several columns: notes and sources. */
export const footerLines: Suggest = (source) => {
  const { report, glimpse } = source;
  if (!glimpse || report.options?.skip_footer !== undefined) return [];
  const count = linesBelow(source);
  if (count === 0 || totalOf(source, count)) return [];
  const text = glimpse.last[glimpse.last.length - count]!.fields[0]!;
  return [
    {
      code: 'footer_lines',
      message:
        `The last ${count === 1 ? 'line is' : `${count} lines are`} text below the table ("${text.slice(0, 60)}") → ` +
        rowsAreLeftOut(count),
      columns: [],
      evidence: { lines: count },
      options: { skip_footer: count },
    },
  ];
};

/** Lines that begin with # or % among the rows. */
export const commentLines: Suggest = (source) => {
  const { report, glimpse } = source;
  if (!glimpse || report.options?.comment !== undefined || report.columns.length < 2) return [];
  const rows = glimpse.first.slice(glimpse.titleRows);
  const all = [...rows, ...glimpse.last];
  for (const mark of ['#', '%', '//']) {
    const those = rows.filter(({ fields }) => fields[0]!.startsWith(mark));
    const others = rows.length - those.length;
    if (those.length === 0 || others < 2 || those.length > others) continue;
    if (those.includes(rows[0]!)) continue; // the names would not be read
    const isData = ({ fields }: Row) =>
      fields[0]!.startsWith(mark) &&
      !/\s/.test(fields[0]![mark.length] ?? '') &&
      fields.length === report.columns.length;
    if (all.some(isData)) continue;
    const where = seesAll(source) ? '' : ` of the first ${rows.length}`;
    const count = those.length === 1 ? `1 line${where} begins` : `${those.length} lines${where} begin`;
    return [
      {
        code: 'comment_lines',
        message:
          `${count} with ${mark}, the first is line ${whole(those[0]!.line)} → ` +
          `${where ? 'all such lines' : 'they'} are not read`,
        columns: [],
        evidence: { lines: those.slice(0, 5).map(({ line }) => line) },
        options: { comment: mark },
      },
    ];
  }
  return [];
};
