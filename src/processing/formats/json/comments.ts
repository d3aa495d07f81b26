import { DatasetError } from '../../errors.ts';
import type { TextFacts } from '../../text/text-facts.ts';
import { placeBehind } from './places.ts';
import type { RecordPlace } from './scanner.ts';

const LF = 10;
const CR = 13;
const SPACE = 32;
const QUOTE = 34;
const STAR = 42;
const SLASH = 47;
const BACKSLASH = 92;

/** What the next byte is in; `star`: in a block comment behind a star. */
const IN = { text: 0, string: 1, escaped: 2, line: 3, block: 4, star: 5 } as const;

/**
 * Puts spaces instead of the comments of lenient JSON, `// …` and `/* … *\/`: what is left keeps its byte and line.
 * Memory: one chunk; a slash at its end waits for the next one.
 * @param facts where the text begins, known with the first chunk
 * @throws DatasetError, from the chunks, for a comment that does not end, with the place where it begins
 */
export async function* withoutComments(
  chunks: AsyncIterable<Buffer>,
  facts: Pick<TextFacts, 'start' | 'invalidAt'>,
): AsyncGenerator<Buffer> {
  let state: number = IN.text;
  let waits = false;
  /** Where the next chunk begins, and where the last block comment does. */
  let next: RecordPlace | undefined;
  let opened: RecordPlace | undefined;
  for await (const chunk of chunks) {
    next ??= { line: 1, column: 1, byte: facts.start };
    const bytes = Buffer.concat([waits ? Buffer.from('/') : Buffer.alloc(0), chunk]);
    let end = bytes.length;
    /** Up to where `next` stands. */
    let placed = 0;
    waits = false;
    for (let i = 0; i < end; i++) {
      const byte = bytes[i]!;
      if (state === IN.text) {
        if (byte === QUOTE) state = IN.string;
        if (byte !== SLASH) continue;
        if (i + 1 === bytes.length) {
          waits = true;
          end = i;
          break;
        }
        const second = bytes[i + 1]!;
        if (second !== SLASH && second !== STAR) continue;
        state = second === SLASH ? IN.line : IN.block;
        opened = next = placeBehind(bytes.subarray(placed, i), next);
        placed = i;
        bytes[i] = bytes[++i] = SPACE;
      } else if (state === IN.string) {
        if (byte === BACKSLASH) state = IN.escaped;
        else if (byte === QUOTE) state = IN.text;
      } else if (state === IN.escaped) state = IN.string;
      else if (byte === LF || byte === CR) state = state === IN.line ? IN.text : IN.block;
      else {
        bytes[i] = SPACE;
        if (state === IN.star && byte === SLASH) state = IN.text;
        else if (state !== IN.line) state = byte === STAR ? IN.star : IN.block;
      }
    }
    next = placeBehind(bytes.subarray(placed, end), next);
    yield bytes.subarray(0, end);
  }
  if (waits) yield Buffer.from('/');
  const isOpen = state === IN.block || state === IN.star;
  if (isOpen && facts.invalidAt === undefined)
    throw new DatasetError('A comment is opened and never closed', opened, 'Close it with */.');
}
