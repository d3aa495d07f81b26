import type { ColumnFacts } from '../profile-types.ts';
import { invisibleCharacters } from '../text/invisible.ts';
import type { Encoding } from '../text/text-reading.ts';
import type { KernelColumn, KernelThread } from './kernel-thread.ts';

/** Of kernel/invisible.ts: the characters by their number, then A0 and AD of windows-1252. */
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);
const CHARACTERS = [
  ...[0xa0, 0xad],
  ...range(0x2000, 0x200f),
  ...range(0x2028, 0x202f),
  ...range(0x205f, 0x206f),
  ...[0x2800, 0x3000, 0xfeff],
];
const LATIN = [0xa0, 0xad];
const LATIN_AT = CHARACTERS.length;
/** Of kernel/notes.ts: items behind the characters, bytes of one, and where the swallowed lines are counted. */
const SPACED = LATIN_AT + LATIN.length;
const SWALLOWED = SPACED + 1;
const ITEM = 24;
const LINES = (SWALLOWED + 1) * ITEM;

type Notes = Pick<ColumnFacts, 'whiteSpace' | 'invisible' | 'swallowed'>;

/** What the kernel noted of single values (kernel/notes.ts). @param shown a text of the file as it is shown */
export function columnNotes(
  kernel: KernelThread,
  { notes }: KernelColumn,
  encoding: Encoding,
  shown: (binary: string) => string,
): Notes {
  if (notes === 0) return { whiteSpace: undefined, invisible: undefined, swallowed: undefined };
  const item = (index: number) => {
    const at = notes + index * ITEM;
    const [count, text, length] = kernel.words(at + 8, 3) as unknown as [number, number, number];
    if (count === 0) return undefined;
    return { count, row: kernel.doubles(at, 1)[0]!, value: shown(kernel.text(text, length)) };
  };
  const isLatin = encoding === 'windows-1252';
  const places = isLatin
    ? LATIN.map((code, i) => [code, LATIN_AT + i] as const)
    : CHARACTERS.map((code, i) => [code, i] as const);
  const invisible = places.flatMap(([code, index]) => {
    const found = item(index);
    return found ? [{ codePoint: invisibleCharacters.name(code), ...found }] : [];
  });
  const swallowed = item(SWALLOWED);
  return {
    whiteSpace: item(SPACED),
    invisible: invisible.length > 0 ? invisible.sort((a, b) => b.count - a.count) : undefined, // stable
    swallowed: swallowed && { ...swallowed, lines: kernel.doubles(notes + LINES, 1)[0]! },
  };
}
