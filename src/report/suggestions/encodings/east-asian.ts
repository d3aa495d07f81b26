// Encodings of two bytes a character. They share their bytes: what tells them apart is which characters are frequent.

const LEAST_CHARACTERS = 4;
const LEAST_FREQUENT = 2;
/** Different frequent ideographs, and their share of all different ones, that are no chance. */
const SURE_FREQUENT = 3;
const SURE_SHARE = 0.6;
const MANY_CHARACTERS = 40;
type Decode = (encoding: string) => string | undefined;

/**
 * Runs of characters beyond ASCII; of words in single bytes many have one, with letters around it. Beside digits one
 * is usual: in dates, numbers of houses, amounts.
 */
function areWords(text: string): boolean {
  const runs = (text.match(/[^\0-\x7f]+/gu) ?? []).filter((run) => /\p{L}/u.test(run));
  const inWords = text.match(/[A-Za-z](?=[^\0-\x7f\P{L}])|[^\0-\x7f\P{L}](?=[a-z])/gu) ?? [];
  const alone = text.match(/(?<![\d\u0080-\u{10ffff}])[^\0-\x7f\P{L}](?![\d\u0080-\u{10ffff}])/gu)?.length ?? 0;
  return runs.length > 0 && alone <= runs.length * 0.3 && inWords.length <= runs.length * 0.2;
}

/** Kana, and ideographs of the first level of JIS X 0208, which are in Shift_JIS only in the bytes 88 to 97. */
function isShiftJis(text: string | undefined, bytes: Buffer): boolean {
  if (text === undefined || !areWords(text)) return false;
  const characters = text.match(/[^\0-\x7f\p{P}\p{S}\p{N}]/gu) ?? [];
  const isJapanese = characters.every((c) => /[\u3000-\u30ff\u4e00-\u9fff\uff00-\uff9f]/.test(c));
  if (!isJapanese || characters.length < LEAST_CHARACTERS) return false;
  const leads: number[] = []; // of the characters of two bytes
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if ((byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc)) {
      leads.push(byte);
      i++;
    }
  }
  const usual = leads.filter((lead) => lead >= 0x81 && lead <= 0x97).length;
  return leads.length >= characters.length * 0.8 && usual >= leads.length * 0.85;
}

/** Characters of two bytes, both from A1 on, by the first of them; and how many others there are, which are rare. */
function leadsOf(bytes: Buffer): { leads: number[]; rare: number } {
  const leads: number[] = [];
  let rare = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i]! < 0x80) continue;
    const isRare = bytes[i]! < 0xa1 || bytes[i]! > 0xf7 || bytes[i + 1]! < 0xa1;
    if (isRare) rare++;
    else leads.push(bytes[i]!);
    i += isRare && bytes[i + 1]! < 0x40 ? 3 : 1;
  }
  return { leads, rare };
}
/** Frequent ideographs of texts and tables in Chinese; few others have one of them by chance. */
const FREQUENT =
  '的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还' +
  '发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长北京海市省县区州江山河名称数量价金额单号品城姓编电话男女' +
  '东西南安广业务部门司员工元件类型地址备注王李张刘陈杨赵黄周吴亚尔利斯克拉巴语岛共群';

/**
 * Ideographs of GB 2312, the frequent ones of which are in the order of their sounds from B0 to D7: a quarter of a text
 * is from D0 on, where Korean has nothing, Japanese little and traditional Chinese (Big5) other second bytes.
 */
function isGb18030(text: string | undefined, bytes: Buffer): boolean {
  if (text === undefined) return false;
  if (!bytes.some((byte) => byte >= 0xa1 && byte < 0xc0)) return false; // capitals of Cyrillic
  const { leads, rare } = leadsOf(bytes);
  if (rare > leads.length * 0.1) return false;
  const share = (from: number, to: number) => leads.filter((lead) => lead >= from && lead <= to).length / leads.length;
  const characters = Array.from(text).filter((character) => character > '\x7f');
  const frequent = characters.filter((character) => FREQUENT.includes(character)).length;
  // one word of a column that has it again and again
  if (leads.length < LEAST_CHARACTERS) return leads.length >= LEAST_FREQUENT && frequent === leads.length;
  if (frequent < characters.length * 0.1) return false;
  const last = share(0xd0, 0xd7);
  if (last > 0.7 || share(0xd8, 0xf7) > 0.08 || share(0xa4, 0xa9) > 0) return false;
  // names of columns, units and answers: 编号, T恤, 是
  const kinds = [...new Set(characters)].filter((character) => /\p{L}/u.test(character));
  const known = kinds.filter((character) => FREQUENT.includes(character)).length;
  if (known >= SURE_FREQUENT && known >= kinds.length * SURE_SHARE) return true;
  return areWords(text) && last >= (leads.length < MANY_CHARACTERS ? 0.12 : 0.05);
}

/** shift_jis or gb18030. @param decode the text by the name of an encoding; undefined where it is not in it */
export function eastAsian(decode: Decode, bytes: Buffer): string | undefined {
  if (isShiftJis(decode('shift_jis'), bytes)) return 'shift_jis';
  return isGb18030(decode('gb18030'), bytes) ? 'gb18030' : undefined;
}
