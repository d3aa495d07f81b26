// Words of languages that are written in single bytes: which letters beyond ASCII they have, and where. A word that no
// Western language has, and another one has in another encoding, is evidence of that encoding.

/** Letters beyond ASCII of the languages of an encoding. */
export const LETTERS: Readonly<Record<string, readonly string[]>> = {
  'windows-1250': ['ąćęłńóśźż', 'áčďéěíňóřšťúůýž', 'áäčďéíĺľňóôŕšťúýž', 'áéíóöőúüű', 'ăâîşţ', 'čćđšž', 'äçňöşüýž'],
  'windows-1254': ['çğıöşüâîû'],
  'windows-1257': ['ąčęėįšųūž', 'āčēģīķļņšūž', 'äöüõšž'],
};

/** Western languages as they are written, in lower case, with the places that some letters have. */
const WESTERN: readonly RegExp[] = [
  /^où$|^(?!è)(?:[a-zàâçéêëîïôûü]|è(?![aeiou])|œ(?=[uid]))+$/,
  /^[a-záéíñóúü]+$/,
  /^à?(?:[a-záâçéêíóôúü]|ã(?=[oe]|s?$)|õ(?=e))+$|^às?$/,
  /^[a-zäöüß]+$/,
  /^[a-zåäöé]+$/,
  /^[a-zæøåé]+$/,
  /^(?:[a-zëïöüéáó]|è(?![aeiou]))+$/,
  /^[a-z]*[àèéìòù]?$/,
  /^(?:[a-zàçéíïòóúü]|è(?![aeiouíóú]))+$/,
  /^(?!ð|ý[^fkmt])þ?(?:[abd-pr-vxyáðéíóúæö]|ý(?!$))+$|^[a-zþ]{1,2}ý$/,
  /^(?!ð|ý[^fkmt])(?:[abd-pr-vyáðíóúæø]|ý(?!$))+$/,
  /^(?:[a-zäöüšž]|õ(?!$))+$/,
];
const EDGES = /^[£¥¿¡«»°·³²¹ºª¯¼½¾§©®]+|[£¥¿¡«»°·³²¹ºª¯¼½¾§©®]+$/g;

/** A word whose capitals are the first letter or all. */
const hasUsualCase = (word: string) => /^(?:\p{Lu}?[\p{Ll}\p{Lo}\p{Mn}]*|[\p{Lu}\p{Lo}\p{Mn}]+)$/u.test(word);
const lower = (word: string) => word.replaceAll('İ', 'i').toLowerCase();

/** Whether a word may be of a Western language; numbers and signs around it are no part of it. */
export function isWestern(word: string): boolean {
  const bare = word.replace(EDGES, '');
  return hasUsualCase(bare) && (bare === '' || WESTERN.some((language) => language.test(lower(bare))));
}
/** How many of the words the Western language has that has most of them. */
export const mostWestern = (words: readonly string[]): number =>
  Math.max(
    ...WESTERN.map((language) => words.filter((word) => hasUsualCase(word) && language.test(lower(word))).length),
  );
/** Whether all of its letters beyond ASCII are of this language. */
export const isOf = (letters: string, word: string): boolean =>
  hasUsualCase(word) &&
  !/^ğ/.test(lower(word)) && // never the first letter
  Array.from(lower(word)).every((letter) => letter <= '\x7f' || letters.includes(letter));

/** Signs that tables have in any language. */
const SIGNS = new Set('„“”‚‘’–—…«»§°€£©®×±·•™‰²³½\u00a0\u00ad');

/** m², km³, which other encodings have letters for. */
const UNIT = /^[cdkmµ]{0,2}(?:[mg]|ft|in)[²³]$/;

/** A word with letters beyond ASCII, as an encoding has it, and the same bytes as windows-1252. */
export interface SpecialWord {
  word: string;
  western: string;
}
/** The different words of a text with letters beyond ASCII, and how many other characters stand where none should. */
export function specialWords(text: string, western: string): { words: SpecialWord[]; strange: number } {
  const words = new Map<string, SpecialWord>(); // at most one a word of the rows that are shown
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{M}]+/gu))
    if (word.length > 1 && /[^\0-\x7f]/.test(word)) {
      const other = western.slice(index, index + word.length);
      if (!UNIT.test(other)) words.set(word, { word, western: other });
    }
  const signs = Array.from(text.matchAll(/[^\0-\x7f\p{L}\p{M}]/gu));
  const strange = signs.filter(({ 0: sign, index }) => {
    const isInside = /\p{L}/u.test(text[index - 1] ?? '') && /\p{L}/u.test(text[index + 1] ?? '');
    return !SIGNS.has(sign) || (isInside && !/[’·\u00a0\u00ad–]/.test(sign));
  });
  return { words: [...words.values()], strange: strange.length };
}
