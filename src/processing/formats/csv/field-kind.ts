import { SAMPLE_FIELD_CHARACTERS } from '../../limits.ts';
import { isNullToken } from '../../text/null-tokens.ts';
import { trimAscii } from '../../text/trim.ts';
import { QUOTING } from './scanner.ts';

/**
 * What a field of the head is, by which a delimiter is scored. `torn`: it holds another delimiter or half of a pair of
 * quotes. One of three classifiers of single values: this one is coarse and fast, and knows foreign spellings, since no
 * type follows from it. The class that counts for a column's type is kernel/values/value-class.ts, and
 * text/value-type.ts decides whether a column's name looks like a value.
 */
export type FieldKind = 'empty' | 'number' | 'time' | 'boolean' | 'text' | 'torn';

const SIGN = String.raw`(?:[$\x80\xa3\xa5]|\xc2[\xa3\xa5]|\xe2\x82\xac|EUR|USD)`;
/** Lakh groups (12,34,567), and thousands: after commas a decimal point, after other marks a decimal comma. */
const GROUPS = [
  String.raw`\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?`,
  String.raw`\d{1,3}(?:(?:,\d{3})+(?:\.\d+)?|(?:(?:[. ']|\xc2?\xa0|\xe2\x80\xaf)\d{3})+(?:,\d+)?)`,
].join('|');
/** `<`, `>`, `~`, `±`, `≈`, `≤`, `≥`, `ca.`: in front of a measured value. */
const BOUND = String.raw`(?:(?:[<>~\xb1]=?|\xc2\xb1|\xe2\x89[\x88\xa4\xa5]|ca\.) ?)?`;
const DIGITS = String.raw`(?:${GROUPS}|\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d+)?`;
const NUMBER = new RegExp(`^${BOUND}[-+]?(?:${SIGN} ?)?[-+]?${DIGITS}(?: ?(?:%|${SIGN}))?$`);
const CLOCK = String.raw`\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?`;
const ZONE = String.raw`(?: ?(?:[AaPp][Mm]|Z|[-+]\d{2}:?\d{2}))?`;
const DAY = String.raw`\d{1,4}([-/.])\d{1,2}\1\d{1,4}`;
const TIME = new RegExp(`^(?:${DAY}(?:[T ]${CLOCK}${ZONE})?|${CLOCK}(?: ?[AaPp][Mm])?)$`);
const BOOLEAN = /^(?:true|false|yes|no)$/i;
/** What may be a delimiter; a comma or semicolon before a space is punctuation. */
const DELIMITER_LEFT = /[\t|]|[,;](?! )/;

/**
 * @param field as one character per byte, untrimmed
 * @param quoting one of QUOTING: in whole quotes nothing is left over
 */
export function fieldKind(field: string, quoting: number): FieldKind {
  const text = trimAscii(field);
  if (isNullToken(text)) return 'empty';
  if (text.length <= SAMPLE_FIELD_CHARACTERS) {
    const first = text.charCodeAt(0);
    if (NUMBER.test(text)) return 'number';
    if (first >= 48 && first <= 57 && TIME.test(text)) return 'time';
    if (BOOLEAN.test(text)) return 'boolean';
  }
  if (quoting === QUOTING.whole) return 'text';
  return quoting === QUOTING.withTail || text.includes('"') || DELIMITER_LEFT.test(text) ? 'torn' : 'text';
}
