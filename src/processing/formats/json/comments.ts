const LF = 10;
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
 */
export async function* withoutComments(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let state: number = IN.text;
  let waits = false;
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([waits ? Buffer.from('/') : Buffer.alloc(0), chunk]);
    let end = bytes.length;
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
        const next = bytes[i + 1]!;
        if (next !== SLASH && next !== STAR) continue;
        state = next === SLASH ? IN.line : IN.block;
        bytes[i] = bytes[++i] = SPACE;
      } else if (state === IN.string) {
        if (byte === BACKSLASH) state = IN.escaped;
        else if (byte === QUOTE) state = IN.text;
      } else if (state === IN.escaped) state = IN.string;
      else if (byte === LF) {
        if (state === IN.line) state = IN.text;
        else state = IN.block;
      } else {
        bytes[i] = SPACE;
        if (state === IN.star && byte === SLASH) state = IN.text;
        else if (state !== IN.line) state = byte === STAR ? IN.star : IN.block;
      }
    }
    yield bytes.subarray(0, end);
  }
  if (waits) yield Buffer.from('/');
}
