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
/** A row for each of some words. */
const listed = (words: string) =>
  words
    .split(' ')
    .map((word, i) => `${i};${word}\n`)
    .join('');
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
  test.each([
    ['windows-1250', 'Meno;Mesto\nĽubomír;Košice\nZuzana;Žilina\nJán;Prešov\nMária;Dunajská Streda\n'],
    ['windows-1250', 'Ime;Grad\nŽeljko;Šibenik\nĐurđa;Čakovec\nIvan;Požega\n'],
    ['windows-1250', 'Ime;Mjesto\nIvan;Lužički put\nAna;Čile\nŽeljka;Šibenik\nMarko;Požega\n'],
    ['windows-1250', 'Jméno;Město\nJiří;Plzeň\nLukáš;Ústí\nŽofie;Olomouc\n'],
    [
      'windows-1250',
      `Név;Város;Utca\n${'Erzsébet;Győr;Petőfi utca\nLőrinc;Szűcs;Fő tér\nÖdön;Pécs;Fő tér\n'.repeat(3)}`,
    ],
    ['windows-1250', `id;város\n${listed('Fertőrákos Diósjenő Mezőberény Pécs Vác Bácsalmás Ózd Érd Tát')}`],
    ['windows-1250', `id;kraj\n${listed('Senožeče Hoče Divača Žalec Piran Kočevje Šoštanj Laško Tržič')}`],
    ['windows-1254', 'Ürün;Fiyat;Açıklama\nÇay;5;Sıcak içecek\nŞeker;6;Tatlı\nEkmek;3;Taze ekmeği\n'],
    ['windows-1251', `name;city\n${Array.from({ length: 30 }, (_, i) => `n${i};София\n`).join('')}`],
    ['gb18030', '编号,名称,价格\n1,a,3\n2,b,4\n3,c,5\n'],
    ['gb18030', `id,ok,sex\n${'1,是,男\n2,否,女\n3,是,女\n'.repeat(9)}`],
    ['gb18030', `id;city\n${Array.from({ length: 20 }, (_, i) => `${i};北京\n`).join('')}`],
  ])('is told of few words, or of one: %s', async (encoding, text) => {
    expect(await proposed(encoded(text, encoding))).toBe(encoding);
  });
  test.each([
    // Occitan, Sardinian, Venetian, Gaelic, Breton: è, à and ò where other Western languages have none
    ['windows-1252', 'id;name\n1;Sant Pèire\n2;Guinèa\n3;Moldàvia\n4;Sòna e Léger\n5;Corèa\n6;Andòrra\n7;Pirenèus\n'],
    ['windows-1252', 'id;name\n1;CRÈOLAS\n2;REPÙBLICA\n3;NÌGER\n4;ÌSULA\n5;AVÒRIU\n6;MÒNGOLU\n'],
    ['windows-1252', 'id;name\n1;Aljerìa\n2;bùlgaro\n3;Corèa\n4;jeorjàn\n5;Rusìa\n6;Lìbia\n7;Brunèi\n8;Tunisìa\n'],
    ['windows-1252', 'id;name\n1;Dùn Èideann\n2;Pàislig\n3;Obar Dheathain\n4;Dùn Dè\n5;Siorrachd Àir\n'],
    ['windows-1252', 'id;name\n1;Plañvour\n2;Pempoull\n3;Naoned hag ar mor\n4;Gwiñvezh\n5;hañv\n6;goañv\n'],
    ['windows-1252', 'id;recipe\n1;¼lb jalapeño\n2;½cup purée\n3;sauté\n4;¾oz crème\n5;1ª parte\n'],
    ['windows-1252', `id;name\n${'1;Müller\n2;José\n3;Simões\n4;Björk\n5;García\n6;Zoë\n'.repeat(2)}`],
    // one word in other encodings
    ['windows-1253', `id;name\n${'1;Μεξικό\n'.repeat(9)}`],
    ['windows-1253', `id;name\n${'1;Περού\n'.repeat(9)}`],
    ['windows-1253', `id;name\n${'1;Βόλος\n'.repeat(9)}`],
    ['koi8-u', `id;name\n${'1;София\n'.repeat(9)}`],
    ['iso-8859-5', `id;name\n${'1;София\n'.repeat(9)}`],
    ['windows-1255', `id;name\n${'1;ירושלים\n'.repeat(9)}`],
    ['euc-kr', `id;name\n${'1;서울\n'.repeat(9)}`],
    ['euc-jp', `id;name\n${'1;東京\n'.repeat(9)}`],
    ['big5', `id;name\n${'1;臺北\n'.repeat(9)}`],
    ['euc-kr', `id,ok,sex\n${'1,예,남\n2,아니오,여\n3,예,여\n'.repeat(9)}`],
    ['euc-kr', `id,day\n${Array.from({ length: 12 }, (_, i) => `${i},${i + 1}월${i + 1}일\n`).join('')}`],
    ['big5', `id,ok,sex\n${'1,是,男\n2,否,女\n3,是,女\n'.repeat(9)}`],
    ['euc-jp', `id,class\n${Array.from({ length: 12 }, (_, i) => `${i},${i}組${i}点\n`).join('')}`],
    ['euc-jp', 'id;name\n1;японская\n2;турецкая\n3;датская крона\n'],
    ['windows-1252', `id;name\n${'1;créée\n'.repeat(9)}`],
  ])('is not told of few words in %s: %j', async (encoding, text) => {
    expect(await proposed(encoded(text, encoding))).toBeUndefined();
  });
  test('shows a text that it changes', async () => {
    const source = (async function* () {
      yield encoded('Ime;Grad\nŽeljko;Šibenik\nĐurđa;Čakovec\nIvan;Požega\n', 'windows-1250');
    })();
    const { suggestions = [] } = buildReport(await profileDataset(source, { format: 'csv' }));
    expect(suggestions[0]!.message).toContain('as windows-1250 it reads "Đurđa"');
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
