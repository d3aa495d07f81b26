import { GLIMPSE_CHARACTERS, GLIMPSE_FIELDS } from '../../processing/limits.ts';
import type { ReadOptions } from '../../processing/options/read-options.ts';
import type { Glimpse, Suggestion } from '../../processing/profile-types.ts';
import { WORDS } from './sentinels.ts';
import {
  dataRows,
  extraLines,
  isDate,
  isNumber,
  isSpelledNumber,
  isYear,
  named,
  type Source,
  type Suggest,
} from './suggestion.ts';

/** Units of measurement as they stand under names, and anything in brackets; a hyphen where there is none. */
const UNIT = new RegExp(
  `^(?:${[
    '[([].{1,15}[)\\]]',
    '%|‰|°|°?[CFK]|deg(?:rees)?(?: ?[CFNESW])?|deg[CF]|celsius|fahrenheit|kelvin|degrees?_(?:north|east|[CFK])',
    '[munµμkM]?[msgVAWJNlL]|[cdhk]m|mi|ft|in|inch(?:es)?|yd|miles|met(?:er|re)s?|km|[mkµ]g|t|tons?|lbs?|oz|ha',
    '[cdmk]?m[23²³]|m\\^[23]|[mc]?l|lit(?:er|re)s?|gal|bbl|ppm|ppb|ppt|psu|ntu|dB[A]?|rad|lux|cd|mol|pH',
    'h|hr|hrs|hours?|min|minutes?|s|sec|seconds?|ms|days?|d|weeks?|months?|yr|years?|yyyy-mm-dd',
    '[hkM]?Pa|[kMG]?Hz|mbar|bar|psi|atm|mmHg|[kMGT]?Wh|[kMG]W|hp|mV|kV|mA|[kM]?Ω|ohms?|[kM]?J|k?cal|rpm',
    'k?m/h|km\\^?-?1|c?m/s|m/s[2²]|m s-1|mph|kn(?:ots)?|[mµnkg]+g?/d?[lLm][3³]?|g/cm3|kg/m[23²³]|W/m[2²]|W m-2',
    '[mkT]?(?:USD|EUR)|GBP|CHF|JPY|[€$£¥]|mio\\.? ?€?|counts?|number|pcs|units?',
    'n|#|-|–|none|unitless|dimensionless',
  ].join('|')})$`,
  'i',
);
/** Units that are words of their own, so that one alone tells nothing. */
const WEAK_UNIT = /^(?:number|n|#|-|–|none|unitless|dimensionless|[adt])$/i;
const isWeak = (unit: string) => WEAK_UNIT.test(unit);

/** Types of columns, as programs write them in a row of their own. */
const TYPE = new RegExp(
  `^(?:${[
    'u?int(?:eger)?\\d*|long|bigint|double|float\\d*|num(?:eric|ber)?|decimal|real|bool(?:ean)?',
    'str(?:ing)?|te?xt|chr|char|varchar|object|factor|category|date|datetime|timestamp|time',
  ].join('|')})$`,
  'i',
);
const LEAST_ROWS = 3;

/** Rows above others, by their columns, as far as these are seen. */
interface TwoRows {
  /** What stands in the first row, and above blank fields of it: the name of a group is written once. */
  names: string[];
  second: string[];
  /** Names where both rows have none. */
  rest: readonly string[];
  numeric: number[];
  /** What stands below the rows in a column. */
  values: (column: number) => string[];
  isNull: (field: string) => boolean;
}

/**
 * The names of groups of columns, each over all of its columns: `Sales,,Costs,` above `Plan,Actual,Plan,Actual`. One
 * with nothing of its own below it, or with its own name once more, is a column's name and no group's.
 * @param levels rows of names, the last without groups
 */
function overColumns(levels: readonly (readonly string[])[]): string[] {
  const width = levels.at(-1)!.length;
  const names = new Array<string>(width).fill('');
  for (const [l, level] of levels.slice(0, -1).entries()) {
    let group = '';
    for (let i = 0; i < width; i++) {
      const name = level[i] ?? '';
      const below = levels.slice(l + 1).find((other) => (other[i] ?? '') !== '')?.[i] ?? '';
      const isInOther = levels.slice(0, l).some((other) => (other[i] ?? '') !== '');
      if (name !== '' || below === '' || isInOther) group = below === '' || below === name ? '' : name;
      names[i] = joined(names[i]!, name === '' && below !== '' ? group : name);
    }
  }
  return names;
}
/** The name of a column from both rows. */
const joined = (name: string, second: string) =>
  name !== '' && (name === second || RESPONSE.test(second)) ? name : [name, second].filter(Boolean).join(' ');
/** SurveyMonkey writes it below a question that has one column. */
const RESPONSE = /^(?:Open-Ended )?Response$/;
const areResponses = (second: readonly string[], values: (column: number) => string[]) =>
  second.filter((field) => RESPONSE.test(field)).length >= 2 &&
  !second.some((_, i) => values(i).some((value) => RESPONSE.test(value)));

/** A name of a column: with letters, none of `<LOD`, or a range such as 18-24. */
const LABEL = /^[^<>≤≥]*\p{L}|^\d+ ?[-–] ?\d+$|^\d+\+$/u;

/** Texts above columns of numbers that are names of these: none is a value. */
function areNames(rows: TwoRows): boolean {
  const { names, second, numeric, values, isNull } = rows;
  const above = numeric.map((i) => second[i]!).filter((field) => field !== '');
  if (numeric.length * 2 < second.length) return false;
  // a text that stands below as well, or a date above dates, is one of the values
  if (second.some((field, i) => values(i).includes(field) || (isDate(field) && values(i).some(isDate)))) return false;
  const areTexts = above.every((field) => !isNull(field) && LABEL.test(field));
  const all = numeric.map((i) => joined(names[i]!, second[i]!)).filter((name) => name !== '');
  if (all.length === 0 || new Set(all).size < all.length) return false;
  // a column whose name is in the first row only stands beside groups
  const groups = numeric.filter((i) => second[i] !== '' && names[i] !== '').map((i) => names[i]);
  if (new Set(groups).size < groups.length && (areTexts || areTimes(rows))) return true;
  if (above.length < numeric.length || !areTexts) return false;
  const hasNameTwice = second.some((field, i) => field !== '' && field === names[i]);
  return hasNameTwice || (new Set(above).size === above.length && !second.includes(''));
}

/** Years or dates that stand below the names of groups and above numbers of another kind, and nothing beside them. */
function areTimes({ names, second, numeric, values }: TwoRows): boolean {
  const areAlone = second.every((field, i) => numeric.includes(i) || field === '' || field === names[i]);
  const isTime = (field: string) => isDate(field) || isYear(Number(field));
  return areAlone && numeric.every((i) => isTime(second[i]!) && !values(i).every(isTime));
}

/** A third row with the names of columns that both rows have none for: pandas writes those of an index there. */
const isRestOfNames = (third: readonly string[] = [], ...above: (readonly string[])[]): boolean =>
  third.some((field) => field !== '') &&
  third.every((field, i) => field === '' || (!isSpelledNumber(field) && above.every((fields) => fields[i] === '')));

function kindOf(rows: TwoRows): 'units' | 'names' | 'types' | undefined {
  const { second, numeric } = rows;
  if (numeric.length === 0) return areResponses(second, rows.values) ? 'names' : undefined;
  const above = numeric.map((i) => second[i]!).filter((field) => field !== '');
  if (above.every((field) => UNIT.test(field)) && above.some((field) => UNIT.test(field) && !isWeak(field)))
    return 'units';
  if (second.every((field) => TYPE.test(field))) return 'types';
  return areResponses(second, rows.values) || areNames(rows) ? 'names' : undefined;
}
const SEEN = { units: 'has units', names: 'looks like a second row of names', types: 'has types of columns' };

/** The rows below the header are passed over and the names stay. */
const headerStays = ({ report }: Source, titleRows: number, rows: number): ReadOptions => ({
  header: titleRows + 1 + rows,
  columns: report.columns.map(({ name }) => name),
});

/** Qualtrics writes the questions and ids of its own, as JSON, below the names. */
const IMPORT_ID = /^\{"ImportId":/;
function surveyRows(source: Source): Suggestion[] {
  const glimpse = source.glimpse!;
  const [questions, ids, ...rows] = dataRows(glimpse);
  if (!questions || !ids || rows.length === 0 || !ids.fields.every((field) => IMPORT_ID.test(field))) return [];
  return [
    {
      code: 'two_header_rows',
      message:
        'The 2 rows below the header are the questions and ids of a survey that Qualtrics exported → ' +
        'they are passed over, and the names stay',
      columns: [],
      evidence: { line: questions.line, fields: questions.fields.filter((field) => field !== '').slice(0, 10) },
      options: headerStays(source, glimpse.titleRows, 2),
    },
  ];
}

/** The names as they are meant, where joining both rows would leave some without their group or have some twice. */
function namesOf({ report }: Source, { heads, names, second, rest }: Header): ReadOptions {
  const meant = second.map((field, i) => joined(names[i]!, field) || (rest[i] ?? ''));
  const plain = second.map((_, i) =>
    [...heads, rest]
      .map((fields) => fields[i] ?? '')
      .filter(Boolean)
      .join(' '),
  );
  const isCut = heads.flat().some((field) => field.length >= GLIMPSE_CHARACTERS);
  const areSame = meant.every((name, i) => name === plain[i]);
  if (areSame || isCut || meant.length < report.columns.length || report.options?.columns) return {};
  return { columns: meant.map((name, i) => name || report.columns[i]!.name) };
}

/** A number, of percent or of money too. */
const isAmount = (field: string) => isSpelledNumber(field.replace(/^[£$€¥] ?| ?[%£$€]$/g, ''));
const isOtherNumber = (field: string) => isAmount(field) && !isYear(Number(field));

/** The rows of a header, the first of them as it is written, and what they are. */
interface Header extends TwoRows {
  heads: readonly (readonly string[])[];
  kind: NonNullable<ReturnType<typeof kindOf>>;
}

/** Whether a row of empty fields may stand between rows of the header, where it counts as one of them. */
const hasEmptyRows = ({ warnings }: Source['report'], rows: Glimpse['first'], count: number) =>
  warnings.some(({ code }) => code === 'empty_rows') &&
  rows.slice(0, count).some((row, i) => rows[i + 1]!.line > row.line + 1 + extraLines(row));

/** Reads the header's row and as many rows below it as its names. */
function headerOf({ report, glimpse }: Source, more: number): Header | undefined {
  const [written, ...below] = glimpse!.first.slice(glimpse!.titleRows).map(({ fields }) => fields);
  if (!written || below.length < more) return undefined;
  const heads = [written, ...below.slice(0, more)];
  // `Source:`, and behind it where the table is from, is a title
  if (heads.slice(0, -1).some(([first]) => first?.endsWith(':'))) return undefined;
  const isRest = isRestOfNames(below[more], ...heads);
  if (hasEmptyRows(report, glimpse!.first.slice(glimpse!.titleRows), more + (isRest ? 1 : 0))) return undefined;
  const rows = below.slice(isRest ? more + 1 : more);
  // years may be the names of groups, other numbers are data
  if (rows.length < LEAST_ROWS || heads.flat().some(isOtherNumber)) return undefined;
  const second = heads.at(-1)!;
  if (second.length !== Math.min(report.columns.length, GLIMPSE_FIELDS)) return undefined;
  if (second.filter((field) => field !== '').length < 2) return undefined;
  const nulls = new Set(report.columns.flatMap(({ null_tokens: tokens }) => Object.keys(tokens)));
  const values = (i: number) =>
    rows.map((fields) => fields[i] ?? '').filter((value) => value !== '' && !nulls.has(value));
  const numbersIn = (i: number) => values(i).filter((value) => !WORDS.has(value));
  const numeric = second
    .map((_, i) => i)
    .filter((i) => numbersIn(i).length >= LEAST_ROWS && numbersIn(i).every(isAmount));
  const isNull = (field: string) => nulls.has(field);
  const rest = isRest ? below[more]! : [];
  const two = { names: overColumns(heads), second, rest, numeric, values, isNull };
  const kind = kindOf(two);
  return kind && { ...two, heads, kind };
}

/** The row below the header has units, types, or is a second row of names, above columns of numbers. */
export const secondHeader: Suggest = (source) => {
  const { report, glimpse } = source;
  if (!glimpse || report.options?.header !== undefined || report.warnings.some(({ code }) => code === 'sep_line'))
    return [];
  const survey = surveyRows(source);
  if (survey.length > 0) return survey;
  const groups = headerOf(source, 2);
  const header = headerOf(source, 1) ?? (groups && hasGroupsInGroups(groups) ? groups : undefined);
  if (!header) return [];
  const { heads, rest, numeric, values, kind } = header;
  const texts = heads.slice(1).flatMap((fields) => fields.filter((field) => field !== ''));
  const columns = numeric.map((i) => report.columns[i]!);
  const numbers =
    numeric.length > 0 && numeric.every((i) => values(i).every(isNumber))
      ? `, and ${columns.length === 1 ? '1 column has' : `${columns.length} columns have`} numbers only`
      : '';
  const { titleRows } = glimpse;
  const rows = heads.length + (rest.length > 0 ? 1 : 0);
  const isOne = heads.length === 2;
  const what = isOne ? `The first row below the header ${SEEN[kind]}` : THREE;
  const joins = isOne ? 'it joins the header' : 'they join the header';
  return [
    {
      code: kind === 'units' ? 'units_row' : 'two_header_rows',
      message:
        `${what} (${named(texts.map((name) => ({ name })))}) → ` +
        `${kind === 'types' ? 'it is passed over' : joins}${numbers}`,
      columns: columns.map(({ name }) => name),
      evidence: { line: glimpse.first[titleRows + 1]!.line, fields: texts.slice(0, 10) },
      options:
        kind === 'types'
          ? headerStays(source, titleRows, 1)
          : {
              header: Array.from({ length: rows }, (_, i) => titleRows + 1 + i),
              ...(kind === 'names' && namesOf(source, header)),
            },
    },
  ];
};
const THREE = 'The first 2 rows below the header look like rows of names';

/** Groups in groups: each of the upper rows has names that stand above several columns. */
const hasGroupsInGroups = ({ heads, kind, second }: Header) =>
  kind === 'names' &&
  !heads[1]!.every((field) => field === '') &&
  heads.slice(0, 2).every((upper) => second.some((below, i) => below !== '' && (upper[i] ?? '') === ''));
