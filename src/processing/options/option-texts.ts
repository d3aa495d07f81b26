import { OPTION_NAMES, OPTIONS, type OptionDescription, type OptionName } from './describe-options.ts';
import type { ReadOptions } from './read-options.ts';

// Options as somebody types them, in a flag of the command or in a field of the form. What a text cannot be is given on
// as it is, for validate-options.ts to refuse.

/** Characters that are hard to type, by what is typed instead. */
const NAMED: Readonly<Record<string, string>> = { '\\t': '\t', tab: '\t', space: ' ' };
const CODE = /^(?:U\+|\\u)([0-9a-fA-F]{4})$/;

/** The character that a text names: itself, `\t`, `space`, or `U+0001`. */
function characterOf(text: string): string {
  const code = CODE.exec(text)?.[1];
  return code === undefined ? (NAMED[text] ?? text) : String.fromCharCode(Number.parseInt(code, 16));
}

/** A character as it is typed. */
function nameOf(character: string): string {
  const named = Object.entries(NAMED).find(([, value]) => value === character)?.[0];
  if (named !== undefined) return named;
  if (character.length > 1 || /^[!-~\u00a1-\u00ac\u00ae-\u02ff]$/.test(character)) return character;
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

const wholeOf = (text: string): number | string => (/^\d{1,15}$/.test(text) ? Number(text) : text);

/** Texts between commas, or a list as JSON where a text has a comma in it. */
function textsOf(text: string): unknown {
  if (text.startsWith('['))
    try {
      return JSON.parse(text);
    } catch {
      // a text that begins with a bracket
    }
  return text.split(',');
}

/** The types in `zip=text,day=date`; a name may have commas and equals signs of its own. */
function typesOf(text: string, types: readonly string[]): unknown {
  const found: [string, string][] = [];
  const entry = new RegExp(`(.*?)=(${types.join('|')})(?:,|$)`, 'gs');
  let end = 0;
  for (const match of text.matchAll(entry)) {
    if (match.index !== end) break;
    found.push([match[1]!, match[2]!]);
    end += match[0].length;
  }
  return end === text.length && found.length > 0 ? Object.fromEntries(found) : text;
}

/** The value of an option that is typed as a text. */
export function valueOfText(option: OptionDescription, text: string): unknown {
  switch (option.kind) {
    case 'choice':
      return option.values.every((value) => value.length === 1) ? characterOf(text) : text;
    case 'character':
      return option.none && text === 'none' ? null : characterOf(text);
    case 'header': {
      if (text === 'true' || text === 'false') return text === 'true';
      const rows = text.split(',').map((row) => wholeOf(row.trim()));
      return rows.length === 1 ? rows[0] : rows;
    }
    case 'count':
    case 'sheet':
      return wholeOf(text);
    case 'texts':
      return textsOf(text);
    case 'types':
      return typesOf(text, option.values);
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : text;
    default:
      return text;
  }
}

/** The text that gives a value again; of a sheet whose name is a number, that is not possible. */
export function textOfValue(option: OptionDescription, value: unknown): string {
  switch (option.kind) {
    case 'choice':
      return option.values.every(({ length }) => length === 1) ? nameOf(String(value)) : String(value);
    case 'character':
      return value === null ? 'none' : nameOf(String(value));
    case 'texts': {
      const texts = value as string[];
      const isPlain = texts.length > 0 && !texts.some((each) => each.includes(',')) && !texts[0]!.startsWith('[');
      return isPlain ? texts.join(',') : JSON.stringify(texts);
    }
    case 'types':
      return Object.entries(value as object)
        .map((entry) => entry.join('='))
        .join(',');
    default:
      return String(value); // of rows with commas
  }
}

/** The name of an option's flag, without hyphens before it: `skip-rows`. */
export const flagName = (name: OptionName): string => name.replaceAll('_', '-');

/** Text for a shell, in quotes where it needs them. */
const inShell = (text: string): string => (/^[\w./:=,+@%-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** A flag without a value says yes: there is none that says no. */
const isFlag = (name: OptionName, value: unknown) => OPTIONS[name].kind !== 'boolean' || value !== false;

/** Options as flags of the command: `--delimiter ';' --header 3`. */
export const flagsOf = (options: ReadOptions): string =>
  OPTION_NAMES.filter((name) => options[name] !== undefined && isFlag(name, options[name]))
    .map((name) => {
      const text = OPTIONS[name].kind === 'boolean' ? '' : ` ${inShell(textOfValue(OPTIONS[name], options[name]))}`;
      return `--${flagName(name)}${text}`;
    })
    .join(' ');
