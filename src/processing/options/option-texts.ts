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

/** The number that a text is, with or without space around it. */
const wholeOf = (text: string): number | string => (/^\s*\d{1,15}\s*$/.test(text) ? Number(text) : text);

/** What a text is as JSON; undefined where it begins like none, or is none. */
function jsonOf(text: string, begins: '[' | '{' | '"'): unknown {
  if (!text.trimStart().startsWith(begins)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a text that begins like JSON
  }
}

/**
 * Texts between commas, without the space around them, or a list as JSON where one of them has commas or space that
 * belong to it.
 */
const textsOf = (text: string): unknown => jsonOf(text, '[') ?? text.split(',').map((each) => each.trim());

/** A text that may be in quotes, as JSON has them, where it would be taken for something else. */
const quotedOf = (text: string): string | undefined => {
  const json = jsonOf(text, '"');
  return typeof json === 'string' ? json : undefined;
};

/**
 * The types in `zip=text,day=date`, or an object as JSON; a name may have commas and equals signs of its own.
 */
function typesOf(text: string, types: readonly string[]): unknown {
  const json = jsonOf(text, '{');
  if (json !== undefined) return json;
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
      return wholeOf(text);
    case 'sheet':
      return quotedOf(text) ?? wholeOf(text);
    case 'pointer':
      return quotedOf(text) ?? text;
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

/** The text that gives a value again. */
export function textOfValue(option: OptionDescription, value: unknown): string {
  switch (option.kind) {
    case 'choice':
      return option.values.every(({ length }) => length === 1) ? nameOf(String(value)) : String(value);
    case 'character':
      return value === null ? 'none' : nameOf(String(value));
    case 'texts':
      return plainOr(option, value, (value as string[]).join(','));
    case 'types':
      return plainOr(
        option,
        value,
        Object.entries(value as object)
          .map((entry) => entry.join('='))
          .join(','),
      );
    case 'sheet':
    case 'pointer':
      return plainOr(option, value, String(value));
    default:
      return String(value); // of rows with commas
  }
}

/** The plain text of a value where it gives the value again, else JSON. An empty text would say nothing in a form. */
function plainOr(option: OptionDescription, value: unknown, plain: string): string {
  const json = JSON.stringify(value);
  return plain !== '' && JSON.stringify(valueOfText(option, plain)) === json ? plain : json;
}

/** The name of an option's flag, without hyphens before it: `skip-rows`. */
export const flagName = (name: OptionName): string => name.replaceAll('_', '-');

/** Text for a shell, in quotes where it needs them: in double ones where it has single ones and nothing else. */
function inShell(text: string): string {
  if (/^[\w./:=,+@%-]+$/.test(text)) return text;
  return /^[^"$`!\\]*'[^"$`!\\]*$/.test(text) ? `"${text}"` : `'${text.replaceAll("'", "'\\''")}'`;
}

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
