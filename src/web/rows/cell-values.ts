import { invisibleCharacters } from '../../processing/text/invisible.ts';
import type { Column, Report } from './report.ts';

/** What a value is to the report: a null may be written as a token such as `NA`. */
export type ValueKind = 'value' | 'null' | 'token' | 'empty';

/** @returns `empty` for a field or text without characters; of CSV that is a null as well */
export function kindOf(value: string | null, { null_tokens }: Column, { file }: Report): ValueKind {
  if (value === null) return 'null';
  if (value === '') return 'empty';
  // a JSON string is a value whatever it says; only text files have tokens
  const isToken = file.delimiter !== undefined && Object.hasOwn(null_tokens, value.trim());
  return isToken ? 'token' : 'value';
}

/** Whether the report counts the value as null. */
export const countsAsNull = (kind: ValueKind, { file }: Report): boolean =>
  kind === 'null' || kind === 'token' || (kind === 'empty' && file.delimiter !== undefined);

interface Piece {
  text: string;
  /** It stands for a character that does not show. */
  isMark: boolean;
}

const SIGNS: Record<string, string> = { '\n': '↵', '\r': '␍', '\t': '⇥' };
const PLAIN = /^(?![ ])[^\u0000-\u001f\u007f-\u009f]*(?<! )$/;

/** A text with what does not show made visible: spaces at its ends, line ends, control and invisible characters. */
export function visiblePieces(text: string): Piece[] {
  const hidden = new Map(invisibleCharacters.find(text).map(({ at, code }) => [at, code]));
  if (hidden.size === 0 && PLAIN.test(text)) return [{ text, isMark: false }];
  const start = text.length - text.trimStart().length;
  const end = text.trimEnd().length;
  const pieces: Piece[] = [];
  [...text].reduce((at, character) => {
    const code = hidden.get(at);
    const isAtEnd = at < start || at >= end;
    let shown = character;
    if (code !== undefined) shown = `[${invisibleCharacters.name(code)}]`;
    else if (SIGNS[character]) shown = SIGNS[character];
    else if (character === ' ' && isAtEnd) shown = '·';
    else if (/[\u0000-\u001f\u007f-\u009f]/.test(character))
      shown = `[${invisibleCharacters.name(character.charCodeAt(0))}]`;
    const isMark = shown !== character;
    const last = pieces.at(-1);
    if (last && last.isMark === isMark) last.text += shown;
    else pieces.push({ text: shown, isMark });
    return at + character.length;
  }, 0);
  return pieces;
}
