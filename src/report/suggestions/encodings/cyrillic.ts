/** How often each letter is, per 10,000 of Russian text; letters of other Cyrillic languages as often as rare ones. */
const frequencies = (): ReadonlyMap<string, number> =>
  new Map([
    ...pairs(
      'оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё',
      [
        1097, 845, 801, 735, 670, 626, 547, 473, 454, 440, 349, 321, 298, 281, 262, 201, 190, 174, 170, 165, 159, 144,
        121, 97, 94, 73, 64, 48, 36, 32, 26, 15, 4,
      ],
    ),
    ...pairs('іїєґјљњћђџў', [200, 60, 40, 3, 150, 30, 40, 40, 20, 5, 30]),
  ]);
function pairs(letters: string, counts: readonly number[]): (readonly [string, number])[] {
  return Array.from(letters, (letter, i) => [letter, counts[i]!] as const);
}
const FLOOR = 1;
const LEAST_LETTERS = 8;
/** Of one word, which rows have again and again: a capital, and vowels and ь where words have them; Greek has not. */
const NAME = /^(?!.*(?:[аеиоуыэюяёіїєкгхцй]ь|э$))\p{Lu}\p{Ll}{4,}$/u;
const VOWELS = /[аеиоуыэюяёіїє]/g;
const LEAST_LIKELY_NAME = -3.55;
/** Of many letters, and of few. */
const LEAST_LIKELY = -3.6;
const FEW_LETTERS = 24;
const LEAST_LIKELY_OF_FEW = -3.35;
const LEAST_BETTER = 0.15;
const SIGNS = /^[„“”«»–—…№§°±·’€©®\u00a0\u2122]$/;

function isName(word: string): boolean {
  const vowels = word.toLowerCase().match(VOWELS)?.length ?? 0;
  return NAME.test(word) && vowels >= word.length * 0.3 && vowels <= word.length * 0.6;
}

/** How likely the letters of a text are as Cyrillic, in natural logarithms a letter; undefined where it is none. */
function likelihood(text: string): { mean: number; letters: number; areNames: boolean } | undefined {
  const words = text.match(/[\p{L}\p{M}]*[^\0-\x7f\P{L}][\p{L}\p{M}]*/gu) ?? [];
  const usual = words.filter((word) =>
    /^(?:[\u0401-\u042f\u0490]?[\u0430-\u045f\u0491]*|[\u0401-\u042f\u0490]+)$/.test(word),
  );
  const signs = text.match(/[^\0-\x7f\p{L}\p{M}]/gu) ?? [];
  const strange = signs.filter((sign) => !SIGNS.test(sign)).length;
  if (words.length === 0 || usual.length < words.length * 0.95 || strange > words.length * 0.05) return undefined;
  // Cyrillic in Japanese and Chinese encodings has one before each letter
  if (/(?:§\p{L}){4}/u.test(text)) return undefined;
  const letters = Array.from([...new Set(usual)].join('').toLowerCase());
  const frequency = frequencies(); // made when it is needed: few files do
  const sum = letters.reduce((all, letter) => all + Math.log((frequency.get(letter) ?? FLOOR) / 10_000), 0);
  return { mean: sum / letters.length, letters: letters.length, areNames: [...new Set(words)].every(isName) };
}

function leastLikely({ letters, areNames }: { letters: number; areNames: boolean }): number {
  if (letters < LEAST_LETTERS) return areNames ? LEAST_LIKELY_NAME : 0;
  return letters < FEW_LETTERS ? LEAST_LIKELY_OF_FEW : LEAST_LIKELY;
}

/**
 * windows-1251: words of Cyrillic letters only, as often as in Russian, and less so in the other Cyrillic encodings.
 * @param decoded the text by the name of an encoding
 */
export function cyrillic(decoded: (encoding: string) => string): string | undefined {
  const found = likelihood(decoded('windows-1251'));
  if (!found || found.mean < leastLikely(found)) return undefined;
  // all but the capitals and one letter are the same
  const macintosh = decoded('x-mac-cyrillic');
  if (macintosh !== decoded('windows-1251') && (likelihood(macintosh)?.mean ?? -9) >= found.mean) return undefined;
  const rivals = ['koi8-u', 'ibm866', 'iso-8859-5'].map((encoding) => likelihood(decoded(encoding))?.mean ?? -9);
  return rivals.every((mean) => mean < found.mean - LEAST_BETTER) ? 'windows-1251' : undefined;
}
