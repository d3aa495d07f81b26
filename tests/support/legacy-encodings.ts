// Texts as bytes of encodings that Node only reads.

const TABLES = new Map<string, Map<string, number[]>>();

/** The bytes of each character: of one byte, and of two where the encoding has such. */
function tableOf(encoding: string): Map<string, number[]> {
  const known = TABLES.get(encoding);
  if (known) return known;
  const table = new Map<string, number[]>();
  const decoder = new TextDecoder(encoding, { fatal: true });
  const add = (bytes: number[]) => {
    try {
      const character = decoder.decode(Uint8Array.from(bytes));
      if (Array.from(character).length === 1 && !table.has(character)) table.set(character, bytes);
    } catch {
      // no character
    }
  };
  for (let byte = 0; byte < 256; byte++) add([byte]);
  for (let lead = 0x81; lead < 0xff; lead++) for (let trail = 0x40; trail < 0xff; trail++) add([lead, trail]);
  TABLES.set(encoding, table);
  return table;
}

/** @throws Error for a character that the encoding does not have */
export function encoded(text: string, encoding: string): Buffer {
  const table = tableOf(encoding);
  return Buffer.from(
    Array.from(text).flatMap((character) => {
      const bytes = table.get(character);
      if (!bytes) throw new Error(`${encoding} does not have ${character}`);
      return bytes;
    }),
  );
}
