import { isOf, isWestern, LETTERS, mostWestern, type SpecialWord, specialWords } from './words.ts';

const LEAST_EVIDENCE = 3;
/** With one letter alone, such as Slovene's č, it takes more words. */
const LEAST_LETTERS = 2;
const MANY_EVIDENCE = 6;
const LEAST_OF_LANGUAGE = 0.7;
const LEAST_READABLE = 0.97;
/** All of a few words are of one language, and of no Western one more than this share of them. */
const LEAST_WORDS = 4;
const MOST_WESTERN = 0.6;
/** à, è, ì, ò and ù as windows-1252, which Occitan, Sardinian and Gaelic have where other Western languages do not. */
const GRAVE = new Set('ŕčěňů');
/** A sign in a word, a fraction that begins one, the è of Romance languages beside the ž of Finnish. */
const BROKEN = /\p{L}[£¥¡¿¯³²¹ºª¼½¾]\p{L}|^[¼¾¯]\p{Ll}{3}|[šž].*[èæð]|[èæð].*[šž]/u;

interface Reading {
  /** Share of the words that the best language of the encoding has, and that it or a Western one has. */
  ofLanguage: number;
  readable: number;
  /** Words of that language that no Western one has as windows-1252. */
  evidence: number;
  /** Different letters of these that are others as windows-1252. */
  letters: number;
  /** Words that are others as windows-1252, and all. */
  differing: number;
  words: number;
  /** Words that are others as windows-1252, which no Western language has; those that are no words, such as ¼ubomír. */
  proving: number;
  broken: number;
  /** Whether other letters than those with a grave accent are others as windows-1252, or š and ž are beside them. */
  isCentral: boolean;
  /** Share of the words that the Western language has as windows-1252 that has most of them. */
  western: number;
}
function readingOf(text: string, western: string, encoding: string): Reading {
  const { words, strange } = specialWords(text, western);
  const languages = LETTERS[encoding]!.map((letters) => words.filter(({ word }) => isOf(letters, word)));
  const best = languages.reduce((most, each) => (each.length > most.length ? each : most));
  const others = words.filter((each) => !best.includes(each) && isWestern(each.word));
  const all = Math.max(words.length + strange, 1);
  const proofs = best.filter((each) => !isWestern(each.western));
  const lettersOf = (some: readonly SpecialWord[]) =>
    some.flatMap(({ word, western: other }) =>
      Array.from(word.toLowerCase()).filter((letter, i) => letter !== other[i]?.toLowerCase()),
    );
  const changed = (some: readonly SpecialWord[]) => some.filter(({ word, western: other }) => word !== other);
  return {
    ofLanguage: best.length / all,
    readable: (best.length + others.length) / all,
    evidence: proofs.length,
    letters: new Set(lettersOf(proofs)).size,
    differing: changed(words).length,
    words: words.length,
    proving: changed(proofs).length,
    broken: changed(best).filter(({ western: other }) => BROKEN.test(other)).length,
    isCentral: lettersOf(best).some((letter) => !GRAVE.has(letter)) || best.some(({ word }) => /[šž]/i.test(word)),
    western: mostWestern(words.map(({ western: other }) => other)) / all,
  };
}

/** Many words that no Western language has. */
const isMuch = ({ ofLanguage, evidence, letters, isCentral, differing, words }: Reading) =>
  evidence >= LEAST_EVIDENCE &&
  evidence >= differing * 0.25 &&
  (letters >= LEAST_LETTERS || ofLanguage === 1 ? isCentral : evidence >= MANY_EVIDENCE) &&
  differing >= words * 0.1;
/** Few words, all of one language, of which windows-1252 makes words of several languages and of none. */
const isOneLanguage = ({ ofLanguage, readable, words, proving, broken, isCentral, western }: Reading) =>
  ofLanguage === 1 &&
  readable === 1 &&
  words >= LEAST_WORDS &&
  western <= MOST_WESTERN &&
  (broken > 0 || (proving > 0 && isCentral));

/**
 * windows-1250 (Polish, Czech, Slovak, Hungarian, Romanian, Croatian, Slovene) or windows-1254 (Turkish): where nearly
 * all words are of one of its languages, and enough of them of no Western one; not where ISO-8859-2, a Baltic encoding
 * or that of the Macintosh explain them as well.
 * @param decoded the text by the name of an encoding @param western as windows-1252
 */
export function centralEuropean(decoded: (encoding: string) => string, western: string): string | undefined {
  const reading = (encoding: string, of = encoding) => readingOf(decoded(encoding), western, of);
  const found = ['windows-1250', 'windows-1254']
    .map((encoding) => ({ encoding, ...reading(encoding) }))
    .sort((a, b) => b.readable - a.readable || b.ofLanguage - a.ofLanguage);
  const [first, second] = found as [(typeof found)[number], (typeof found)[number]];
  if (first.ofLanguage < LEAST_OF_LANGUAGE || first.readable < LEAST_READABLE) return undefined;
  if (!isMuch(first) && !isOneLanguage(first)) return undefined;
  if (second.readable >= first.readable && second.ofLanguage >= first.ofLanguage) return undefined;
  const rivals = [reading('iso-8859-2', 'windows-1250'), reading('windows-1257')];
  const isSame = decoded('iso-8859-2') === decoded('windows-1250');
  const explains = (rival: Reading) => rival.ofLanguage >= first.ofLanguage || rival.readable >= first.readable;
  if (rivals.some((rival, i) => !(i === 0 && isSame) && explains(rival))) return undefined;
  const { words, strange } = specialWords(decoded('macintosh'), western);
  const isMacintosh = mostWestern(words.map(({ word }) => word)) >= (words.length + strange) * 0.9;
  return isMacintosh ? undefined : first.encoding;
}
