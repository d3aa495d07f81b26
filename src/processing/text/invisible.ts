/**
 * Characters that do not show, or that look like a space without being one, as far as they deserve a warning
 * (kernel/values/invisible.ts finds them in a column). Not among them: joiners between characters beyond ASCII, which
 * are part of scripts and emoji; marks of direction in text that runs from right to left; and U+3000 inside a text, the
 * space of Chinese and Japanese.
 */
const CANDIDATES = /[\u00a0\u00ad\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\ufeff]/gu;
const DIRECTIONS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const RIGHT_TO_LEFT = /[\u05c0-\u07ff]/;

/** "U+00A0" */
const name = (code: number): string => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;

/** Names of those that files have most often. */
const NAMES: Readonly<Record<string, string>> = {
  'U+0009': 'tabulator',
  'U+00A0': 'no-break space',
  'U+00AD': 'soft hyphen',
  'U+200B': 'zero width space',
  'U+200C': 'zero width non-joiner',
  'U+200D': 'zero width joiner',
  'U+200E': 'left-to-right mark',
  'U+200F': 'right-to-left mark',
  'U+2028': 'line separator',
  'U+202F': 'narrow no-break space',
  'U+2060': 'word joiner',
  'U+3000': 'ideographic space',
  'U+FEFF': 'byte order mark',
};

function isMeant(text: string, at: number): boolean {
  const character = text[at]!;
  const isInside = at > 0 && at + 1 < text.length;
  if (/[\u200c\u200d]/.test(character)) return isInside && text[at - 1]! > '\x7f' && text[at + 1]! > '\x7f';
  if (character === '\u3000') return isInside;
  return DIRECTIONS.test(character) && RIGHT_TO_LEFT.test(text);
}

/** Names of such characters, and where a text has them. */
export const invisibleCharacters = {
  name,
  /** "U+00A0 (no-break space)" @param codePoint as `name` gives it */
  inWords: (codePoint: string): string =>
    Object.hasOwn(NAMES, codePoint) ? `${codePoint} (${NAMES[codePoint]})` : codePoint,
  /** Those of a text, each by its code point, one place per occurrence. */
  find: (text: string): { code: number; at: number }[] =>
    [...text.matchAll(CANDIDATES)]
      .map(({ 0: character, index }) => ({ code: character.charCodeAt(0), at: index }))
      .filter(({ at }) => !isMeant(text, at)),
  /** The text with them made visible: `Oslo[U+00A0]`. */
  show: (text: string): string =>
    // most texts have none, and a test costs less than a search
    text.search(CANDIDATES) < 0
      ? text
      : text.replace(CANDIDATES, (character, at: number) =>
          isMeant(text, at) ? character : `[${name(character.charCodeAt(0))}]`,
        ),
};
