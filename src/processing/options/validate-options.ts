import {
  allowedOf,
  MOST_NAME_CHARACTERS,
  OPTION_NAMES,
  OPTIONS,
  type OptionKind,
  type OptionName,
} from './describe-options.ts';
import type { ReadOptions } from './read-options.ts';

/** @param called what an option is called @param isTyped whether values are typed as texts */
type Sentence = (called: (name: OptionName) => string, isTyped: boolean) => string;

/** Options that cannot be. The message is a sentence: which one, and what is allowed. */
export class OptionsError extends Error {
  readonly #sentence: Sentence;

  constructor(sentence: Sentence) {
    super(sentence((name) => `"${name}"`, false));
    this.name = 'OptionsError';
    this.#sentence = sentence;
  }
  /** The message for who calls options something else than JSON does. @param isTyped values are typed as texts */
  saidWith(called: (name: OptionName) => string, isTyped = false): string {
    return this.#sentence(called, isTyped);
  }
}

const EXAMPLE = '{"delimiter": ";"}';
/** Characters of a wrong name or value in a sentence. */
const SHOWN_CHARACTERS = 80;
const SHOWN_LEVELS = 3;

/** Texts that a database takes: it has no NUL and no half of a surrogate pair. Limits are in code points. */
const isText = (value: unknown, least: number, most: number): value is string =>
  typeof value === 'string' &&
  value.length >= least &&
  (value.length <= most || (value.length <= 2 * most && [...value].length <= most)) &&
  !value.includes('\u0000') &&
  value.isWellFormed();
const isWhole = (value: unknown, least: number, most: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;

function isEncoding(label: unknown): boolean {
  try {
    return typeof label === 'string' && new TextDecoder(label).encoding !== '';
  } catch {
    return false;
  }
}

/** Whether an option takes a value. */
function isAllowed(option: OptionKind, value: unknown): boolean {
  switch (option.kind) {
    case 'choice':
      return (option.values as readonly unknown[]).includes(value);
    case 'encoding':
      return isEncoding(value);
    case 'character':
      return (value === null && option.none === true) || (isText(value, 1, 1) && /^[^\r\n\ufeff]$/u.test(value));
    case 'header':
      return typeof value === 'boolean' || isRows(value, option);
    case 'count':
      return isWhole(value, 0, option.most);
    case 'text':
      return isText(value, 1, option.most) && !(option.line && /[\r\n]/.test(value));
    case 'texts': {
      const { least, most, length } = option;
      if (!Array.isArray(value) || value.length < least || value.length > most) return false;
      return value.every((each) => isText(each, 0, length));
    }
    case 'types':
      return isObject(value) && Object.entries(value).every(([name, type]) => isTyped(name, type, option.values));
    case 'sheet':
      return isText(value, 1, option.most) || isWhole(value, 1, Number.MAX_SAFE_INTEGER);
    case 'pointer':
      return isText(value, 0, MOST_NAME_CHARACTERS) && /^(?:\/|$)/.test(value);
    case 'boolean':
      return typeof value === 'boolean';
  }
}

function isRows(value: unknown, { most, rows: mostRows }: { most: number; rows: number }): boolean {
  const rows = Array.isArray(value) ? value : [value];
  if (rows.length === 0 || rows.length > mostRows) return false;
  return rows.every((row, i) => isWhole(row, i === 0 ? 1 : rows[i - 1] + 1, most));
}

const isTyped = (name: string, type: unknown, types: readonly unknown[]) =>
  isText(name, 0, MOST_NAME_CHARACTERS) && types.includes(type);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Options that would make the same character two things. */
const DIFFERENT: [OptionName, OptionName][] = [
  ['delimiter', 'quote'],
  ['delimiter', 'escape'],
  ['decimal', 'thousands'],
];

/**
 * Validates options as somebody has given them.
 * @returns them in the order in which they are described, so that the same options are the same text; undefined where
 *   none is given
 * @throws OptionsError
 */
export function validateOptions(given: unknown): ReadOptions | undefined {
  if (!isObject(given)) throw new OptionsError(() => `"options" must be a JSON object, such as ${EXAMPLE}.`);
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(OPTIONS, name));
  if (unknown !== undefined)
    throw new OptionsError(() => `Unknown option ${quoted(unknown)}. Allowed are ${OPTION_NAMES.join(', ')}.`);
  const options: Record<string, unknown> = {};
  for (const name of OPTION_NAMES) {
    const value = given[name];
    if (value === undefined) continue;
    if (!isAllowed(OPTIONS[name], value))
      throw new OptionsError(
        (called, isTyped) => `${called(name)} must be ${allowedOf(OPTIONS[name], isTyped)}, not ${quoted(value)}.`,
      );
    options[name] = canonical(name, value);
  }
  if (options.delimiter === '"' && options.quote === undefined)
    throw new OptionsError((called, isTyped) => {
      const none = isTyped ? 'none' : 'null';
      return `${called('delimiter')} is the quote: give ${called('quote')} as well, ${none} where no character quotes.`;
    });
  for (const [one, other] of DIFFERENT)
    if (options[one] !== undefined && options[one] === options[other])
      throw new OptionsError(
        (called) => `${called(one)} and ${called(other)} must be different, not both ${quoted(options[one])}.`,
      );
  return Object.keys(options).length > 0 ? (options as ReadOptions) : undefined;
}

/** Validates options that are given as JSON. @throws OptionsError */
export function parseOptions(text: string): ReadOptions | undefined {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new OptionsError(() => `"options" is not JSON: write an object such as ${EXAMPLE}.`);
  }
  return validateOptions(given);
}

/** The same value in one spelling. */
function canonical(name: OptionName, value: unknown): unknown {
  if (name === 'encoding') return (value as string).trim().toLowerCase();
  if (name !== 'types') return value;
  return Object.fromEntries(Object.entries(value as object).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether options as they were validated are the same. */
export const isSameReading = (one: ReadOptions | undefined, other: ReadOptions | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

function quoted(value: unknown): string {
  const text = JSON.stringify(outer(value, SHOWN_LEVELS)) ?? 'undefined';
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}

/** Of a value only what a sentence shows: JSON.stringify overflows the stack with one that is nested very deeply. */
function outer(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return '…';
  const shown = Object.entries(value).slice(0, SHOWN_CHARACTERS);
  if (Array.isArray(value)) return shown.map(([, each]) => outer(each, levels - 1));
  return Object.fromEntries(shown.map(([name, each]) => [name, outer(each, levels - 1)]));
}
