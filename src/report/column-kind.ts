import type { ColumnKind } from './column-kinds.ts';
import { type NameHints, nameHints } from './column-name.ts';
import type { ColumnReport } from './document.ts';

/** The facts of a column that its kind follows from. */
export type KindFacts = Omit<ColumnReport, 'kind' | 'position'>;

/** An estimate of the different values is within this of their number when all differ (its error is 0.8 %). */
const ESTIMATE = 0.03;
/** A category has at most so many different whole numbers, or this many when its name says that it is one. */
const CATEGORY_NUMBERS = 10;
const NAMED_NUMBERS = 31;
/** A category has at most so many different texts, each this often in the mean. */
const CATEGORY_TEXTS = 1_000;
const TIMES = 2;
/** Numbers are only taken for categories, years or shares without a name that says so from this many values on. */
const ENOUGH = 10;
/** Longer texts are sentences, however often they repeat. */
const LONG = 60;
/** From this share on, a text column is of what its values resemble. */
const RESEMBLING = 0.8;

const PAIRS = new Set(
  ['true/false', 't/f', 'yes/no', 'y/n', 'on/off', 'm/f', 'male/female', 'men/women', 'ja/nein', 'j/n', 'oui/non']
    .concat([
      'sí/no',
      'si/no',
      's/n',
      'sim/não',
      '0/1',
      'active/inactive',
      'pass/fail',
      'present/absent',
      'positive/negative',
    ])
    .map((pair) => pair.split('/').sort().join('/')),
);

/**
 * What the values of a column stand for, which decides how they are shown and which alerts make sense. It follows from
 * the facts of the column and its name; where they say nothing, numbers are a `measure` and texts are `text`.
 */
export function columnKind(column: KindFacts): ColumnKind {
  const { type, count } = column;
  if (count === 0 || type === 'empty') return 'empty';
  if (type === 'json') return 'nested';
  if (type === 'boolean') return 'flag';
  if (type === 'date' || type === 'datetime') return 'date';
  const name = nameHints(column.name);
  if (type === 'integer' || type === 'decimal' || type === 'number') return numberKind(column, name);
  return textKind(column, name);
}

function numberKind(column: KindFacts, name: NameHints): ColumnKind {
  const min = Number(column.min);
  const max = Number(column.max);
  const whole = isWhole(column);
  if (isPair(column)) return 'flag';
  if (whole && name.contact) return 'code';
  if (whole && name.id && areAllDifferent(column)) return 'id';
  if (isYear(column, name, min, max)) return 'year';
  if (whole && name.code && !name.count) return 'code';
  if (whole && areTimes(column, name, min, max)) return 'date';
  if (isShare(column, name, min, max)) return 'share';
  if (whole && isRun(column, min, max) && !name.calendar && !name.count && !name.group) return 'id';
  if (whole && isNumberedGroup(column, name, min, max)) return 'category';
  return 'measure';
}

function textKind(column: KindFacts, name: NameHints): ColumnKind {
  const { count, distinct, resembles, length } = column;
  if (!distinct) return 'text'; // a report of the first versions
  const resembled = resembles && resembles.matching / count >= RESEMBLING ? resembles : undefined;
  if (isPair(column) || resembled?.type === 'boolean') return 'flag';
  if (resembled?.type === 'date') return 'date';
  if (resembled?.type === 'number') return spelledKind(column, name, resembled);
  const differ = areAllDifferent(column);
  const unspaced = (length?.max ?? 0) <= 128 && column.top_values.every(({ value }) => !/\s/.test(value.trim()));
  if (name.contact && unspaced) return 'code';
  if (differ && ((name.id && unspaced) || (count >= ENOUGH && areCodes(column)))) return 'id';
  if (!differ && ((name.code && unspaced) || (distinct.count > CATEGORY_NUMBERS && areCodes(column)))) return 'code';
  if (arePhones(column)) return 'code';
  const short = (length?.mean ?? 0) <= LONG;
  const repeats = distinct.count <= CATEGORY_TEXTS && count >= TIMES * distinct.count;
  return short && repeats ? 'category' : 'text';
}

/** Of numbers that are written as text, with codes, units or words among them. */
function spelledKind(column: KindFacts, name: NameHints, resembles: NonNullable<KindFacts['resembles']>): ColumnKind {
  if (resembles.codes) return name.id && !name.contact && areAllDifferent(column) ? 'id' : 'code';
  if (name.contact) return 'code';
  if (resembles.spellings[0]?.like === 'percent') return 'share';
  if (resembles.spellings.length > 0) return 'measure';
  if (name.id && areAllDifferent(column)) return 'id';
  return name.year ? 'year' : name.code ? 'code' : 'measure';
}

/** Whether all values are whole numbers: integers, or decimals such as 3.0 as far as the report shows them. */
function isWhole({ type, min, max, top_values }: KindFacts): boolean {
  if (type === 'integer') return true;
  if (top_values.length === 0) return false;
  const known = [...top_values.map(({ value }) => value), min, max];
  return known.every((value) => typeof value === 'bigint' || Number.isInteger(Number(value)));
}

/** Whether no value repeats; of more different values than are counted one by one, as far as the estimate tells. */
function areAllDifferent({ distinct, count }: KindFacts): boolean {
  if (!distinct) return false;
  return distinct.exact ? distinct.count === count && count > 1 : distinct.count >= count * (1 - ESTIMATE);
}

/** Whether the whole numbers are all those from the least to the greatest, once each. */
const isRun = (column: KindFacts, min: number, max: number): boolean =>
  column.count >= ENOUGH && max - min + 1 === column.count && areAllDifferent(column);

function isPair({ distinct, top_values, type }: KindFacts): boolean {
  if (!distinct?.exact || distinct.count !== 2 || top_values.length !== 2) return false;
  const values = top_values.map(({ value }) => (type === 'text' ? value.trim().toLowerCase() : String(Number(value))));
  return PAIRS.has(values.sort().join('/'));
}

/** Years: the name says so, or (enough of them) they lie close together around the present. */
function isYear(column: KindFacts, { year, count, id }: NameHints, min: number, max: number): boolean {
  const { type } = column;
  if (year) return min >= 1_000 && max <= 2_999 && !count;
  if (type !== 'integer' || count || id || column.count < ENOUGH) return false;
  return min >= 1_500 && max <= 2_199 && max - min < 100;
}

/** Times as numbers: 20240531, or seconds or milliseconds since 1970 from 1973 to 2096 where the name says so. */
function areTimes({ top_values }: KindFacts, { time }: NameHints, min: number, max: number): boolean {
  const isDay = (day: number) => /^(?:1[6-9]|20|21)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(String(day));
  if ([min, max, ...top_values.map(({ value }) => Number(value))].every(isDay)) return true;
  return time && ((min >= 1e8 && max < 4e9) || (min >= 1e11 && max < 4e12));
}

function isShare(column: KindFacts, name: NameHints, min: number, max: number): boolean {
  if (!(min >= 0) || max > 100 || name.count) return false;
  if (name.percent) return max > 1 || column.type === 'decimal';
  if (max > 1 || column.type !== 'decimal') return false;
  return name.ratio || (column.count >= ENOUGH && max - min >= 0.5 && !isWhole(column));
}

/** Few small whole numbers from 0 on that repeat, or more where the name says that they are groups, months or hours. */
function isNumberedGroup({ distinct, count }: KindFacts, name: NameHints, min: number, max: number): boolean {
  if (!distinct?.exact || distinct.count < 2 || name.count || min < 0) return false;
  if (name.calendar) return max < 60;
  if (name.group) return distinct.count <= NAMED_NUMBERS && count >= TIMES * distinct.count;
  return distinct.count <= CATEGORY_NUMBERS && max <= 100 && count >= Math.max(ENOUGH, 5 * distinct.count);
}

const UUID = /^\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i;
const HEXADECIMAL = /^(?=.*\d)[0-9a-f]{8,128}$/i;
/** Capitals and digits, in groups: `AB-1234`, `US`, `1.100.101`. */
const CAPITALS = /^[A-Z0-9]+(?:[-._/:][A-Z0-9]+)*$/;

/** Months and quarters look like codes. */
const PERIOD = /^[12]\d{3}[-./]?(?:(?:0[1-9]|1[0-2])|Q[1-4]|W\d\d)$/;

/** Whether texts have the form of codes: UUIDs, hexadecimal numbers, or capitals and digits of one length. */
function areCodes({ length, top_values }: KindFacts): boolean {
  if (!length || top_values.length === 0) return false;
  const all = (form: RegExp) => top_values.every(({ value }) => form.test(value));
  if (all(UUID)) return true;
  if (all(PERIOD)) return false;
  return length.min === length.max && length.min > 1 && length.min <= 128 && (all(HEXADECIMAL) || all(CAPITALS));
}

/** Whether texts are telephone numbers as they are usually written; not pairs of decimals. */
const arePhones = ({ top_values }: KindFacts): boolean =>
  top_values.length > 0 &&
  top_values.every(({ value }) => {
    const isDecimal = (part: string) => part.includes('.') && Number.isFinite(Number(part));
    if (!/^\+?[\d\s().-]{9,20}$/.test(value) || value.split(/\s+/).some(isDecimal)) return false;
    return value.replace(/\D/g, '').length >= 9;
  });
