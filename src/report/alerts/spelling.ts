import { invisibleCharacters } from '../../processing/text/invisible.ts';
import type { ColumnReport } from '../document.ts';
import { countOf, quoted, whole } from '../formatting.ts';
import type { AddAlert } from './add-alert.ts';
import { namedExceptions, type Placed, withRow } from './exceptions.ts';
import { THRESHOLDS as T } from './thresholds.ts';

type Resembles = NonNullable<ColumnReport['resembles']>;

const inRow = ({ row, value }: Placed): string => `${quoted(String(value))} in row ${whole(row)}`;
const suchAs = (first: Placed | undefined): string => (first ? `, such as ${inRow(first)}` : '');
const several = (count: number, one: string, many: string): string => (count === 1 ? one : `${whole(count)} ${many}`);

/** Alerts about how values are written. */
export function spellingAlerts(column: ColumnReport, add: AddAlert): void {
  const { type, evidence, white_space, invisible, swallowed, resembles, point_groups } = column;
  if (evidence.exceptions > 0) {
    const [one, many] = TYPES[type] ?? [`of the type ${type}`, `of the type ${type}`];
    const named = namedExceptions(evidence, column.top_values);
    const { exceptions } = evidence;
    add('mixed_types', 'warning', `${notOf(exceptions, column.count, one, many)}${named}.`, { exceptions });
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
    nearly(column, resembles, resembles.matching, ['true or false', 'true or false'], add);
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

type OneAndMany = readonly [one: string, many: string];
const NUMBERS: OneAndMany = ['a number', 'numbers'];
const DATES: OneAndMany = ['a date', 'dates'];
/** What values are called by the type of their column. */
const TYPES: Partial<Record<ColumnReport['type'], OneAndMany>> = {
  integer: ['an integer', 'integers'],
  decimal: NUMBERS,
  boolean: ['true or false', 'true or false'],
  date: DATES,
};

/** "One of 100 values is not a number", "7 of 100 values are not numbers". */
const notOf = (exceptions: number, count: number, one: string, many: string): string =>
  exceptions === 1
    ? `One of ${countOf(count, 'value')} is not ${one}`
    : `${whole(exceptions)} of ${countOf(count, 'value')} are not ${many}`;

/** The values that do not fit, as a sentence of its own. */
function misfits({ top_values }: ColumnReport, resembles: Resembles, [one, many]: OneAndMany): string {
  const { exceptions } = resembles;
  if (exceptions === 0) return '';
  const are = exceptions === 1 ? `One value is not ${one}` : `${whole(exceptions)} values are not ${many}`;
  return ` ${are}${namedExceptions(resembles, top_values)}.`;
}

/** A text column that is nearly of another type. */
function nearly(
  { count, top_values }: ColumnReport,
  resembles: Resembles,
  fit: number,
  [one, many]: OneAndMany,
  add: AddAlert,
): void {
  const { exceptions, examples } = resembles;
  const first = examples[0];
  const mayBeUnit = exceptions === 1 && first?.row === 1 && fit >= T.unitRowCount && /^\D/.test(String(first.value));
  const unit = mayBeUnit ? ', which may be a unit or a second header' : '';
  const named = namedExceptions(resembles, top_values);
  // of few numbers among texts the exceptions are not the news
  const are =
    fit * 2 < count ? `${partOf(fit, count, [one, many])}, the others are not` : notOf(count - fit, count, one, many);
  add('mixed_types', 'warning', `${are}${named}${unit}.`, { matching: fit, count });
}

/** How numbers are written, by the name of the spelling in the report. */
const WRITTEN: Record<string, string> = {
  currency: 'with a currency',
  percent: 'with a percent sign',
  parentheses: 'in parentheses',
  'limits such as <5': 'as limits such as <5',
  'a minus at the end': 'with a minus at the end',
  'another minus sign': 'with another minus sign',
  'a suffix such as k': 'with a suffix such as k',
  'digits of another script': 'in digits of another script',
  'lakh groups': 'in lakh groups',
  thousands: 'with thousands separators',
  'decimal comma': 'with a decimal comma',
  'characters that do not show': 'with characters that do not show',
};

/** So many values of all: "All 100 values are numbers", "10 of 100 values are numbers", "The value is a number". */
function partOf(part: number, count: number, [one, many]: OneAndMany): string {
  if (count === 1) return `The value is ${one}`;
  if (part === count) return `All ${whole(count)} values are ${many}`;
  return `${part === 1 ? 'One' : whole(part)} of ${whole(count)} values ${part === 1 ? `is ${one}` : `are ${many}`}`;
}

function numberSpellingAlerts(column: ColumnReport, resembles: Resembles, add: AddAlert): void {
  const { count } = column;
  const { matching, codes = 0, first_code, spellings, first } = resembles;
  const others = spelled(resembles);
  const plain = matching - others;
  if (codes > 0 && plain / count >= T.sameKindShare) {
    const have = codes === 1 ? 'One value has a leading zero' : `${whole(codes)} values have leading zeros`;
    const where = first_code ? `${codes === 1 ? ':' : ', such as'} ${withRow(first_code)}` : '';
    const rest = misfits(column, resembles, NUMBERS);
    add('leading_zeros', 'info', `${have}${where}, so the column is read as text.${rest}`, { codes });
  }
  if (others > 0 && (others + (codes > 0 ? 0 : plain)) / count >= T.sameKindShare) {
    const written = spellings.map(({ like }) => WRITTEN[like] ?? `in another way (${like})`).join(' or ');
    const example = first ? ` (${inRow(first)})` : '';
    const are = `${partOf(others, count, NUMBERS)} written ${written}${example}, so the column is read as text.`;
    const numbers = { share: others / count, matching, count };
    add('numbers_as_text', 'warning', `${are}${misfits(column, resembles, NUMBERS)}`, numbers);
  } else if (codes === 0 && plain / count >= T.mixedShare && !isLabel(column, plain / count))
    nearly(column, resembles, plain, NUMBERS, add);
}

/** Whether a number is one of a few labels, such as 4 beside f and r. */
const isLabel = ({ kind, distinct }: ColumnReport, share: number): boolean =>
  kind === 'category' && share < T.labelShare && (distinct?.count ?? 0) <= T.labels;

/** Whether the day or the month comes first cannot be seen where both are up to 12: the clear ways beside it. */
const EITHER: Record<string, string[]> = {
  '5/6/2024': ['31/05/2024', '05/31/2024'],
  '5-6-2024': ['31-05-2024', '05-31-2024'],
};

/** So many ways of writing dates are named. */
const WAYS = 6;

function dateSpellingAlerts(column: ColumnReport, resembles: Resembles, add: AddAlert): void {
  const { count } = column;
  const { matching, spellings, first } = resembles;
  const iso = matching - spelled(resembles);
  if (spellings.length === 0 || matching / count < T.sameKindShare) {
    if (iso / count >= T.mixedShare) nearly(column, resembles, iso, DATES, add);
    return;
  }
  const likes = spellings.map(({ like }) => like);
  const formats = likes.filter((like) => !EITHER[like]?.some((clear) => likes.includes(clear)));
  if (iso > 0) formats.unshift('2024-05-31');
  const rest = misfits(column, resembles, DATES);
  if (formats.length > 1) {
    add('date_formats', 'warning', `${waysInWords(iso, spellings)}.${rest}`, { formats: formats.length });
    return;
  }
  const like = first ? withRow(first) : formats[0]!;
  const either = EITHER[formats[0]!] ? ' Day and month cannot be told apart.' : '';
  const are = `${partOf(matching, count, DATES)} written like ${like}, not like 2024-05-31, and are read as text.`;
  add('dates_as_text', 'info', `${are}${either}${rest}`);
}

/** "361 dates are written like 2024-05-31, 34 like 05/31/2024": how often each way occurs. */
function waysInWords(iso: number, spellings: Resembles['spellings']): string {
  const ways = [...(iso > 0 ? [{ like: '2024-05-31', count: iso }] : []), ...spellings];
  const [first, ...others] = ways.slice(0, WAYS).map(({ like, count }, i) => {
    const what = i > 0 ? whole(count) : count === 1 ? 'One date is written' : `${whole(count)} dates are written`;
    return `${what} like ${like}${EITHER[like] ? ' (day and month cannot be told apart)' : ''}`;
  });
  const left = ways.slice(WAYS);
  if (left.length > 0) others.push(`${whole(left.reduce((sum, { count }) => sum + count, 0))} in other ways`);
  return [first, ...others].join(', ');
}

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
