import { DELIMITERS } from '../../limits.ts';

const [LF, CR, QUOTE] = [10, 13, 34];
/** What the sheet's rows are written with: the CSV reading is told so by its first line. */
export const DELIMITER = DELIMITERS[0]!;
const COMMA = DELIMITER.charCodeAt(0);

/** Whether a field has to be quoted. */
function isOdd(bytes: Buffer): boolean {
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte === QUOTE || byte === COMMA || byte === LF || byte === CR) return true;
  }
  return false;
}

/** A text as a field of a CSV: in quotes where it needs them. */
export function csvField(text: Buffer): Buffer {
  if (!isOdd(text)) return text;
  if (!text.includes(QUOTE)) return Buffer.concat([Buffer.from('"'), text, Buffer.from('"')]);
  return Buffer.from(`"${text.toString('utf8').replaceAll('"', '""')}"`);
}

/** Line ends in a quoted field, as the CSV reading counts them: CRLF is one. */
export function lineEnds(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) {
    const byte = bytes[i]!;
    if (byte === CR || (byte === LF && bytes[i - 1] !== CR)) count++;
  }
  return count;
}
