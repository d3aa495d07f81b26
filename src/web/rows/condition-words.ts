import type { RowCondition } from '../../processing/row-conditions.ts';
import { invisibleCharacters } from '../../processing/text/invisible.ts';
import { countOf, figure, whole } from '../../report/formatting.ts';
import type { Report } from './report.ts';

/** Characters of a value that a chip shows. */
const SHOWN = 40;
/** Values that a chip lists. */
const LISTED = 3;

const TYPES: Record<string, string> = {
  integer: 'a whole number',
  decimal: 'a number',
  number: 'a number', // what a text column may resemble
  boolean: 'true or false',
  date: 'a date',
  datetime: 'a date with a time',
  json: 'a nested value',
  text: 'a text',
};
/** What a value of a type is: "a whole number". */
const typeInWords = (type: string | undefined): string => TYPES[type ?? ''] ?? "of the column's type";

/** Spellings of numbers by their names in a report (`resembles.spellings[].like`); those of dates are examples. */
const LIKE: Record<string, string> = {
  currency: 'is written with a currency sign',
  percent: 'is written with a % sign',
  parentheses: 'is written in parentheses, as (5) for -5',
  'limits such as <5': 'is written as a limit, such as <5',
  'a minus at the end': 'is written with a minus at the end',
  'another minus sign': 'is written with another minus sign',
  'a suffix such as k': 'is written with a suffix, such as 5k',
  'digits of another script': 'is written with digits of another script',
  'lakh groups': 'is written with lakh groups, as 1,00,000',
  thousands: 'is written with thousands separators',
  'decimal comma': 'is written with a decimal comma',
  'characters that do not show': 'is written with characters that do not show',
};

const cut = (text: string) => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);
/** A value in a sentence: in quotes where it would not be seen to be one. */
const quoted = (text: string) => (/^[^\s"]+( [^\s"]+)*$/.test(text) ? cut(text) : `“${cut(text)}”`);
const among = (texts: string[], many = 'one of') =>
  texts.length > LISTED ? `${many} ${whole(texts.length)} values` : texts.map(quoted).join(' or ');
const bound = (value: number | string) => (typeof value === 'number' && isPlain(value) ? whole(value) : String(value));
/** Numbers with thousands separators, but not those that may be years. */
const isPlain = (value: number) => Number.isInteger(value) && Math.abs(value) >= 10_000;

function boundsInWords({ gte, gt, lte, lt }: RowCondition): string[] {
  if (gte !== undefined && lte !== undefined)
    return [gte === lte ? `is ${bound(gte)}` : `is between ${bound(gte)} and ${bound(lte)}`];
  if (gte !== undefined && lt !== undefined) return [`is at least ${bound(gte)} and below ${bound(lt)}`];
  const words: string[] = [];
  if (gte !== undefined) words.push(`is at least ${bound(gte)}`);
  if (gt !== undefined) words.push(`is above ${bound(gt)}`);
  if (lte !== undefined) words.push(`is at most ${bound(lte)}`);
  if (lt !== undefined) words.push(`is below ${bound(lt)}`);
  return words;
}

const characters = (count: number) => countOf(count, 'character');
function lengthInWords({ min_length: min, max_length: max }: RowCondition): string[] {
  if (min !== undefined && max !== undefined)
    return [min === max ? `has ${characters(min)}` : `has ${whole(min)} to ${characters(max)}`];
  if (min !== undefined) return [`has ${characters(min)} or more`];
  return max === undefined ? [] : [`has ${characters(max)} or fewer`];
}

function outlierInWords({ outlier, column = '' }: RowCondition, report: Report): string[] {
  if (!outlier) return [];
  const fences = report.anomalies.outliers[column];
  const low = fences && `below ${figure(fences.lower_fence)}`;
  const high = fences && `above ${figure(fences.upper_fence)}`;
  const bounds = outlier === 'low' ? low : outlier === 'high' ? high : fences && `${low} or ${high}`;
  const side = { low: 'a low outlier', high: 'a high outlier', any: 'an outlier' }[outlier];
  return [bounds ? `is an outlier ${bounds}` : `is ${side}`];
}

function valueInWords(condition: RowCondition, report: Report): string[] {
  const { column, in: texts, not_in, contains, starts_with, is_null, of_type, resembles } = condition;
  const known = report.columns.find(({ name }) => name === column);
  const words: string[] = [];
  const not = (isSo: boolean) => (isSo ? '' : 'not ');
  if (texts) words.push(`is ${among(texts)}`);
  if (not_in) words.push(`is ${not_in.length > LISTED ? '' : 'not '}${among(not_in, 'none of')}`);
  if (contains !== undefined) words.push(`contains ${quoted(contains)}`);
  if (starts_with !== undefined) words.push(`begins with ${quoted(starts_with)}`);
  if (is_null !== undefined) words.push(`is ${not(is_null)}null`);
  if (of_type !== undefined) words.push(`is ${not(of_type)}${typeInWords(known?.type)}`);
  if (resembles !== undefined)
    words.push(`${resembles ? 'can be read as' : 'cannot be read as'} ${typeInWords(known?.resembles?.type)}`);
  return words;
}

function spellingInWords({ like, white_space, invisible, swallowed }: RowCondition): string[] {
  const words: string[] = [];
  if (like !== undefined) words.push(LIKE[like] ?? `is written like ${quoted(like)}`);
  if (white_space !== undefined)
    words.push(`${white_space ? 'begins or ends' : 'does not begin or end'} with white space`);
  if (invisible !== undefined) words.push(`contains the character ${invisibleCharacters.inWords(invisible)}`);
  if (swallowed !== undefined) words.push(`${swallowed ? 'spans' : 'does not span'} lines that look like rows`);
  return words;
}

function rowInWords({ duplicate, duplicate_of, bad }: RowCondition): string[] {
  const words: string[] = [];
  if (duplicate !== undefined) words.push(duplicate ? 'repeats an earlier row' : 'does not repeat an earlier row');
  if (duplicate_of !== undefined) words.push(`equals row ${whole(duplicate_of)}`);
  if (bad !== undefined) words.push(bad ? 'has too few or too many fields' : "has the header's number of fields");
  return words;
}

/** A condition as a sentence about `subject`, which is the column or "Row": "is an outlier above 65.63". */
export function inWords(condition: RowCondition, report: Report): { subject: string; says: string } {
  const says = [
    ...valueInWords(condition, report),
    ...outlierInWords(condition, report),
    ...boundsInWords(condition),
    ...lengthInWords(condition),
    ...spellingInWords(condition),
    ...rowInWords(condition),
  ];
  return { subject: condition.column ?? 'Row', says: says.join(' and ') || 'has no condition' };
}
