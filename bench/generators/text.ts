import type { Random } from './random.ts';
import { withRepeats } from './repeats.ts';

const SYLLABLE_LIST =
  'ba be bi co da de do fa ga ha in ka ke la le lo ma me mi na ne no on pa ra re ri sa ' +
  'se ta te ti to un va ve wa we zo';
const SYLLABLES = SYLLABLE_LIST.split(' ');
const BEYOND_ASCII = ['Größe', 'naïve', 'façade', 'smörgåsbord', '東京', 'Привет', '🙂', '½'];
const COUNTRIES = ['DE', 'FR', 'US', 'JP', 'BR', 'NULL'];
const DAY_MILLISECONDS = 86_400_000;
const START_OF_2015 = 1_420_070_400_000;

/** A vocabulary of made-up words; those at the front are used most, as in a language. */
function vocabulary(random: Random): string[] {
  return Array.from({ length: 2_000 }, () =>
    Array.from({ length: 1 + random.below(4) }, () => random.pick(SYLLABLES)).join(''),
  );
}

/** 8 columns of posts: quoted texts with commas, doubled quotes, line breaks and characters beyond ASCII. */
export function* textCsv(random: Random, rows: number): Generator<string> {
  const words = vocabulary(random);
  const word = () => words[Math.floor(random.fraction() * random.fraction() * words.length)]!;
  const sentence = (length: number) => Array.from({ length }, word).join(' ');
  const body = () => {
    let text = sentence(4 + random.below(50));
    if (random.chance(0.3)) text += `, ""${sentence(3)}"" ${word()}`;
    if (random.chance(0.2)) text += `\n${sentence(8)}`;
    if (random.chance(0.1)) text += ` ${random.pick(BEYOND_ASCII)}`;
    return text;
  };
  let id = 0;
  yield 'id,author,subject,body,score,posted,tags,country\n';
  yield* withRepeats(random, rows, () => {
    const posted = new Date(START_OF_2015 + random.below(3_650) * DAY_MILLISECONDS).toISOString().slice(0, 10);
    const score = (random.fraction() * 10 - 2).toFixed(3);
    const author = `${word()}.${word()}@example.org`;
    const texts = `"${author}","${sentence(5)}","${body()}"`;
    return `${id++},${texts},${score},${posted},"${word()},${word()}",${random.pick(COUNTRIES)}\n`;
  });
}
