import { csvField } from './csv-field.ts';
import type { NumberKind } from './number-formats.ts';
import { dateText, timeText } from './serial-dates.ts';

const [MINUS, POINT, ZERO, NINE] = [45, 46, 48, 57];
/** Numbers of so many digits are all different as doubles: none of them has a shorter text. */
const CERTAIN_DIGITS = 15;

/**
 * The field of a number: the shortest text that gives the same double, or what its format makes of it.
 * @param text as the sheet has it; what is no number stays as it is
 */
export function numberField(text: Buffer, kind: NumberKind, is1904: boolean): Buffer {
  if (kind === 'number' && isShortest(text)) return text;
  const written = text.toString('latin1').trim();
  const number = written === '' || /[^-+.\dEe]/.test(written) ? Number.NaN : Number(written);
  if (!Number.isFinite(number)) return csvField(text);
  return Buffer.from(shown(number, kind, is1904), 'latin1');
}

/** The field of a number with a decimal comma, in quotes: commas are between fields. */
export const withComma = (field: Buffer): Buffer =>
  field.includes(POINT) ? Buffer.from(`"${field.toString('latin1').replace('.', ',')}"`, 'latin1') : field;

function shown(number: number, kind: NumberKind, is1904: boolean): string {
  switch (kind) {
    case 'days':
      return dateText(number, is1904, false);
    case 'instants':
      return dateText(number, is1904, true);
    case 'times':
      return timeText(number);
    default:
      return String(number);
  }
}

/** Whether it certainly is the shortest text of its double, as most are: 12, -0.5, 1234.75. */
function isShortest(text: Buffer): boolean {
  const { length } = text;
  const from = text[0] === MINUS ? 1 : 0;
  if (length - from > CERTAIN_DIGITS || length === from) return false;
  let point = -1;
  for (let i = from; i < length; i++) {
    const byte = text[i]!;
    if (byte === POINT && point < 0) point = i;
    else if (byte < ZERO || byte > NINE) return false;
  }
  if (text[from] === ZERO && length - from > 1) {
    // 0.5, but not 007, and not what is written with an exponent: 0.0000001
    if (point !== from + 1 || length < from + 3) return false;
    if (text[from + 2] === ZERO && text[from + 3] === ZERO && text[from + 4] === ZERO) return false;
  }
  if (text[from] === ZERO && length - from === 1) return from === 0;
  return point < 0 || (point > from && text[length - 1] !== ZERO && point < length - 1);
}
