import { ConditionError } from '../errors.ts';
import type { RowCondition } from '../row-conditions.ts';
import { cut } from '../text/trim.ts';

/** Conditions in one request, texts of one list, and characters of one text: what is asked for is held in memory. */
export const MAX_CONDITIONS = 20;
export const MAX_TEXTS = 1_000;
const MAX_TEXT_CHARACTERS = 4_096;

/** Sides of the fences, for `outlier`. */
export const OUTLIER_SIDES = ['low', 'high', 'any'] as const;

type Kind = 'text' | 'texts' | 'boolean' | 'side' | 'bound' | 'length' | 'row';
/** What the value of each member is: checked here, described by the APIs. */
export const CONDITION_KINDS = {
  column: 'text',
  in: 'texts',
  not_in: 'texts',
  contains: 'text',
  starts_with: 'text',
  is_null: 'boolean',
  of_type: 'boolean',
  outlier: 'side',
  gte: 'bound',
  gt: 'bound',
  lte: 'bound',
  lt: 'bound',
  min_length: 'length',
  max_length: 'length',
  white_space: 'boolean',
  invisible: 'text',
  resembles: 'boolean',
  like: 'text',
  swallowed: 'boolean',
  duplicate: 'boolean',
  duplicate_of: 'row',
  bad: 'boolean',
} as const satisfies Record<keyof RowCondition, Kind>;
const isText = (value: unknown) => typeof value === 'string' && value.length <= MAX_TEXT_CHARACTERS;
const isWhole = (value: unknown, least: number) => Number.isSafeInteger(value) && (value as number) >= least;
const characters = MAX_TEXT_CHARACTERS.toLocaleString('en');

const KINDS: Readonly<Record<Kind, [what: string, is: (value: unknown) => boolean]>> = {
  text: [`a text of at most ${characters} characters`, isText],
  texts: [
    `a list of 1 to ${MAX_TEXTS.toLocaleString('en')} texts of at most ${characters} characters`,
    (value) => Array.isArray(value) && value.length > 0 && value.length <= MAX_TEXTS && value.every(isText),
  ],
  boolean: ['true or false', (value) => typeof value === 'boolean'],
  side: ['"low", "high" or "any"', (value) => OUTLIER_SIDES.some((side) => side === value)],
  bound: ['a number or a date', (value) => Number.isFinite(value) || isText(value)],
  length: ['a whole number from 0', (value) => isWhole(value, 0)],
  row: ['a row number from 1', (value) => isWhole(value, 1)],
};

/**
 * The conditions of a request: one object, or a list of at most MAX_CONDITIONS. A member that is null is not there.
 * Whether the dataset can answer them is known to `filterRows`.
 * @throws ConditionError for what is none
 */
export function parseConditions(value: unknown): RowCondition[] {
  const list = Array.isArray(value) ? value : [value];
  if (list.length > MAX_CONDITIONS) throw new ConditionError(`At most ${MAX_CONDITIONS} conditions can be combined.`);
  return list.map(parseCondition);
}

function parseCondition(value: unknown): RowCondition {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ConditionError('A condition is an object such as {"column": "fare", "is_null": true}.');
  const condition: Record<string, unknown> = {};
  for (const [member, given] of Object.entries(value)) {
    if (given === null || given === undefined) continue;
    if (!Object.hasOwn(CONDITION_KINDS, member)) throw new ConditionError(unknownMember(member));
    const [what, is] = KINDS[CONDITION_KINDS[member as keyof RowCondition]];
    if (!is(given)) throw new ConditionError(`"${member}" must be ${what}.`);
    condition[member] = given;
  }
  return condition;
}

/** Members that other languages of conditions have, and what they are called here. */
const ALIASES: ReadonlyMap<string, keyof RowCondition> = new Map([
  ...['eq', 'equals', 'is', 'value', 'values', 'one_of'].map((name) => [name, 'in'] as const),
  ...['ne', 'neq', 'not', 'nin', 'notin'].map((name) => [name, 'not_in'] as const),
  ...['null', 'isnull', 'empty'].map((name) => [name, 'is_null'] as const),
  ...['min', 'from', 'ge'].map((name) => [name, 'gte'] as const),
  ...['max', 'to', 'le'].map((name) => [name, 'lte'] as const),
  ...['search', 'match', 'ilike'].map((name) => [name, 'contains'] as const),
  ...['field', 'name'].map((name) => [name, 'column'] as const),
]);
/** Code points of an unknown member in a sentence; longer ones resemble none. */
const MEMBER_CODE_POINTS = 40;

function unknownMember(member: string): string {
  const all = Object.keys(CONDITION_KINDS);
  const name = member.toLowerCase().replaceAll('-', '_').slice(0, MEMBER_CODE_POINTS);
  const meant =
    ALIASES.get(name) ??
    all.find((each) => isNear(name, each) || each.replaceAll('_', '') === name.replaceAll('_', ''));
  const question = meant === undefined ? '' : ` Did you mean "${meant}"?`;
  return `Unknown condition "${cut(member, MEMBER_CODE_POINTS)}".${question} All: ${all.join(', ')}.`;
}

/** Whether one letter is missing, too many or another one; of names of at least four letters. */
function isNear(name: string, member: string): boolean {
  if (member.length < 4 || Math.abs(name.length - member.length) > 1) return false;
  let same = 0;
  while (same < name.length && name[same] === member[same]) same++;
  const rest = (a: string, b: string) => a.slice(same + 1) === b.slice(same);
  return rest(name, member) || rest(member, name) || name.slice(same + 1) === member.slice(same + 1);
}
