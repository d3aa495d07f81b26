/** The encodings that a file can turn out to have. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** How text that was kept as one character per byte is shown. */
export interface TextReading {
  encoding: Encoding;
  /** NUL bytes were found: each is kept as SUBSTITUTE and shown as U+FFFD. */
  hasNul: boolean;
  /** In the order in which the kernel counts them; not given: those of the format without options. */
  nullTokens?: readonly string[];
}

/** ASCII's SUB (substitute), which stands for a NUL byte: one byte as well, so that no offset in the file changes. */
export const SUBSTITUTE = 0x1a;

/** What is not the same in all encodings, and what is shown as something else. */
const NOT_PLAIN = /[\x1a\x80-\xff]/;

/** Text that was kept as one character per byte, in the encoding that the whole file turned out to have. */
export function textOf(binary: string, { encoding, hasNul }: TextReading): string {
  if (!NOT_PLAIN.test(binary)) return binary;
  // U+0000 (as C0 80) and lone surrogates come out of UTF-16 and JSON as they are, and only their display is replaced
  const shown =
    encoding === 'windows-1252' ? binary : binary.replace(/\xc0\x80|\xed[\xa0-\xbf][\x80-\xbf]/g, '\xef\xbf\xbd');
  const decoder = new TextDecoder(encoding === 'windows-1252' ? 'windows-1252' : 'utf-8', { ignoreBOM: true });
  const text = decoder.decode(Buffer.from(shown, 'latin1'));
  return hasNul ? text.replaceAll('\x1a', '\ufffd') : text;
}
