import type { Encoding } from './text-reading.ts';
import type { WrongBytes } from './utf8-check.ts';

/** What is found on the way through the bytes of a file. */
export interface TextFacts {
  /** `windows-1252` only when the chunks have ended, unless a person has said so. */
  encoding: Encoding;
  bom: boolean;
  /** Bytes of the byte order marks: where the text begins. */
  start: number;
  /** Of the file as it came, so far. */
  bytes: number;
  /** Offset in the file of the end of the block handed over last. */
  end: number;
  /** Offset of the first byte that is not UTF-8. */
  invalidAt: number | undefined;
  /** What is not UTF-8, as long as the file may be UTF-8 nearly everywhere. */
  wrong: WrongBytes;
  /** NUL bytes, for which SUBSTITUTE stands in the blocks. */
  nuls: WrongBytes;
  /** The name of the encoding that a person has said; `encoding` is then how its bytes are handed over. */
  declared: string | undefined;
  /** The text was made of bytes in another encoding: its offsets are not those of the file. */
  isConverted: boolean;
  /** Characters of converted text that its encoding does not have, each shown as U+FFFD. */
  undecodable: number;
  /** `wrong` has all: it ends where a file is not nearly UTF-8. */
  countsAll: boolean;
  /** UTF-16 had U+0000 or a surrogate without its other half: shown as U+FFFD. */
  replaced: boolean;
}
