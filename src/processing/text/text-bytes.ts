import type { Encoding } from './text-reading.ts';

const ofCharacter = new Map<string, number>();
function windows1252(): ReadonlyMap<string, number> {
  if (ofCharacter.size === 0) {
    const all = new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
    [...all].forEach((character, byte) => {
      ofCharacter.set(character, byte);
    });
  }
  return ofCharacter;
}

/**
 * The bytes that a text has in a file of this encoding, as the kernel reads it: UTF-16 comes as UTF-8. U+FFFD is always
 * as in UTF-8, also in windows-1252, which does not have it. Undefined when the file cannot have the text.
 */
export function textBytes(text: string, encoding: Encoding): Buffer | undefined {
  if (encoding !== 'windows-1252') return Buffer.from(text);
  const bytes: number[] = [];
  for (const character of text) {
    const byte = character === '\ufffd' ? undefined : windows1252().get(character);
    if (byte !== undefined) bytes.push(byte);
    else if (character === '\ufffd') bytes.push(0xef, 0xbf, 0xbd);
    else return undefined;
  }
  return Buffer.from(bytes);
}
