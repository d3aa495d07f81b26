import { describe, expect, test } from 'vitest';
import { profileDataset } from '../../../../src/processing/profile.ts';
import { buildReport } from '../../../../src/report/build-report.ts';
import { encoded } from '../../../support/legacy-encodings.ts';
import { type Language, wordsOf } from '../../../support/words-by-language.ts';

async function proposed(bytes: Buffer): Promise<string | undefined> {
  const source = (async function* () {
    yield bytes;
  })();
  const { suggestions = [] } = buildReport(await profileDataset(source, { format: 'csv' }));
  return suggestions.find(({ code }) => code === 'encoding')?.options.encoding;
}
const table = (words: readonly string[]) =>
  `id,name,other\n${words.map((word, i) => `${i},${word},${words[(i * 7 + 3) % words.length]}\n`).join('')}`;

/** Languages of each encoding that is proposed. */
const PROPOSED: [string, Language[]][] = [
  ['windows-1250', ['pl', 'cs', 'sk', 'hu', 'ro', 'hr', 'sl']],
  ['windows-1251', ['ru', 'uk', 'bg', 'sr']],
  ['windows-1254', ['tr']],
  ['shift_jis', ['ja']],
  ['gb18030', ['zh']],
];
/** Those of which nothing is known, or that windows-1252 reads rightly. */
const OTHERS: [string, Language[]][] = [
  ['windows-1252', ['fr', 'de', 'es', 'it', 'pt', 'sv', 'da', 'fi', 'is', 'nl', 'et']],
  ['macintosh', ['fr', 'de', 'es', 'it', 'pt', 'sv']],
  ['iso-8859-15', ['fr']],
  ['iso-8859-2', ['pl', 'cs', 'sk', 'hr', 'sl']],
  ['iso-8859-5', ['ru', 'uk', 'bg', 'sr']],
  ['koi8-u', ['ru', 'uk', 'bg']],
  ['ibm866', ['ru', 'bg']],
  ['x-mac-cyrillic', ['ru']],
  ['windows-1253', ['el']],
  ['windows-1255', ['he']],
  ['windows-1256', ['ar']],
  ['windows-1257', ['lt', 'lv', 'et']],
  ['windows-874', ['th']],
  ['euc-jp', ['ja']],
  ['euc-kr', ['ko']],
  ['big5', ['zh-tw']],
];
const flat = (encodings: [string, Language[]][]) =>
  encodings.flatMap(([encoding, languages]) => languages.map((language) => ({ encoding, language })));

describe('an encoding that makes a text readable', () => {
  test.each(flat(PROPOSED))('is proposed: $language in $encoding', async ({ encoding, language }) => {
    expect(await proposed(encoded(table(wordsOf(language)), encoding))).toBe(encoding);
  });
  test.each([
    ['gb18030', (i: number) => `${i + 1}号订单 2024年${(i % 12) + 1}月${i + 1}日 上海市 ${i}件`],
    ['shift_jis', (i: number) => `2024年${(i % 12) + 1}月${i + 1}日`],
    ['shift_jis', (i: number) => `本町${i + 1}番`],
  ])('is proposed where characters stand between digits: %s', async (encoding, value) => {
    const rows = Array.from({ length: 12 }, (_, i) => `${i},${value(i)}\n`).join('');
    expect(await proposed(encoded(`id,day\n${rows}`, encoding))).toBe(encoding);
  });
  test.each(['1ºA', '3ª', '5é', '12ß3'])('is none for single letters beside digits: %s', async (value) => {
    const rows = Array.from({ length: 12 }, (_, i) => `${i},${i}${value}\n`).join('');
    expect(await proposed(encoded(`id,piso\n${rows}`, 'windows-1252'))).toBeUndefined();
  });
  test.each(flat(PROPOSED))('is never another one, of any three words: $language in $encoding', async (each) => {
    const words = wordsOf(each.language);
    for (let from = 0; from + 3 <= words.length; from++) {
      const found = await proposed(encoded(table(words.slice(from, from + 3)), each.encoding));
      expect([undefined, each.encoding]).toContain(found);
    }
  });
  test.each(flat(OTHERS))('is not one that it is not in: $language in $encoding', async ({ encoding, language }) => {
    const words = wordsOf(language);
    expect(await proposed(encoded(table(words), encoding))).toBeUndefined();
    expect(await proposed(encoded(table(words.slice(0, 3)), encoding))).toBeUndefined();
  });
  test('is told of capitals: СЕРГЕЙ', async () => {
    const capitals = wordsOf('ru').map((word) => word.toUpperCase());
    expect(await proposed(encoded(table(capitals), 'windows-1251'))).toBe('windows-1251');
    expect(await proposed(encoded(table(capitals), 'koi8-u'))).toBeUndefined();
  });
  test('is not proposed for a list of names of many Western languages', async () => {
    const words = (['fr', 'de', 'es', 'pt', 'sv', 'da'] as const).flatMap(wordsOf);
    expect(await proposed(encoded(table(words), 'windows-1252'))).toBeUndefined();
  });
  test('nor for signs such as m³ and £ in Western text', async () => {
    expect(await proposed(encoded('v\n12 m³\n5 cm²\n£ 7\n¿qué?\n1º\nTotal¹\n¥ 3\n', 'windows-1252'))).toBeUndefined();
  });
});

describe('UTF-16 without a byte order mark', () => {
  const utf16 = (text: string, isLittle: boolean) =>
    isLittle ? Buffer.from(text, 'utf16le') : Buffer.from(text, 'utf16le').swap16();
  test.each(
    (['ru', 'zh', 'ja', 'ko', 'el', 'he', 'th', 'de', 'pl'] as const).flatMap((language) => [
      { language, isLittle: true },
      { language, isLittle: false },
    ]),
  )('is refused with the encoding that reads it: $language, little-endian $isLittle', async ({
    language,
    isLittle,
  }) => {
    const encoding = isLittle ? 'utf-16le' : 'utf-16be';
    await expect(proposed(utf16(table(wordsOf(language)), isLittle))).rejects.toThrow(
      `Save it as UTF-8, or give the option encoding: ${encoding}.`,
    );
  });
  test('is not seen in numbers of two bytes', async () => {
    const numbers = Buffer.concat(
      Array.from({ length: 400 }, (_, i) => Buffer.from([i % 256, i % 3 === 0 ? 0 : i % 250])),
    );
    await expect(proposed(numbers)).rejects.toThrow('This looks like a binary file');
  });
});
