import { invisibleCharacters } from '../../processing/text/invisible.ts';
import type { ColumnReport } from '../document.ts';
import { percent, quoted, whole } from '../formatting.ts';
import type { AddAlert } from './add-alert.ts';
import { THRESHOLDS as T } from './thresholds.ts';

type Resembles = NonNullable<ColumnReport['resembles']>;
type Placed = Resembles['examples'][number];

const inRow = ({ row, value }: Placed): string => `${quoted(String(value))} in row ${whole(row)}`;
const suchAs = (first: Placed | undefined): string => (first ? `, such as ${inRow(first)}` : '');
const several = (count: number, one: string, many: string): string => (count === 1 ? one : `${whole(count)} ${many}`);

/** Alerts about how values are written. */
export function spellingAlerts(column: ColumnReport, add: AddAlert): void {
  const { type, evidence, white_space, invisible, swallowed, resembles, point_groups } = column;
  if (evidence.exceptions > 0) {
    const { exceptions, examples } = evidence;
    const what = exceptions === 1 ? 'One value is' : `${whole(exceptions)} values are`;
    add('mixed_types', 'warning', `${what} not of the type ${type}${suchAs(examples[0])}.`, { exceptions });
  }
  if (white_space && type !== 'integer' && type !== 'decimal') {
    const what = several(white_space.count, 'One value has', 'values have');
    const { count } = white_space;
    add('whitespace', 'warning', `${what} white space around ${count === 1 ? 'it' : 'them'}${suchAs(white_space)}.`, {
      count,
    });
  }
  if (invisible) invisibleAlert(invisible, add);
  if (swallowed) {
    const { count, lines, row } = swallowed;
    const what = count === 1 ? `The value in row ${whole(row)} runs` : `${whole(count)} values run`;
    const first = count === 1 ? '' : `, the first in row ${whole(row)}`;
    add(
      'swallowed_rows',
      'warning',
      `${what} over ${whole(lines)} lines that look like rows${first}: a quote may have been opened by mistake.`,
      { count, lines },
    );
  }
  if (point_groups !== undefined && point_groups >= T.pointGroups)
    add(
      'thousands_as_decimals',
      'warning',
      `${whole(point_groups)} numbers have a point with three digits behind it, and all others are below 1,000: ` +
        '1.200 may stand for 1200.',
      { count: point_groups },
    );
  if (type !== 'text') return;
  if (resembles?.type === 'number') numberSpellingAlerts(column, resembles, add);
  else if (resembles?.type === 'date') dateSpellingAlerts(column, resembles, add);
  else if (resembles && resembles.matching / column.count >= T.booleanShare)
    nearly(column, resembles, resembles.matching, 'true or false', add);
  truncationAlert(column, add);
}

function invisibleAlert(invisible: NonNullable<ColumnReport['invisible']>, add: AddAlert): void {
  const shown = invisible.slice(0, T.invisibleShown).map(({ code_point, count, ...first }) => {
    return `${invisibleCharacters.inWords(code_point)} in ${several(count, 'one value', 'values')}${suchAs(first)}`;
  });
  const more = invisible.length > shown.length ? `; and ${invisible.length - shown.length} more` : '';
  add('invisible_characters', 'warning', `There are characters that do not show: ${shown.join('; ')}${more}.`, {
    characters: invisible.length,
    count: invisible[0]!.count,
  });
}

const spelled = ({ spellings }: Resembles) => spellings.reduce((sum, { count }) => sum + count, 0);

/** The values that do not fit, as a sentence of its own. */
function misfits({ exceptions, examples }: Resembles, what: string): string {
  if (exceptions === 0) return '';
  const first = examples[0] && inRow(examples[0]);
  if (exceptions === 1) return ` One value is no ${what}${first ? `: ${first}` : ''}.`;
  return ` ${whole(exceptions)} values are no ${what}${first ? `, the first is ${first}` : ''}.`;
}

/** A text column that is nearly of another type. */
function nearly(
  { count }: ColumnReport,
  { exceptions, examples }: Resembles,
  fit: number,
  what: string,
  add: AddAlert,
): void {
  const first = examples[0];
  const mayBeUnit = exceptions === 1 && first?.row === 1 && fit >= T.unitRowCount && /^\D/.test(String(first.value));
  const unit = mayBeUnit ? ', which may be a unit or a second header' : '';
  const where = first ? `; the first that is not is ${inRow(first)}${unit}` : '';
  const are = `${whole(fit)} of ${whole(count)} values ${fit === 1 ? 'is' : 'are'} ${what} (${percent(fit / count)})`;
  add('mixed_types', 'warning', `${are}${where}.`, { matching: fit, count });
}

function numberSpellingAlerts(column: ColumnReport, resembles: Resembles, add: AddAlert): void {
  const { count } = column;
  const { matching, codes = 0, first_code, spellings, first } = resembles;
  const others = spelled(resembles);
  const plain = matching - others;
  if (codes > 0 && plain / count >= T.sameKindShare)
    add(
      'leading_zeros',
      'info',
      `The numbers are codes with leading zeros${suchAs(first_code)}.${misfits(resembles, 'number')}`,
      { codes },
    );
  if (others > 0 && (others + (codes > 0 ? 0 : plain)) / count >= T.sameKindShare) {
    const likes = spellings.map(({ like }) => like).join(', ');
    const which = others === matching ? `(${likes})` : `in ${several(others, 'one value', 'values')} (${likes})`;
    add(
      'numbers_as_text',
      'warning',
      `Numbers are written as text ${which}${suchAs(first)}.${misfits(resembles, 'number')}`,
      { share: others / count, matching, count },
    );
  } else if (codes === 0 && plain / count >= T.mixedShare && !isLabel(column, plain / count))
    nearly(column, resembles, plain, plain === 1 ? 'a number' : 'numbers', add);
}

/** Whether a number is one of a few labels, such as 4 beside f and r. */
const isLabel = ({ kind, distinct }: ColumnReport, share: number): boolean =>
  kind === 'category' && share < T.labelShare && (distinct?.count ?? 0) <= T.labels;

/** Whether the day or the month comes first cannot be seen where both are up to 12. */
const EITHER: Record<string, string[]> = {
  '5/6/2024': ['31/05/2024', '05/31/2024'],
  '5-6-2024': ['31-05-2024', '05-31-2024'],
};

function dateSpellingAlerts(column: ColumnReport, resembles: Resembles, add: AddAlert): void {
  const { count } = column;
  const { matching, spellings, first } = resembles;
  const iso = matching - spelled(resembles);
  if (spellings.length === 0 || matching / count < T.sameKindShare) {
    if (iso / count >= T.mixedShare) nearly(column, resembles, iso, iso === 1 ? 'a date' : 'dates', add);
    return;
  }
  const likes = spellings.map(({ like }) => like);
  const formats = likes.filter((like) => !EITHER[like]?.some((clear) => likes.includes(clear)));
  if (iso > 0) formats.unshift('2024-05-31');
  const rest = misfits(resembles, 'date');
  if (formats.length > 1)
    add('date_formats', 'warning', `Dates are written in more than one way: like ${formats.join('; ')}.${rest}`, {
      formats: formats.length,
    });
  else
    add(
      'dates_as_text',
      'info',
      `${datesLike(first, formats[0]!)} are read as text: dates are read in ISO 8601, as 2024-05-31.${rest}`,
    );
}

/** A date as the file has it. */
const datesLike = (first: Placed | undefined, format: string): string =>
  first ? `Dates such as ${quoted(first.value)} (row ${whole(first.row)})` : `Dates like ${format}`;

function truncationAlert({ length, longest }: ColumnReport, add: AddAlert): void {
  if (!length || !longest) return;
  const { min, max, mean } = length;
  if (min > max * T.truncatedShortShare || mean > max * T.truncatedMeanShare) return;
  if (longest.lengths < T.truncatedLengths || longest.count < longest.next * T.truncatedPile) return;
  add(
    'truncated',
    'warning',
    `${whole(longest.count)} values end at exactly ${max} characters: they may have been cut there.`,
    {
      length: max,
      count: longest.count,
    },
  );
}
