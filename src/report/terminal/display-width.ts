const PLAIN = /^[\u0020-\u007e]*$/;
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|\p{Variation_Selector}/gu;
/** Joiners, variation selectors, soft hyphens: terminals give them no width, or disagree on it. */
const INVISIBLE = /[\u00ad\u200b\u2060\ufeff]|\u200c|\u200d|\p{Variation_Selector}/u;
const MARK = /[\p{Mn}\p{Me}]/u;
/** East Asian wide and full-width characters, by ranges of code points, and what is drawn as a picture. */
const WIDE = new RegExp(
  `[${[
    '\\u1100-\\u115f\\u2329\\u232a\\u2e80-\\u303e\\u3041-\\ua4cf\\ua960-\\ua97c\\uac00-\\ud7a3\\uf900-\\ufaff',
    '\\ufe10-\\ufe19\\ufe30-\\ufe6f\\uff01-\\uff60\\uffe0-\\uffe6\\u{16fe0}-\\u{18dff}\\u{1aff0}-\\u{1b2ff}',
    '\\u{1d300}-\\u{1d376}\\u{1f200}-\\u{1f265}\\u{20000}-\\u{3fffd}',
  ].join('')}]|\\p{Emoji_Presentation}`,
  'u',
);
/** Marks on one character: more would pile up over the lines above. */
const MOST_MARKS = 4;

/**
 * Text of the data made safe for a terminal, on one line: a control character is shown as its picture (␛) and has no
 * effect, a character that changes the direction of writing is shown as U+FFFD.
 */
export function printable(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(UNPRINTABLE, (character) => {
    const code = character.codePointAt(0)!;
    if (code >= 0x09 && code <= 0x0d) return ' ';
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    if (code === 0x7f) return '\u2421';
    return INVISIBLE.test(character) ? '' : '\ufffd';
  });
}

/** Columns that printable text takes on a terminal. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}
function widthOf(character: string): number {
  if (MARK.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** Printable text in at most `width` columns, cut with an ellipsis. */
export function cutToWidth(text: string, width: number): string {
  if (PLAIN.test(text))
    return text.length <= width ? text : `${text.slice(0, Math.max(width - 1, 0))}…`.slice(0, width);
  let shown = '';
  let cut = ''; // what is shown when the text turns out to be too long
  let used = 0;
  let marks = 0;
  for (const character of text) {
    const own = widthOf(character);
    marks = own === 0 ? marks + 1 : 0;
    if (marks > MOST_MARKS) continue;
    if (used + own > width) return width > 0 ? `${cut}…` : '';
    shown += character;
    used += own;
    if (used < width) cut = shown;
  }
  return shown;
}
