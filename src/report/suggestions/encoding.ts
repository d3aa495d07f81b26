import { GLIMPSE_CHARACTERS } from '../../processing/limits.ts';
import { centralEuropean } from './encodings/central.ts';
import { cyrillic } from './encodings/cyrillic.ts';
import { eastAsian } from './encodings/east-asian.ts';
import type { Suggest } from './suggestion.ts';

/** windows-1252 back to its bytes; made when it is needed: few files do, and it takes a millisecond. */
let known: Map<string, number> | undefined;
const bytes1252 = () => {
  known ??= new Map(
    Array.from(new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, i) => i)), (c, i) => [c, i]),
  );
  return known;
};
const bytesOf = (text: string): number[] => Array.from(text, (c) => bytes1252().get(c) ?? 63);
const SAMPLE_CHARACTERS = 40;

/** Text that is read as windows-1252, and is more likely in another encoding that makes all of it readable. */
export const encoding: Suggest = ({ report, glimpse }) => {
  if (report.options?.encoding !== undefined) return [];
  if (!glimpse || !report.warnings.some(({ code }) => code === 'encoding_fallback')) return [];
  const fields = [...glimpse.first, ...glimpse.last].flatMap((row) => row.fields);
  // a field that was cut may end in half a character
  const texts = [...new Set(fields)].filter((field) => field.length < GLIMPSE_CHARACTERS && /[^\0-\x7f]/.test(field));
  const name = encodingOf(texts);
  if (!name) return [];
  const decoder = new TextDecoder(name);
  const read = texts.map((text) => decoder.decode(Uint8Array.from(bytesOf(text))));
  const sample = read.find((text, i) => text !== texts[i])!.slice(0, SAMPLE_CHARACTERS);
  return [
    {
      code: 'encoding',
      message:
        `The text is not windows-1252: as ${name} it reads "${sample}" → the names and values that are shown wrongly ` +
        'become readable',
      columns: [],
      evidence: { encoding: name, sample },
      options: { encoding: name },
    },
  ];
};

function encodingOf(texts: readonly string[]): string | undefined {
  if (texts.length === 0) return undefined;
  const bytes = Buffer.from(texts.flatMap((text) => [...bytesOf(text), 10]));
  const decode = (encoding: string, fatal: boolean) => {
    try {
      return new TextDecoder(encoding, { fatal }).decode(bytes);
    } catch {
      return undefined; // bytes that it does not have
    }
  };
  const decoded = (encoding: string) => decode(encoding, false)!;
  return (
    eastAsian((encoding) => decode(encoding, true), bytes) ??
    cyrillic(decoded) ??
    centralEuropean(decoded, decoded('windows-1252'))
  );
}
