import { type ColumnSummary, NOTE_BYTES, NOTE_COUNT, NOTE_LENGTH, NOTE_TEXT } from '../kernel/border/layout.ts';
import {
  LATIN_A0,
  LATIN_AD,
  MARK_00A0,
  MARK_00AD,
  MARK_205F,
  MARK_2000,
  MARK_2028,
  MARK_2800,
  MARK_3000,
  MARK_FEFF,
  NOTES,
  SPACED,
  SWALLOWED,
} from '../kernel/border/marks.ts';
import type { ColumnFacts } from '../profile-types.ts';
import { invisibleCharacters } from '../text/invisible.ts';
import type { Encoding } from '../text/text-reading.ts';
import type { KernelThread } from './kernel-thread.ts';

/** Code points and their marks, from `first` on. */
const range = (first: number, mark: number, count = 1) =>
  Array.from({ length: count }, (_, i) => [first + i, mark + i] as const);
const CHARACTERS = [
  ...range(0xa0, MARK_00A0),
  ...range(0xad, MARK_00AD),
  ...range(0x2000, MARK_2000, 16),
  ...range(0x2028, MARK_2028, 8),
  ...range(0x205f, MARK_205F, 17),
  ...range(0x2800, MARK_2800),
  ...range(0x3000, MARK_3000),
  ...range(0xfeff, MARK_FEFF),
];
const LATIN_CHARACTERS = [...range(0xa0, LATIN_A0), ...range(0xad, LATIN_AD)];

/** The mark of a character in a text of this encoding; undefined for one that is not looked for. */
export const markOf = (codePoint: number, encoding: Encoding): number | undefined =>
  (encoding === 'windows-1252' ? LATIN_CHARACTERS : CHARACTERS).find(([code]) => code === codePoint)?.[1];

type Notes = Pick<ColumnFacts, 'whiteSpace' | 'invisible' | 'swallowed'>;

/** What the kernel noted of single values (kernel/columns/notes.ts). @param shown a text of the file as it is shown */
export function columnNotes(
  kernel: KernelThread,
  { notes }: ColumnSummary,
  encoding: Encoding,
  shown: (binary: string) => string,
): Notes {
  if (notes === 0) return { whiteSpace: undefined, invisible: undefined, swallowed: undefined };
  const item = (index: number) => {
    const at = notes + index * NOTE_BYTES;
    const word = (offset: number) => kernel.words(at + offset, 1)[0]!;
    const count = word(NOTE_COUNT);
    if (count === 0) return undefined;
    return { count, row: kernel.doubles(at, 1)[0]!, value: shown(kernel.text(word(NOTE_TEXT), word(NOTE_LENGTH))) };
  };
  const characters = encoding === 'windows-1252' ? LATIN_CHARACTERS : CHARACTERS;
  const invisible = characters.flatMap(([code, mark]) => {
    const found = item(mark);
    return found ? [{ codePoint: invisibleCharacters.name(code), ...found }] : [];
  });
  const swallowed = item(SWALLOWED);
  return {
    whiteSpace: item(SPACED),
    invisible: invisible.length > 0 ? invisible.sort((a, b) => b.count - a.count) : undefined, // stable
    swallowed: swallowed && { ...swallowed, lines: kernel.doubles(notes + NOTES * NOTE_BYTES, 1)[0]! },
  };
}
